"""The three sentences of a report, drafted from the figures by fixed rules; people edit them."""

from __future__ import annotations

from reports.cells import count, hidden, share, working_time
from reports.figures import Figures, Moderation
from svarvakt.i18n import _, day, month, ngettext, number
from svarvakt.metrics import THIN, Rate, add_months


def draft(figures: Figures) -> tuple[str, str, str]:
    """What was answered, what waits, who answers for the accounts."""
    return _answered(figures), _waits(figures), _owned(figures)


def _answered(figures: Figures) -> str:
    rate = figures.within.now
    when = month(figures.month)
    if not _is_shown(figures):
        return _("The files do not show what was answered in {month}.").format(month=when)
    if rate.share is None:
        return _("No enquiry that needed a reply passed its deadline in {month}.").format(
            month=when
        )
    if hidden(rate):
        return _("In {month} there were too few enquiries to show a share.").format(month=when)
    said = _(
        "Of {n} enquiries that needed a reply in {month}, {answered} were answered in time, {share}"
    ).format(
        n=number(rate.denominator), month=when, answered=number(rate.numerator), share=share(rate)
    )
    if figures.unfinished_on:
        until = _("preliminary, the files reach to {day}").format(day=day(figures.unfinished_on))
        said += f" ({until})"
    elif figures.is_preliminary:
        preliminary = _("preliminary, not all are due")
        said += f" ({preliminary})"
    return said + _against(figures) + "."


def _against(figures: Figures) -> str:
    pair = figures.within.month_before
    if pair is None or hidden(pair[0]) or pair[0].share is None:
        return ""
    then, now = pair
    earlier = month(add_months(figures.month, -1))
    if figures.unfinished_on:
        earlier = _("the same days of {month}").format(month=earlier)
    if now == figures.within.now or hidden(now):
        return _("; on the same accounts it was {share} in {month}").format(
            share=share(then), month=earlier
        )
    return _(
        "; on the accounts that have data in both months it is {now}, against {share} in {month}"
    ).format(now=share(now), share=share(then), month=earlier)


def _is_shown(figures: Figures) -> bool:
    """Whether the files can show answers at all: a figure, or nobody wrote (R42)."""
    if figures.state == "missing":
        return False
    return figures.cannot_link <= figures.received - figures.cannot_link or not figures.received


def _waits(figures: Figures) -> str:
    if figures.waiting == 0 and (figures.is_thin or not _is_shown(figures)):
        return _("The files show nobody who waits for an answer, but they do not show enough.")
    if 0 < figures.waiting < THIN:
        return _at_end(
            figures,
            _("Fewer than five enquiries wait for an answer."),
            _("At the end of {month} fewer than five enquiries waited for an answer."),
        )
    if figures.waiting == 0:
        return _at_end(
            figures,
            _("Nobody is waiting for an answer."),
            _("At the end of {month} nobody waited for an answer."),
        )
    said = (
        _at_end(
            figures,
            ngettext(
                "{n} enquiry waits for an answer",
                "{n} enquiries wait for an answer",
                figures.waiting,
            ),
            ngettext(
                "At the end of {month} {n} enquiry waited for an answer",
                "At the end of {month} {n} enquiries waited for an answer",
                figures.waiting,
            ),
        )
        + ", "
        + _("{n} past the deadline").format(n=count(figures.overdue))
    )
    if figures.negative == 0:
        return said + "; " + _("none of them is negative") + "."
    if figures.negative_oldest_seconds is None:
        negative = ngettext("{n} of them is negative", "{n} of them are negative", figures.negative)
        if figures.negative < THIN:
            negative = _("fewer than five of them are negative")
        return f"{said}; {negative}."
    oldest = working_time(figures.negative_oldest_seconds, figures.working_day_seconds)
    if figures.negative < THIN:
        some = _(
            "fewer than five of them are negative, and the oldest negative one has waited {time}"
        )
        return f"{said}; {some.format(time=oldest)}."
    return (
        said
        + "; "
        + ngettext(
            "{n} of them is negative, and has waited {time}",
            "{n} of them are negative, and the oldest negative one has waited {time}",
            figures.negative,
        ).format(time=oldest)
        + "."
    )


def _at_end(figures: Figures, now: str, then: str) -> str:
    """What waits as it is now, or as it was when the month ended (M21)."""
    return then.replace("{month}", month(figures.month)) if figures.is_month_end else now


def _owned(figures: Figures) -> str:
    owned = figures.ownership
    rate = Rate(owned.meets_all, owned.accounts)
    if rate.share is None:
        return _("No account is known.")
    said = _("{part} of {accounts} meet every requirement of ownership").format(
        part=number(owned.meets_all),
        accounts=ngettext("{n} account", "{n} accounts", owned.accounts),
    )
    if owned.unregistered:
        said += "; " + ngettext(
            "{n} is in no register", "{n} are in no register", owned.unregistered
        )
    return said + "."


def moderation(found: Moderation) -> str:
    """M10: what was hidden or is gone, of all and of the negative ones."""
    if not found.received:
        return _("Nothing was received in the month.")
    if found.received < THIN:
        return _("Too few enquiries to say anything of moderation.")
    said = _(
        "Of {n} enquiries {hidden} are hidden and {vanished} are gone in a newer file."
    ).format(n=number(found.received), hidden=count(found.hidden), vanished=count(found.vanished))
    if found.hidden or found.vanished:
        said += " " + _("Without a recorded reason: {n}.").format(n=count(found.without_reason))
    if found.negative.numerator >= THIN:
        said += " " + _("Of the negative ones: {part} of {whole}.").format(
            part=number(found.negative.numerator), whole=number(found.negative.denominator)
        )
    if not found.is_known:
        said += " " + _("No file says whether a comment is hidden.")
    return said
