"""What the front page says of each guideline: name, state, and one sentence from the figures."""

from __future__ import annotations

from svarvakt.i18n import _, ngettext, number
from svarvakt.metrics import MonitoredFigures, Rate, RuleCounts, RuleState
from ui import viewer
from ui.cards import MOODS, State
from ui.words import account_rate, basis, is_withheld, rate

SYMBOLS = {"kept": "✓", "hand": "!", "not_kept": "✕", "unknown": "?", "stated": "·"}


def title(rule: str) -> str:
    """The rule in our own words, short."""
    return {
        "G1": _("The communications department runs the official accounts"),
        "G2": _("Only administrators answer"),
        "G3": _("Every account has a unit, an editor and an administrator"),
        "G4": _("It is evident that the account is the municipality's"),
        "G5": _("The communications department knows of every account"),
        "G6a": _("The accounts are watched"),
        "G6b": _("Questions and comments are answered"),
        "G6c": _("The negative ones too"),
        "G7": _("Factual errors are corrected"),
        "G8": _("Cases go to the case-handling system"),
        "G9": _("What employees do in their leisure time is not controlled"),
    }[rule]


def short(rule: str) -> str:
    """The rule as the head of a column."""
    return {
        "G1": _("Official"),
        "G2": _("Administrators"),
        "G3": _("Owned"),
        "G4": _("Evident"),
        "G5": _("Told"),
        "G6a": _("Watched"),
        "G6b": _("Answered"),
        "G6c": _("Negative"),
        "G7": _("Errors"),
        "G8": _("Cases"),
        "G9": _("Leisure"),
    }[rule]


def word(state: RuleState) -> str:
    """The state in one or two words."""
    return {
        "kept": _("kept"),
        "hand": _("needs a hand"),
        "not_kept": _("not kept"),
        "unknown": _("cannot tell"),
        "stated": _("not judged"),
    }[state.state]


def mark(state: RuleState) -> str:
    """Symbol and word together, for tables; grey ones say why in a word or two."""
    said = why_in_short(state.reason) if state.reason else word(state)
    return f"{SYMBOLS[state.state]}\u00a0{said}"


def _is_hidden(reason: str | None) -> bool:
    """«Fewer than five» is a range, which gives away what this reader may not know."""
    return reason in ("few", "few_negative") and not viewer.current().may_read("items")


def why_in_short(reason: str) -> str:
    """The reason for grey, for a cell."""
    if _is_hidden(reason):
        return _("not shown")
    return {
        "no_official": _("none official"),
        "no_agent": _("not in the files"),
        "no_account": _("no account"),
        "not_looked_at": _("not looked at"),
        "nothing_arrived": _("nothing came"),
        "no_target": _("no target"),
        "closed": _("comment field closed"),
        "no_comments": _("no comments"),
        "missing": _("no data"),
        "thin": _("thin data"),
        "few": _("too few"),
        "no_negative": _("none negative"),
        "few_negative": _("too few"),
        "no_error": _("none registered"),
        "no_case": _("none found"),
    }[reason]


def badge(state: RuleState) -> State:
    return State(word(state), MOODS.get(state.state, "plain"))


def lead(state: RuleState) -> str:
    """The figure and what it rests on, `31 av 36 (86,1 %)`."""
    if state.rule in ("G6a", "G9") or state.reason == "not_looked_at":
        return ""
    if state.rule == "G6c" and (state.state == "unknown" or state.reason == "no_negative"):
        return ""
    if state.rule == "G6c":
        late = state.lead.denominator
        if is_withheld(late):
            return ""
        return ngettext("{n} past the deadline", "{n} past the deadline", late)
    if state.lead.share is None:
        return ""
    if state.lead.is_thin:
        is_accounts = state.rule in ("G1", "G3", "G4", "G5")
        return account_rate(state.lead) if is_accounts else rate(state.lead)
    return f"{rate(state.lead)} ({basis(state.lead)})"


def why_grey(state: RuleState) -> str:
    """The reason for a rule without a colour; empty where there is one."""
    if _is_hidden(state.reason):
        return _not_shown()
    return {
        None: "",
        "no_official": _("No official account is registered."),
        "no_agent": _("No export names who wrote the replies."),
        "no_account": _("No account is known."),
        "not_looked_at": _("Nobody has looked at it yet."),
        "nothing_arrived": _("Nothing came to the accounts in the period."),
        "no_target": _("Local target – not adopted."),
        "closed": _("The comment field is closed."),
        "no_comments": _("Nobody wrote anything in the period."),
        "missing": _("No comments are read in for the period."),
        "thin": _("Thin data: the files hold less than 80 % of what they should."),
        "few": _("Fewer than five enquiries: too few to judge."),
        "no_negative": "",
        "few_negative": _("Fewer than five negative enquiries: too few to judge."),
        "no_error": _("No factual error is registered."),
        "no_case": _("No enquiry looks like a case."),
    }[state.reason]


# Enquiries that a rule's sentence counts: one to four of them are withheld from who sees no items.
_ABOUT = {
    "G2": ("agent_replies_by_others",),
    "G6b": ("need_items", "waiting", "overdue"),
    "G6c": ("negative_overdue", "negative_confirmed_overdue"),
    "G7": ("errors_found", "errors_open", "errors_open_over_day"),
    "G8": ("cases", "cases_referred", "cases_complete"),
}


