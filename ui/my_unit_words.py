"""What the unit's page says: sentences and counts, because a unit's months are thin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from svarvakt.i18n import _, day, local, locale, month, ngettext, number
from svarvakt.metrics import ActivityState, OwnershipRow, ResponseFigures, WorkCounts
from svarvakt.register import CONFIRMATION_DAYS
from ui.cards import State
from ui.words import rate_and_counts


@dataclass(frozen=True)
class Waits:
    """What waits now (M7), without what was decided after the figures were made."""

    count: int
    oldest: datetime | None


def finding(
    arrived: ResponseFigures, in_month: date, waits: Waits, today: date, *, is_thin: bool
) -> str:
    """`5 av 6 fikk svar i oktober 2026. 1 venter nå, siden tirsdag.`

    The months' enquiries (M4) and what waits now (M7) have a sentence each.
    """
    if arrived.cannot_link > arrived.received - arrived.cannot_link:
        answered = _("The files do not show what was answered in {month}").format(
            month=month(in_month)
        )
    else:
        answered = _answered(arrived, in_month)
    return f"{answered}. {_waiting(waits, today, is_thin=is_thin)}."


def _answered(arrived: ResponseFigures, in_month: date) -> str:
    n = arrived.need_answered
    if arrived.need_items == 0:
        said = _("No enquiry from {month} needed a reply")
    elif n == 0:
        said = _("Nobody who needed a reply in {month} has one yet")
    else:
        said = ngettext(
            "{answered} of {n} who needed a reply in {month} has got it",
            "{answered} of {n} who needed a reply in {month} have got it",
            arrived.need_items,
        ).replace("{answered}", number(n))
    return said.replace("{month}", month(in_month))


def _waiting(waits: Waits, today: date, *, is_thin: bool) -> str:
    if waits.count == 0 or waits.oldest is None:
        return _("The files show nobody who waits") if is_thin else _("Nobody waits")
    said = ngettext(
        "{n} waits now, since {day}", "{n} wait now, the oldest since {day}", waits.count
    )
    return said.replace("{day}", since(waits.oldest, today))


def since(moment: datetime, today: date) -> str:
    """`tirsdag` within the last six days, else the date."""
    on = local(moment).date()
    if 0 <= (today - on).days < 7:
        return str(format_date(on, "EEEE", locale=locale()))
    return day(on)


def year(arrived: ResponseFigures) -> str:
    """Beside a thin month: the last twelve."""
    if arrived.need_items == 0:
        return ""
    return _("In the last twelve months {share} of those who needed a reply got one.").format(
        share=rate_and_counts(arrived.need_rate)
    )


def in_work_list(counts: WorkCounts, listed: int) -> str:
    """The way to the rest, what waits and what is to be a case apart; empty where there is none."""
    more, cases = counts.count["waiting"] - listed, counts.count["to_case"]
    said = []
    if more > 0:
        said.append(ngettext("{n} more waits for an answer", "{n} more wait for an answer", more))
    if cases:
        said.append(
            ngettext("{n} to the case-handling system", "{n} to the case-handling system", cases)
        )
    return _("In the work list: {what}").format(what=", ".join(said)) if said else ""


def state(code: ActivityState | None, on: date | None = None) -> State:
    """An account's state with its day (M16); one only reported is not seen in any file yet."""
    if code is None:
        return State(_("reported, not seen in any file yet"))
    found = _state(code)
    if on is None or code not in ("active", "quiet", "dormant", "outdated"):
        return found
    return State(f"{found.words} ({_('as of {day}').format(day=day(on))})", found.mood)


def _state(code: ActivityState) -> State:
    return {
        "active": State(_("active"), "good"),
        "quiet": State(_("quiet: nothing posted for a month")),
        "dormant": State(_("dormant: nothing posted for three months"), "warning"),
        "outdated": State(_("unknown: the newest file is old"), "warning"),
        "paused": State(_("planned pause")),
        "closed": State(_("closed")),
        "none_by_choice": State(_("none by choice")),
        "no_account": State(_("no account")),
        "unknown": State(_("no posts imported")),
    }[code]


def missing(row: OwnershipRow) -> list[tuple[str, str]]:
    """Each requirement (M14) that is not met or not known, and the next step."""
    wanted = (
        (row.unit, _("No unit owns the account"), _("Ask communications to enter the unit.")),
        (
            row.editor,
            _("Nobody has the editor's responsibility"),
            _("Report a change below and say which role has it."),
        ),
        (
            row.administrator,
            _("No administrator is registered"),
            _("Appoint one below; two are recommended."),
        ),
        (
            row.told,
            _("Communications has not been told of the account"),
            _("Report it below; that is enough."),
        ),
        (
            row.belonging,
            _("It is not established that the account shows the municipality's name"),
            _(
                "Write it in the profile, with a link to the municipality's pages, and report "
                "the change below."
            ),
        ),
    )
    return [(said, step) for mark, said, step in wanted if mark in ("no", "unknown")]


def confirmation(confirmed_on: date | None, today: date) -> State:
    """Good practice in M14: somebody said within 180 days that the line is right."""
    if confirmed_on is None or confirmed_on > today:
        return State(_("Nobody has confirmed that this is right"), "warning")
    left = CONFIRMATION_DAYS - (today - confirmed_on).days
    if left < 0:
        return State(
            _("Last confirmed {day}: look through it once more").format(day=day(confirmed_on)),
            "warning",
        )
    said = ngettext(
        "Confirmed {day}, holds for {n} more day",
        "Confirmed {day}, holds for {n} more days",
        left,
    )
    return State(said.replace("{day}", day(confirmed_on)), "good")
