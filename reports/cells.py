"""How a report says a figure. What could point at somebody (n < 5, R31) is a state of its own."""

from __future__ import annotations

from reports.figures import Comparison, Wait
from svarvakt.i18n import _, hours, ngettext, number, percent, signed
from svarvakt.metrics import THIN, Change, Rate

NONE = "–"


def hidden(rate: Rate) -> bool:
    """Too few to show; nothing at all is not too few."""
    return 0 < rate.denominator < THIN


def too_few() -> str:
    return _("too few to show")


def share(rate: Rate) -> str:
    """`91,2 %`, «for få til å vises», or «–» of nothing."""
    if rate.share is None:
        return NONE
    return too_few() if hidden(rate) else percent(rate.share, 0 if rate.share in (0, 1) else 1)


def account_share(rate: Rate) -> str:
    """A share of accounts, which points at no citizen: of few the counts, «2 av 3»."""
    if not hidden(rate):
        return share(rate)
    return _("{part} of {whole}").format(
        part=number(rate.numerator), whole=number(rate.denominator)
    )


def basis(rate: Rate) -> str:
    """`375 av 411`."""
    if rate.share is None or hidden(rate):
        return NONE
    return _("{part} of {whole}").format(
        part=number(rate.numerator), whole=number(rate.denominator)
    )


def compared(pair: tuple[Rate, Rate] | None, shown: Rate) -> str:
    """`86,6 % (+4,6)`: then, and the change in percentage points on the same accounts.

    Where the accounts of both months are not all, their value now is said too, so that the change
    is the difference of two printed values: `80,0 % → 69,2 % (−10,8)`.
    """
    if pair is None or pair[0].share is None:
        return _("no data")
    then, now = pair
    if hidden(then) or hidden(now):
        return too_few()
    change = Change(then, now)
    if change.printed_points is None:
        return share(then)
    points = signed(change.printed_points, 1)
    if now == shown:
        return f"{share(then)} ({points})"
    return f"{share(then)} → {share(now)} ({points})"


def variation(against: Comparison) -> str:
    """M18: whether the change from the month before is more than chance."""
    if against.month_before is None or any(hidden(each) for each in against.month_before):
        return ""
    change = Change(*against.month_before)
    if change.points is None:
        return ""
    return _("within normal variation") if change.is_normal_variation else _("a real change")


def wait(one: Wait, day_seconds: int) -> str:
    """M6: the typical wait; «over X» where fewer than half are answered."""
    if 0 < one.n < THIN:
        return too_few()
    if one.median is not None:
        return working_time(one.median, day_seconds)
    if one.at_least is not None:
        return _("over {time}").format(time=working_time(one.at_least, day_seconds))
    return NONE


def working_time(seconds: float, day_seconds: int) -> str:
    """Hours within a working day, else working days."""
    if seconds < day_seconds:
        return hours(seconds)
    return _("{n} working days").format(n=number(seconds / day_seconds, 1))


def not_shown() -> str:
    """What a covered cell says: a larger figure may be covered with a small one, so no range."""
    return _("not shown")


def count(n: int) -> str:
    """A count of enquiries in a sentence: 1-4 could point at somebody."""
    return number(n) if n == 0 or n >= THIN else _("fewer than five")


def accounts(n: int) -> str:
    return ngettext("{n} account", "{n} accounts", n)
