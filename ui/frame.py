"""The picture frame around every page: what is shown, what must always be said, the foot."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

import streamlit as st

from svarvakt import metrics, settings
from svarvakt.i18n import _, day, day_and_time, local, ngettext, percent
from svarvakt.metrics import THIN_COVERAGE, CoverageFigures, DataState, reference_data
from ui import filters, guide_link, markup, viewer, ways
from ui.data import ask
from ui.filters import Selection
from ui.words import count, period

_KEY = "view"


@dataclasses.dataclass(frozen=True)
class View:
    """What a page needs to know before it asks for figures."""

    selection: Selection
    state: DataState
    municipality: dict[str, str]
    build: dict[str, str]
    targets: dict[str, reference_data.Target]
    first_month: date | None
    today: date

    @property
    def coverage(self) -> CoverageFigures:
        """M17 of the whole choice."""
        return self.state.coverage

    @property
    def day_seconds(self) -> float:
        """Working seconds in a working day of the calendar."""
        return float(self.build.get("working_day_seconds", 27000))

    @property
    def shows_answers(self) -> bool:
        """Whether the files show enough to say that nobody waits (R42)."""
        return self.state.state in ("figure", "closed", "no_comments") and not self.coverage.is_thin

    @property
    def reaches_back(self) -> bool:
        """Whether the data go back to the start of the period before (M18)."""
        earlier = metrics.add_months(self.selection.first, -self.selection.months)
        return self.first_month is not None and self.first_month <= earlier


def is_demo(build: dict[str, str]) -> bool:
    """Said by the build, or because the demonstration's own folder is the one in use."""
    told = build.get("is_demo", "").lower() == "true"
    return told or settings.active_data_dir() == settings.demo_dir()


def as_of(build: dict[str, str]) -> datetime:
    """The time of the newest export; the clock on the wall only where nothing is imported."""
    stated = build.get("as_of")
    if not stated:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _today(build: dict[str, str]) -> date:
    """The demonstration stands still, and so does its clock: else it would always look old."""
    return local(as_of(build) if is_demo(build) else datetime.now(UTC)).date()


def look_up(selection: Selection, build: dict[str, str]) -> View:
    """Gathers the view of this run and keeps it where the page finds it."""
    today, scope = _today(build), selection.scope
    view = View(
        selection,
        DataState.of(ask(metrics.accounts_state, scope, today), ask(metrics.months_state, scope)),
        ask(reference_data.municipality),
        build,
        ask(reference_data.targets, today),
        (ask(reference_data.months_with_data) or (None,))[0],
        today,
    )
    st.session_state[_KEY] = view
    return view


def current() -> View:
    """The view that the frame gathered for this run."""
    view: View = st.session_state[_KEY]
    return view


RestsOn = Literal["comments", "files", "register"]


def head(question: str, finding: str, rests_on: RestsOn = "comments") -> None:
    """The page's title and its one sentence; what is stale is said first (M7).

    A notice only about what the page rests on: of comments how many are in hand (M17), of files
    how old they are; the register is as it is now, whatever the period.
    """
    view = current()
    st.title(question, anchor=False)
    name = view.municipality.get("name")
    chosen = view.selection.who if rests_on == "register" else view.selection.words
    markup.paragraph(" · ".join(filter(None, (name, chosen))), "sv-chosen")
    if view.state.is_stale and rests_on != "register":
        markup.note(_stale(view.state), "warning")
    markup.paragraph(finding, "sv-finding")
    if view.coverage.is_thin and rests_on == "comments":
        markup.note(thin_words(view.coverage), "warning")


def _stale(state: DataState) -> str:
    if not viewer.current().may_read("accounts"):
        return _("The figures may be out of date for {accounts}.").format(
            accounts=ngettext("{n} account", "{n} accounts", len(state.stale_accounts))
        )
    known = list(dict.fromkeys(state.stale_accounts))  # two platforms may share a name
    names = ", ".join(known[:3])
    more = len(known) - 3
    if more > 0:
        names = _("{names} and {n} more").format(names=names, n=more)
    return _(
        "The figures may be out of date: the newest file is more than {days} days old for "
        "{names}. Read in new files to see how it stands now."
    ).format(days=state.stale_after_days, names=names)


def thin_words(coverage: CoverageFigures) -> str:
    """Why figures are grey (M17): everything that is missing, a sentence each."""
    said = []
    collected = coverage.collected.share if coverage.collected else None
    if collected is not None and collected < THIN_COVERAGE:
        text = _(
            "Thin data: the files hold {share} of the comments that the platforms count, so "
            "the figures are shown without colour."
        )
        said.append(text.format(share=percent(collected)))
    linked = coverage.linked.share
    if linked is not None and linked < THIN_COVERAGE:
        text = _(
            "Thin data: only {share} of the enquiries can be linked to a thread, so the figures "
            "are shown without colour."
        )
        said.append(text.format(share=percent(linked)))
    return " ".join(said)


def banner(build: dict[str, str]) -> None:
    """On every page of the demonstration, so that nobody takes its figures for real."""
    if is_demo(build):
        markup.note(
            _(
                "These are invented demonstration data from a municipality that does not "
                "exist. They disappear when you read in your first file."
            ),
            "demo",
        )