def sentence(state: RuleState, day_seconds: float) -> str:
    """One sentence made from the figures; grey ones say why."""
    said = {
        "G1": _official,
        "G2": _agents,
        "G3": _owned,
        "G4": _evident,
        "G5": _told,
        "G6b": _answered,
        "G6c": _negative,
        "G7": _errors,
        "G8": _cases,
        "G9": _leisure,
    }
    grey = why_grey(state)
    if state.rule == "G6a":
        return " ".join(filter(None, (_watched(state.counts, day_seconds), grey)))
    if state.state == "unknown":
        return grey
    if state.rule in _ABOUT and is_withheld(
        *(getattr(state.counts, n) for n in _ABOUT[state.rule])
    ):
        return _not_shown()
    return " ".join(filter(None, (said[state.rule](state.counts), grey)))


def _not_shown() -> str:
    return _("The figures are not shown: they are about so few that somebody could be recognised.")


def _missing(value: Rate, all_of_them: str, some: str) -> str:
    """«… alle (36)» or «… 5 av 36»: written so that one and many read alike."""
    if value.missing == 0:
        return all_of_them.format(n=number(value.denominator))
    return some.format(n=number(value.missing), whole=number(value.denominator))


def _official(c: RuleCounts) -> str:
    return _missing(
        Rate(c.official_in_hand, c.official),
        _("An administrator from the department: all ({n}) official accounts."),
        _("Without an administrator from the department: {n} of {whole} official accounts."),
    )


def _agents(c: RuleCounts) -> str:
    return ngettext(
        "{n} reply was written by somebody who was not a registered administrator.",
        "{n} replies were written by somebody who was not a registered administrator.",
        c.agent_replies_by_others,
    )


def _owned(c: RuleCounts) -> str:
    return _missing(
        Rate(c.owned, c.accounts),
        _("With a unit, an editor and an administrator: all ({n}) accounts."),
        _("Without a unit, an editor or an administrator: {n} of {whole} accounts."),
    )


def _evident(c: RuleCounts) -> str:
    said = _missing(
        Rate(c.belonging, c.accounts),
        _("Evident, or a recorded exception: all ({n}) accounts."),
        _("Not evident: {n} of {whole} accounts."),
    )
    if c.belonging_unknown:
        said += " " + ngettext(
            "Nobody has looked at {n} of them.",
            "Nobody has looked at {n} of them.",
            c.belonging_unknown,
        )
    return said


def _told(c: RuleCounts) -> str:
    said = _missing(
        Rate(c.told, c.accounts),
        _("Told of, or known from before: all ({n}) accounts."),
        _("Not told of: {n} of {whole} accounts."),
    )
    if c.unregistered:
        said += " " + ngettext(
            "{n} is seen in exports without being registered.",
            "{n} are seen in exports without being registered.",
            c.unregistered,
        )
    return said


def _watched(c: RuleCounts, day_seconds: float) -> str:
    if not c.weeks:
        return ""
    return _("The longest gap before somebody looked was {n} working days.").format(
        n=number(c.longest_gap_seconds / day_seconds, 1)
    )


def gap_before(earlier: MonitoredFigures) -> str:
    """The longest gap of the period before; nothing where nothing arrived then."""
    if earlier.longest_gap_days is None:
        return ""
    return _("In the period before: {n} working days").format(n=number(earlier.longest_gap_days, 1))


def _answered(c: RuleCounts) -> str:
    """M4 of the period and M7 of now, a sentence each: their enquiries are not the same ones."""
    if not c.need_items:
        said = _("No enquiry from the period that needed a reply has passed its deadline.")
    else:
        said = _(
            "Of {n} enquiries from the period that needed a reply, {answered} have had one and "
            "{missing} have not."
        ).format(
            n=number(c.need_items),
            answered=number(c.need_answered),
            missing=number(c.need.missing),
        )
    return f"{said} {waits_now(c.waiting, c.overdue)}"


def waits_now(waiting: int, overdue: int) -> str:
    """M7 in a sentence of its own: what waits, waits whatever the months."""
    if not waiting:
        return _("Nobody is waiting now.")
    said = ngettext("{n} waits now, whenever it came", "{n} wait now, whenever they came", waiting)
    if not overdue:
        return said + ", " + _("none of them past the deadline.")
    return said + ", " + ngettext("{n} past the deadline.", "{n} past the deadline.", overdue)


def _negative(c: RuleCounts) -> str:
    if not c.negative_due:
        return _("No negative enquiry has reached its deadline.")
    if not c.negative_overdue:
        return _("No negative comment is unanswered past the deadline.")
    said = ngettext(
        "{n} negative comment is unanswered past the deadline",
        "{n} negative comments are unanswered past the deadline",
        c.negative_overdue,
    )
    return (
        said
        + ", "
        + _("confirmed by a person: {n}.").format(n=number(c.negative_confirmed_overdue))
    )


def _errors(c: RuleCounts) -> str:
    said = ngettext(
        "{n} factual error is registered", "{n} factual errors are registered", c.errors_found
    )
    if not c.errors_open:
        return said + ", " + _("all corrected.")
    return (
        said
        + ", "
        + _("{n} not corrected, {late} of them for more than a day.").format(
            n=number(c.errors_open), late=number(c.errors_open_over_day)
        )
    )


def _cases(c: RuleCounts) -> str:
    said = ngettext("{n} enquiry looks like a case", "{n} enquiries look like cases", c.cases)
    return (
        said
        + ": "
        + _("{referred} referred, {complete} of them with a number and the citizen told.").format(
            referred=number(c.cases_referred), complete=number(c.cases_complete)
        )
    )


def _leisure(c: RuleCounts) -> str:
    if not c.posts_with_shares:
        return _("Only totals of shares per post are counted. The files do not give any.")
    return _(
        "Only totals are counted: {shares} shares of {posts} posts. Never who shared, and nothing "
        "about private profiles."
    ).format(shares=number(c.shares), posts=number(c.posts_with_shares))
