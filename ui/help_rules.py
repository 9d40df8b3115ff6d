"""Each guideline on the help page: the rule, what is shown of it, and how it stands."""

from __future__ import annotations

import streamlit as st

from svarvakt import metrics
from svarvakt.i18n import _
from svarvakt.metrics import RuleState
from ui import frame, guidelines, rule_words, viewer
from ui.data import ask
from ui.markup import escape, link, note, paragraph

ORDER = ("G1", "G2", "G3", "G4", "G5", "G6a", "G6b", "G6c", "G7", "G8", "G9")


def summary(rule: str) -> str:
    """The rule in neutral words, for a municipality that has not put in its own."""
    return {
        "G1": _(
            "The communications department sets up and runs the official accounts, watches them "
            "and answers there."
        ),
        "G2": _("Only those who administer an account answer on its behalf."),
        "G3": _(
            "A unit leader may open accounts within the unit's field, answers for them as editor "
            "and appoints administrators."
        ),
        "G4": _(
            "It shall be evident that an account belongs to the municipality, not necessarily "
            "from its name."
        ),
        "G5": _(
            "The communications department is told of every account that is opened, and gives "
            "advice."
        ),
        "G6a": _("The accounts are looked after regularly. The guidelines set no number of days."),
        "G6b": _("Questions and comments are always answered. The guidelines set no deadline."),
        "G6c": _("Negative comments are answered like all others."),
        "G7": _("Factual errors are always corrected."),
        "G8": _(
            "What needs case handling goes to the case-handling system, and the citizen is told so."
        ),
        "G9": _(
            "What employees do in their leisure time is theirs. They are welcome to share what "
            "the municipality writes."
        ),
    }[rule]


def shown(rule: str) -> str:
    """What Svarvakt counts for the rule, and what it does not claim."""
    return {
        "G1": _(
            "Counted: official accounts with an administrator from the communications department."
        ),
        "G2": _(
            "Counted: answers written as the account. Where a file says who wrote, only whether "
            "that was a registered administrator; nobody is named."
        ),
        "G3": _(
            "Counted: accounts with a unit, a responsible editor and at least one administrator."
        ),
        "G4": _(
            "Counted: accounts that a person has found evident, or where an exception is written."
        ),
        "G5": _(
            "Counted: accounts the department was told of. Accounts that no file has shown "
            "cannot be counted."
        ),
        "G6a": _(
            "Counted: how long nobody seems to have looked at an account while something waited."
        ),
        "G6b": _("Counted: enquiries answered, how long it took, and what waits now."),
        "G6c": _(
            "Counted: negative enquiries that nobody has answered. How many are negative is "
            "never a mark for a unit."
        ),
        "G7": _(
            "Counted: errors that a person has registered, and when they were corrected. The "
            "program does not know what is true."
        ),
        "G8": _(
            "Counted: enquiries that look like a case, and whether they were handed over. The "
            "case itself is not here."
        ),
        "G9": _(
            "Counted: how often posts were shared, as one total from the platform. Never who "
            "shared."
        ),
    }[rule]


def states() -> dict[str, RuleState]:
    """How each rule stands for the choice in the filters; nothing where the role may not know."""
    if not viewer.current().may_read("figures"):
        return {}
    view = frame.current()
    return {each.rule: each for each in ask(metrics.rules, view.selection.scope, view.today)}


def show() -> None:
    """All the rules, in the municipality's own words where they are written."""
    own, known = guidelines.own_words(), states()
    guidelines.show(own.introduction)
    address = frame.current().municipality.get("guidelines_url")
    if address:
        published = link(_("The guidelines as they are published"), address)
        st.html(f"<p>{published}</p>")
    if not own.sections:
        note(
            _(
                "This is a short summary in Svarvakt's words. The municipality's own words are "
                "put in the file {file}; a template lies in {template}."
            ).format(file="data/register/guidelines.md", template="docs/guidelines/guidelines.md")
        )
    for rule in ORDER:
        section = own.sections.get(rule)
        st.subheader(f"{rule} · {rule_words.title(rule)}", anchor=False)
        if section and section.title:
            st.html(f"<p><strong>{escape(section.title)}</strong></p>")
        guidelines.show(section.text if section else summary(rule))
        paragraph(shown(rule), "sv-muted")
        if rule in known:
            _stands(known[rule])


def _stands(state: RuleState) -> None:
    view = frame.current()
    badge = rule_words.badge(state)
    said = " · ".join(
        filter(None, (rule_words.sentence(state, view.day_seconds), rule_words.lead(state)))
    )
    st.html(
        f'<p class="sv-state sv-{badge.mood}">{escape(rule_words.mark(state))}</p>'
        f"<p>{escape(said)}</p>"
    )
