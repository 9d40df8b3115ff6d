"""The audit log and the register's history as tables (R72): no texts, no persons."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from svarvakt.decisions import AuditEvent, RegisterEdit
from svarvakt.i18n import _, day_and_time, ngettext
from ui import download, labels, viewer
from ui.data import NotAllowed
from ui.decided import store
from ui.markup import paragraph, table
from ui.settings_parts import role_word
from ui.words import NONE

SHOWN = 200
HIDDEN = ("administrators", "access")  # whose cells name people


def finding() -> str:
    return ngettext(
        "{n} event is kept, the newest first.",
        "{n} events are kept, the newest first.",
        len(_all()),
    )


def purpose() -> None:
    paragraph(
        _(
            "The log is for security and audit only, and is kept for twelve months. It says which "
            "role did what to which object, never who, and no text of a comment."
        ),
        "sv-muted",
    )


def events() -> None:
    """The newest events, by kind where one is chosen; all of them as a file."""
    found = _all()
    kinds = sorted({each.event for each in found})
    chosen = st.selectbox(
        _("Show"),
        ["", *kinds],
        key="audit-kind",
        format_func=labels.of({"": _("All events"), **{kind: _word(kind) for kind in kinds}}),
    )
    rows = [_row(each) for each in found if chosen in ("", each.event)]
    headers = [_("When"), _("Role"), _("Event"), _("About")]
    if not rows:
        paragraph(_("None."))
        return
    table(_("Events, the newest first"), headers, rows[:SHOWN])
    download.button("revisjonslogg", headers, lambda: rows)


def edits() -> None:
    """What was changed in the register, the newest first."""
    st.header(_("Changes of the register"), anchor=False)
    made = list(reversed(store().register_edits()))
    if not made:
        paragraph(_("None."))
        return
    headers = [_("When"), _("Role"), _("File"), _("Before"), _("After")]
    table(_("Changes, the newest first"), headers, [_edit(each) for each in made[:SHOWN]])


def _all() -> list[AuditEvent]:
    """The log. Raises NotAllowed for all but the keepers of the register (R35)."""
    who = viewer.current()
    if not who.may_keep_register:
        raise NotAllowed(f"{who.role}: log")
    return store().audit()


def _row(event: AuditEvent) -> list[str]:
    about = event.object or NONE
    return [day_and_time(event.happened_at), role_word(event.role), _word(event.event), about]


def _edit(edit: RegisterEdit) -> list[str]:
    both = [_("not shown")] * 2
    if edit.file not in HIDDEN:
        both = _changed(edit.before or {}, edit.after or {})
    return [day_and_time(edit.made_at), role_word(edit.role), edit.file, *both]


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The cells that differ, then and now; a new line has nothing before it."""
    names = [n for n in dict.fromkeys((*before, *after)) if before.get(n) != after.get(n)]
    return [_cells(before, names), _cells(after, names)]


def _cells(line: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{name}: {line[name]}" for name in names if line.get(name)) or NONE


def _word(kind: str) -> str:
    """An event in the reader's words; one that is not known here as it is."""
    return {
        "signed_in": _("signed in"),
        "denied": _("turned away"),
        "export": _("downloaded a file"),
        "register": _("changed the register"),
        "register_download": _("downloaded the register"),
        "lock": _("locked a month"),
        "prune": _("removed what was old"),
        "erase": _("erased a comment"),
        "scrub": _("erased a comment"),
        "prune_override": _("removed what was old, also what waited for the archive"),
        "erase_override": _("erased a comment that waited for the archive"),
        "texts_read": _("opened a list with texts"),
        "load": _("read in files"),
        "template": _("explained a table"),
        "template_forgotten": _("forgot an explained table"),
        "fetch": _("fetched from a platform"),
        "undo_load": _("took an import out"),
        "own_words": _("changed a word of the tone list"),
        "reading_model": _("changed the model that reads comments"),
    }.get(kind, kind)
