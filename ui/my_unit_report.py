"""A new, changed or closed account: told once, in the register and at communications (G5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from etl.pseudonymization.text_masking import mask
from svarvakt import settings
from svarvakt.decisions import New
from svarvakt.i18n import _
from svarvakt.platforms import PLATFORMS
from svarvakt.register.account_identities import names_in_url, platform_of_address
from ui import labels, my_unit, refresh, registering, viewer
from ui.account_log import closing_steps
from ui.data import NotAllowed
from ui.decided import store
from ui.markup import escape, paragraph
from ui.my_unit import Mine
from ui.words import platform

PLACE = "report"


def show(accounts: Sequence[Mine], units: Mapping[str, str]) -> None:
    """The three small forms, one at a time."""
    st.header(_("Tell communications about an account"), anchor=False)
    my_unit.said(PLACE)
    kept = {each.account_id: each for each in accounts if each.line and not each.is_closed}
    words = {
        "new": _("New account"),
        "changed": _("Something has changed"),
        "closed": _("Closed down"),
    }
    chosen = st.segmented_control(
        _("What has happened?"),
        list(words) if kept else ["new"],
        key="report-what",
        format_func=lambda each: words[each],
    )
    if chosen == "new":
        _new(units)
    elif chosen == "changed":
        _changed(kept)
    elif chosen == "closed":
        _closed(kept)


def _new(units: Mapping[str, str]) -> None:
    """Becomes a line of the register at once, with status `meldt` and today as the day told."""
    with st.form("report-new", border=False):
        where = st.selectbox(_("Platform"), PLATFORMS, key="new-platform", format_func=platform)
        url = st.text_input(_("Web address of the account"), key="new-url", max_chars=300)
        name = st.text_input(_("Name of the account"), key="new-name", max_chars=200)
        purpose = st.text_input(_("What is it for?"), key="new-purpose", max_chars=300)
        editor = st.text_input(
            _("Which role has the editor's responsibility? (not a name)"),
            key="new-editor",
            max_chars=120,
        )
        owner = st.selectbox(_("Unit"), list(units), key="new-unit", format_func=labels.of(units))
        opened = st.date_input(_("Opened"), settings.today(), key="new-opened", format="DD.MM.YYYY")
        sent = st.form_submit_button(_("Report the account"), type="primary")
    if not sent:
        return
    where = platform_of_address(url.strip()) or where  # a TikTok address is no Facebook account
    account_id = account_id_of(where, url)
    if not (account_id and name.strip() and owner):
        my_unit.say(PLACE, _("Write the name and the whole web address of the account."))
    else:
        line = {
            "account_id": account_id,
            "platform": where,
            "url": url.strip(),
            "name": name.strip(),
            "kind": "unit",
            "unit_id": owner,
            "editor_role": editor.strip(),
            "purpose": purpose.strip(),
            "opened_on": f"{opened}",
            "told_on": f"{settings.today()}",
            "status": "meldt",
        }
        _tell(account_id, "new", None, line)
    st.rerun()


def account_id_of(where: str, url: str) -> str:
    """What the register calls an account with this address; "" where the address has no name."""
    try:
        name = next(names_in_url(where, url.strip()), "")
    except ValueError:
        return ""
    name = "".join(name.split()).lstrip("@")
    return f"{where}:{name}" if name else ""


def _changed(kept: Mapping[str, Mine]) -> None:
    with st.form("report-changed", clear_on_submit=True, border=False):
        account_id = _account(kept, "changed-account")
        said = st.text_area(_("What has changed?"), key="changed-text", max_chars=1000)
        sent = st.form_submit_button(_("Report the change"), type="primary")
    if not sent or account_id is None:
        return
    if said.strip():
        line = kept[account_id].line or {}
        # An account that nobody had told of is told of now.
        now = None if line.get("told_on") else {**line, "told_on": f"{settings.today()}"}
        _tell(account_id, "changed", line, now, said.strip())
    else:
        my_unit.say(PLACE, _("Write what has changed."))
    st.rerun()


def _closed(kept: Mapping[str, Mine]) -> None:
    with st.form("report-closed", border=False):
        account_id = _account(kept, "closed-account")
        on = st.date_input(
            _("Closed down on"), settings.today(), key="closed-on", format="DD.MM.YYYY"
        )
        sent = st.form_submit_button(_("Report that it is closed"), type="primary")
    paragraph(_("What closing an account takes, in order:"))
    steps = "".join(f"<li>{escape(step)}</li>" for step in closing_steps().values())
    st.html(f"<ol>{steps}</ol>")
    if sent and account_id is not None and isinstance(on, date):
        line = kept[account_id].line
        _tell(
            account_id, "closed", line, {**(line or {}), "closed_on": f"{on}", "status": "avviklet"}
        )
        st.rerun()


def _account(kept: Mapping[str, Mine], key: str) -> str | None:
    return st.selectbox(
        _("Account"),
        list(kept),
        key=key,
        format_func=my_unit.account_labels(kept),
    )


def _tell(
    account_id: str,
    change: str,
    before: Mapping[str, str] | None,
    after: Mapping[str, str] | None,
    words: str | None = None,
) -> None:
    """The register first: what it refuses is not told. Then the message for the department."""
    if after is not None and not my_unit.save(PLACE, "accounts", before, after):
        return
    _notify(account_id, change, words)
    my_unit.say(PLACE, _("Communications has been told."))


def _notify(account_id: str, change: str, words: str | None) -> None:
    """For the department's overview. The register is what says whose the account is: no export
    has shown a new one yet."""
    who = viewer.current()
    kept = {line.get("account_id") for line in registering.lines("accounts")}
    if not who.may_decide or account_id not in kept:
        raise NotAllowed(f"{who.role}: notice")
    reason = mask(words) if words else None
    store().record(who.role, New("notice", "account", account_id, {"change": change}, reason))
    refresh.soon()
