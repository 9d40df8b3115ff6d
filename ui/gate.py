"""The gate in front of every page: who reads, or what those without access see (R70, R71)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from svarvakt import access, settings
from svarvakt.i18n import _
from ui import logged_once, markup, sign_in, viewer
from ui.handed_out import NOBODY

_NOBODY = "ingen"


def is_open() -> bool:
    """Sets the reader of this run; False when there is none and the page says why."""
    if not sign_in.is_configured():
        viewer.use(access.LOCAL)
        return True
    claims = _claims()
    who = sign_in.viewer_of(claims)
    if who is not None:
        viewer.use(who)
        _log(who.role, "signed_in")
        return True
    _turn_away(claims)
    return False


def owner() -> str:
    """Whom a download of this run belongs to."""
    return sign_in.person(_claims()) if sign_in.is_configured() else NOBODY


def sign_out_button() -> None:
    """Under the page list, for those who have signed in."""
    if viewer.current().is_signed_in:
        _sign_out()


def _claims() -> Mapping[str, Any]:
    told = dict(st.user.to_dict())
    return told if told.get("is_logged_in") is True else {}


def _turn_away(claims: Mapping[str, Any]) -> None:
    if not claims:
        _ask_to_sign_in(_("Sign in with your work account to see Svarvakt."))
    elif not sign_in.is_fresh(claims):
        _ask_to_sign_in(_("You have been signed out. Sign in again to go on."))
    else:
        _log(_NOBODY, "denied")
        _say_no()
    markup.mark("page-is-ready")


def _ask_to_sign_in(why: str) -> None:
    st.title("Svarvakt", anchor=False)
    markup.paragraph(why, "sv-finding")
    st.button(_("Sign in"), type="primary", key="sign-in", on_click=st.login)


def _say_no() -> None:
    st.title(_("You have no access yet"), anchor=False)
    contact = sign_in.register().settings(settings.today()).get("contact")
    text = _("You are signed in, but nobody has given you a role in Svarvakt.")
    asked = _("Ask {contact} for access.").format(contact=contact) if contact else ""
    markup.paragraph(f"{text} {asked}".strip(), "sv-finding")
    _sign_out()


def _sign_out() -> None:
    st.button(_("Sign out"), key="sign-out", on_click=_leave)


def _leave() -> None:
    sign_in.forget(_claims())
    st.logout()


def _log(role: str, event: str, about: str = "") -> None:
    """One line per sign-in and outcome: a rerun, another tab or address is no sign-in."""
    logged_once.log(owner(), role, event, about)


def no_such_page(address: str = "") -> None:
    """The page of another role, asked for by its address; logged (R72)."""
    _log(viewer.current().role, "denied", address)
    st.title(_("You do not have access to this page"), anchor=False)
    markup.paragraph(_("Choose one of the pages in the menu."), "sv-finding")