def definitions() -> dict[str, str]:
    """Every metric's definition by name, in the reader's language."""
    return {name: _(text) for name, text in ask(metrics.definitions).items() if text}


def foot(names: Sequence[str], *remarks: str) -> None:
    """Period, as-of time, data coverage, definitions, and how the figures are made."""
    view = current()
    if names or remarks:
        known = definitions()
        with st.expander(_("How this is calculated")):
            markup.paragraphs([*(known.get(name, "") for name in names), *remarks])
    lines = [
        _("Period: {period}.").format(period=view.selection.period),
        _newest(view),
        _coverage(view),
        _("Definitions: version {version}.").format(
            version=view.build.get("definitions_version", "–")
        ),
    ]
    st.html(
        '<footer class="sv-foot">'
        + "".join(f"<p>{markup.escape(line)}</p>" for line in lines)
        + f"<p>{_links(view.municipality)}</p>"
        + _missing(view.municipality)
        + "</footer>"
    )
    _ways_on(view.municipality)


def _ways_on(municipality: dict[str, str]) -> None:
    """R36: purpose and limits one step from every page; R20: where to fill in what is missing."""
    if _not_filled_in(municipality):
        ways.to("innstillinger", _("Fill it in under Settings"))
    ways.to("hjelp", _("What is measured, and what never is?"))


def _newest(view: View) -> str:
    newest, oldest = view.state.newest_as_of, view.state.oldest_as_of
    if newest is None:
        return _("No files have been read in for this choice.")
    said = _("As of {time}.").format(time=day_and_time(newest))
    if oldest and local(oldest).date() != local(newest).date():
        said += " " + _("The oldest account is as of {day}.").format(day=day(oldest))
    return said


def _coverage(view: View) -> str:
    linked = view.coverage.linked
    said = _("Data coverage: ") + ngettext("{n} account", "{n} accounts", view.state.accounts)
    if view.state.accounts_without_imports:
        said += ", " + ngettext(
            "{n} without any file read in",
            "{n} without any file read in",
            view.state.accounts_without_imports,
        )
    if linked.share is not None:
        said += ", " + _("{share} of the enquiries linked to a thread").format(
            share=percent(linked.share)
        )
    return said + "."


def _links(municipality: dict[str, str]) -> str:
    """R06: accessibility statement, privacy, contact; only those that are filled in."""
    links = [
        markup.link(text, municipality.get(key))
        for key, text in (
            ("accessibility_url", _("Accessibility statement")),
            ("privacy_url", _("Privacy")),
        )
        if municipality.get(key)
    ]
    if municipality.get("contact"):
        links.append(markup.escape(_("Contact: {who}").format(who=municipality["contact"])))
    return " · ".join(links)


def _missing(municipality: dict[str, str]) -> str:
    """R06, R20: one line that names what the municipality has not filled in."""
    missing = _not_filled_in(municipality)
    if not missing:
        return ""
    text = _("Not filled in yet: {names}.").format(names=", ".join(missing))
    if not viewer.current().may_keep_register:
        text += " " + _("The communications department can fill it in.")
    return f"<p><strong>!</strong> {markup.escape(text)}</p>"


def _not_filled_in(municipality: dict[str, str]) -> list[str]:
    wanted = {
        "accessibility_url": _("accessibility statement"),
        "privacy_url": _("privacy page"),
        "contact": _("contact"),
        "dpia_ref": _("privacy impact assessment"),
        "dpo_contact": _("data protection officer"),
    }
    return [words for key, words in wanted.items() if not municipality.get(key)]


def stop_without_figures() -> bool:
    """R42: says why there is no figure, and what to do; True when the page should end there."""
    state = current().state
    if state.state == "figure":
        return False
    if state.state == "closed":
        words = _("Not applicable: the comment field is closed on every account in this choice.")
    elif state.state == "no_comments":
        words = _("No comments: the files cover this choice, and nobody has written anything.")
    elif state.has_imports:
        words = _(
            "Comments are missing: for this choice of months and accounts the files hold posts "
            "only. The export of posts from Meta Business Suite has no comments. Ask whoever has "
            "access to the account for an export of the comments, or fetch them with a key of your "
            "own. The page «Import and data» takes the files."
        )
    else:
        words = _(
            "Data are missing: no file has been read in for this choice. The page «Import and "
            "data» takes the export files."
        )
    markup.note(words, "warning")
    if state.state != "closed":
        offer_months_with_comments()
    if state.state not in ("closed", "no_comments"):
        guide_link.show()
    return True


def offer_months_with_comments() -> None:
    """The way to where the choice has comments, where the chosen months hold none."""
    found = ask(metrics.comments_elsewhere, current().selection.scope)
    if found is None:
        return
    months = period(found.first_month, found.last_month)
    markup.paragraph(
        _("There are comments from {months}: {n}.").format(months=months, n=count(found.received))
    )
    st.button(
        _("Show {months}").format(months=months),
        key="months-with-comments",
        on_click=filters.go_to,
        args=(found.first_month, found.last_month),
    )
