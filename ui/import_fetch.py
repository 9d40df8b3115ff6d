"""«Hent nå»: posts and comments from the platforms' own APIs, with the municipality's own keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from etl import fetch
from etl.fetch import Fetchable
from svarvakt import settings
from svarvakt.decisions import open_store
from svarvakt.i18n import _, day_and_time, ngettext
from ui import guide_link, importing, markup, viewer
from ui.import_work import with_progress
from ui.reason_words import worded
from ui.words import platform

_RESULT = "fetch-result"


def show() -> None:
    """A button per platform that a key is set for; where none is, what it takes."""
    _said_before()
    keys = credentials()
    found = fetch.accounts(keys, settings.data_dir())
    ready = [one for one in found if one.why_not is None]
    for one in ready:
        _platform(one, keys)
    lacking = [one for one in found if one.why_not is not None]
    if lacking:
        with st.expander(_("Fetch comments straight from the platform"), expanded=False):
            markup.paragraph(
                _(
                    "With a key of its own the municipality can fetch posts and comments from "
                    "Facebook, Instagram and YouTube without any file. The key is set on the "
                    "machine that Svarvakt runs on, and is never stored by Svarvakt."
                )
            )
            for one in lacking:
                markup.paragraph(f"{platform(one.platform)}: {one.why_not}")
            guide_link.show()


def credentials() -> dict[str, str]:
    """The keys of the environment, and those of Streamlit's secrets where there are any."""
    found = fetch.from_environment()
    try:
        own = dict(st.secrets.get("fetch", {}))
    except FileNotFoundError:  # no secrets file: most have none
        own = {}
    return own | found


def _platform(one: Fetchable, keys: Mapping[str, str]) -> None:
    left, right = st.columns([1, 3], vertical_alignment="center")
    name = platform(one.platform)
    wanted = left.button(
        _("Fetch now from {platform}").format(platform=name),
        key=f"fetch-{one.platform}",
        icon=":material/cloud_download:",
        width="stretch",
    )
    last = max(one.fetched.values(), default=None)
    with right:
        markup.paragraph(
            _("Last fetched {when}.").format(when=day_and_time(last))
            if last
            else _("Never fetched. The first time it takes the last twelve months."),
            "sv-muted",
        )
    if wanted:
        _fetch(one.platform, keys)


def _fetch(code: str, keys: Mapping[str, str]) -> None:
    importing.require()
    report = with_progress(
        lambda told: fetch.fetch(code, keys, told, data=settings.data_dir()),
        _("Fetching from {platform} …").format(platform=platform(code)),
        _("The fetch stopped. Nothing is lost, and the figures are as they were. Try again later."),
    )
    if report is None:
        return
    open_store(settings.data_dir()).log(viewer.current().role, "fetch", code)
    loaded = _loaded() if report.accounts else None
    if loaded is not None:
        importing.log_loaded(loaded)
    st.session_state[_RESULT] = (report, loaded)
    st.rerun()


def _loaded() -> Any:
    from etl.pipeline import load_exports

    return with_progress(
        load_exports,
        _("Reading in files …"),
        _("What was fetched lies in the inbox and is read in with the next files."),
    )


def _said_before() -> None:
    report, loaded = st.session_state.pop(_RESULT, (None, None))
    if report is None:
        return
    for account in report.accounts:
        markup.note(
            _("{account}: {posts} and {comments} fetched.").format(
                account=account.name,
                posts=ngettext("{n} post", "{n} posts", account.posts),
                comments=ngettext("{n} comment", "{n} comments", account.comments),
            ),
            "done",
        )
        for warning in account.warnings:
            markup.note(warning, "warning")
    for problem in report.problems:
        markup.note(f"{problem.where}: {problem.words}", "warning")
    for file in loaded.files if loaded else ():
        if file.status == "refused":
            markup.note(f"{importing.file_name(file)}: {worded(file.reason or '')}", "warning")
