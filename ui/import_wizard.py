"""A table that no format knows: a person says what its columns are, once for all files like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from etl.ingest.batch import FileReport
from etl.ingest.column_templates import decision_of, name_of, own_templates
from etl.ingest.detection import sample_of
from etl.ingest.staging import FileSample, UnsupportedFile
from svarvakt import settings
from svarvakt.decisions import open_store
from svarvakt.i18n import _
from svarvakt.platforms import PLATFORMS
from ui import importing, labels, markup, viewer
from ui.import_guesses import column_for, time_pattern
from ui.reason_words import worded
from ui.words import platform

Cells = Sequence[str]
_SAMPLE = 24  # characters of a value shown beside its column
_ROWS = 3
_MOST_WORDS = 6  # a column with more of them says who wrote by name, and names are never kept


def show(file: FileReport, paths: Sequence[Path]) -> None:
    """The questions about one table, and the button that keeps the answers."""
    path = next((one for one in paths if str(one) == file.path), None)
    if path is None:  # a member of a zip
        markup.paragraph(_("Unpack the zip file to say what the columns are."))
        return
    name = importing.file_name(file)
    with st.expander(_("Say what the columns of {file} are").format(file=name), expanded=True):
        head = sample_of(path)
        at = _header_row(head, file.sha256)
        said = _answers(head, at, file.sha256)
        if st.button(
            _("Use these columns"),
            type="primary",
            key=f"wizard-keep-{file.sha256}",
            disabled=said["times"] is None,
        ):
            _keep(said)


def kept_templates() -> None:
    """The tables that people have explained, each with a way to forget it."""
    found = own_templates(settings.data_dir())
    if not found:
        return
    with st.expander(_("Tables that you have explained")):
        for template in found:
            left, right = st.columns([3, 1])
            with left:
                markup.paragraph(template.title)
            if right.button(_("Forget it"), key=f"wizard-forget-{template.FORMAT}"):
                _forget(template.FORMAT)
                st.rerun()


def _header_row(head: FileSample, key: str) -> int:
    """The position of the row of names: the first with most cells, unless somebody says else."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in head.rows[:10]]
    guess = filled.index(max(filled))
    row = st.number_input(
        _("Which row holds the names of the columns?"),
        1,
        min(10, len(head.rows)),
        guess + 1,
        key=f"wizard-row-{key}",
    )
    return int(row) - 1


def _answers(head: FileSample, at: int, key: str) -> dict[str, Any]:
    """A template as `template_from` takes it, made of what is chosen."""
    names, rows = head.rows[at], head.rows[at + 1 : at + 1 + _ROWS]
    left, middle, right = st.columns(3)
    title = left.text_input(
        _("What do you call this table?"),
        _("My own table"),
        key=f"wizard-title-{key}",
        max_chars=60,
    )
    holds = middle.selectbox(
        _("What is in it?"),
        ["comments", "posts", "both"],
        format_func=lambda one: _holds()[one],
        key=f"wizard-holds-{key}",
    )
    code = right.selectbox(
        _("Platform"), PLATFORMS, format_func=platform, key=f"wizard-platform-{key}"
    )
    chosen = _columns(names, rows, holds, key)
    sample = (
        [row[names.index(chosen["created_at"])] for row in rows] if "created_at" in chosen else []
    )
    words = _own_words(head, at, chosen, key)
    return {
        "name": name_of(title),
        "title": title,
        "platform": code,
        "holds": holds,
        "columns": {field: [name] for field, name in chosen.items()},
        "required": list(chosen),
        "times": _times(sample, key),
        "time_zone": _zone(key),
        "ignored": ["*"],
        **({"words": words} if words else {}),
    }


def _holds() -> dict[str, str]:
    return {"comments": _("comments"), "posts": _("posts"), "both": _("posts and comments")}


def _fields(holds: str) -> dict[str, str]:
    """The fields that a person is asked about, with the reader's words."""
    both = {"created_at": _("Time"), "text": _("Text"), "post_id": _("The post's id")}
    link = {"post_url": _("Link to the post")}
    comments = {
        "comment_id": _("The comment's id"),
        "comment_url": _("Link to the comment"),
        "parent_id": _("The id of the comment that is answered"),
        "thread_id": _("The conversation's id"),
        "author_id": _("The writer's id or user name (never stored)"),
        "author_name": _("The writer's name (never stored)"),
        "direction": _("Who wrote: the account or somebody else"),
        "hidden": _("Whether it is hidden"),
        "likes": _("Likes"),
    }
    posts = {
        "reach": _("Reach"), "views": _("Views"), "reactions": _("Reactions"),
        "comments": _("Number of comments"), "shares": _("Shares"), "clicks": _("Clicks"),
    }  # fmt: skip
    account = {"account": _("The account's user name or link")}
    kind = {"row_kind": _("Whether the row is a post or a comment")} if holds == "both" else {}
    return {
        **both,
        **link,
        **(comments if holds != "posts" else {}),
        **(posts if holds != "comments" else {}),
        **account,
        **kind,
    }


def _columns(names: Cells, rows: Sequence[Cells], holds: str, key: str) -> dict[str, str]:
    """Field → column, as chosen; a column is used once."""
    markup.paragraph(_("Choose the column for what the table has. Leave the rest empty."))
    options = ["", *dict.fromkeys(name for name in names if name.strip())]
    shown = {name: _with_sample(name, names, rows) for name in options}
    chosen: dict[str, str] = {}
    places = st.columns(2)
    for number, (field, label) in enumerate(_fields(holds).items()):
        guess = column_for(field, options, chosen.values())
        column = places[number % 2].selectbox(
            label,
            options,
            index=options.index(guess),
            format_func=labels.of(shown),
            key=f"wizard-{field}-{holds}-{key}",
        )
        if column:
            chosen[field] = column
    return chosen


def _with_sample(name: str, names: Cells, rows: Sequence[Cells]) -> str:
    if not name:
        return _("not in the table")
    at = names.index(name)
    value = next((row[at] for row in rows if len(row) > at and row[at].strip()), "")
    return f"{name} ({value[:_SAMPLE]}{'…' if len(value) > _SAMPLE else ''})" if value else name


def _times(sample: Sequence[str], key: str) -> list[str] | None:
    """strptime patterns; none at all for ISO, None while nobody has said which order it is."""
    patterns = {
        "": _("2026-04-13 08:00 (year first)"),
        "%d.%m.%Y %H:%M": _("13.04.2026 08:00 (day first)"),
        "%d/%m/%Y %H:%M": _("13/04/2026 08:00 (day first)"),
        "%m/%d/%Y %H:%M": _("04/13/2026 08:00 (month first)"),
        "%d.%m.%Y": _("13.04.2026 (day first)"),
        "%m/%d/%Y": _("04/13/2026 (month first)"),
        "epoch": _("a long number of seconds"),
    }
    guess = time_pattern(sample, list(patterns))
    chosen = st.selectbox(
        _("How are times written?"),
        list(patterns),
        index=None if guess is None else list(patterns).index(guess),
        format_func=lambda one: patterns[one],
        placeholder=_("day or month first? The table does not show it"),
        key=f"wizard-times-{key}",
    )
    if not chosen:
        return None if chosen is None else []
    return [chosen, f"{chosen}:%S"] if chosen.endswith("%M") else [chosen]


def _zone(key: str) -> str:
    zones = {
        "Europe/Oslo": _("Norwegian time"),
        "UTC": _("UTC"),
        "America/Los_Angeles": _("Meta's time (Los Angeles)"),
    }
    return st.selectbox(
        _("Which clock?"), list(zones), format_func=lambda one: zones[one], key=f"wizard-zone-{key}"
    )


def _own_words(
    head: FileSample, at: int, chosen: Mapping[str, str], key: str
) -> dict[str, list[str]]:
    """The words that mean that the account itself wrote, among those the column holds."""
    if "direction" not in chosen:
        return {}
    place = head.rows[at].index(chosen["direction"])
    cells = [row[place].strip() for row in head.rows[at + 1 :] if len(row) > place]
    words = sorted({cell for cell in cells if cell})
    if len(words) > _MOST_WORDS:
        markup.note(
            _(
                "This column holds many different words. Choose one that only says whether the "
                "account or somebody else wrote."
            ),
            "warning",
        )
        return {}
    own = st.multiselect(
        _("Which of these words means that the account itself wrote?"),
        words,
        key=f"wizard-own-{key}",
        placeholder=_("choose one or more"),
    )
    return {"own": own, "other": [word for word in words if word not in own]}


def _keep(said: Mapping[str, Any]) -> None:
    try:
        new = decision_of(said)
    except UnsupportedFile as why:
        markup.note(worded(why.reason), "warning")
        return
    importing.require()
    store = open_store(settings.data_dir())
    store.record(viewer.current().role, new)
    store.log(viewer.current().role, "template", new.subject)
    importing.look_again()
    st.rerun()


def _forget(name: str) -> None:
    importing.require()
    store = open_store(settings.data_dir())
    for one in store.in_force([name], about="import"):
        store.undo(viewer.current().role, one.decision_id)
    store.log(viewer.current().role, "template_forgotten", name)
