"""What the activity page shows: figures, the chart, the tables. «–» where nobody said; never 0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from svarvakt.charts import Chart, Series
from svarvakt.i18n import _, day, ngettext, number, percent, short_day, short_month
from svarvakt.metrics import (
    Activity,
    ActivityAccount,
    ActivityMonth,
    ActivityState,
    ActivityUnit,
    Rate,
)
from ui import download, markup
from ui.cards import Card, State
from ui.markup import paragraph
from ui.pictures import separators
from ui.words import NONE, count, count_value, platform, unit


def state(code: ActivityState, on: date | None = None) -> str:
    """The state as symbol and word, with the day that it is true of where posts decide it (M16)."""
    said = _state(code)
    if code == "outdated" and on:
        return said + "\u00a0" + _("since {day}").format(day=short_day(on))
    if code in ("active", "quiet", "dormant") and on:
        return said + " " + _("as of {day}").format(day=short_day(on))
    return said


def _state(code: ActivityState) -> str:
    return {
        "active": "●\u00a0" + _("active"),
        "quiet": "◐\u00a0" + _("quiet"),
        "dormant": "○\u00a0" + _("dormant"),
        "outdated": "?\u00a0" + _("unknown"),
        "paused": "‖\u00a0" + _("planned pause"),
        "closed": "✕\u00a0" + _("closed"),
        "none_by_choice": "–\u00a0" + _("none by choice"),
        "no_account": "?\u00a0" + _("no account"),
        "unknown": "?\u00a0" + _("no posts imported"),
    }[code]


def finding(accounts: Sequence[ActivityAccount], units: Sequence[ActivityUnit]) -> str:
    """How many accounts are in use, and how many units have none."""
    if not accounts:
        return ""
    active = sum(each.state == "active" for each in accounts)
    without = sum(each.state == "no_account" for each in units)
    said = _("{active} of {accounts} were active on {day}").format(
        active=number(active),
        accounts=ngettext("{n} account", "{n} accounts", len(accounts)),
        day=day(max(each.state_on for each in accounts)),
    )
    outdated = sum(each.state == "outdated" for each in accounts)
    if outdated:
        said += "; " + ngettext(
            "of {n} it is unknown: the newest file is a month older than the others",
            "of {n} it is unknown: their newest files are a month older than the others",
            outdated,
        )
    if without == 0:
        return said + "."
    return (
        said
        + "; "
        + ngettext(
            "{n} unit has no account we know of.", "{n} units have no account we know of.", without
        )
    )


def _dormant_state(accounts: Sequence[ActivityAccount]) -> State | None:
    """Good only where it is known of every account; an account without posts read in may sleep."""
    if any(each.state == "dormant" for each in accounts):
        return State(_("wake them up or close them"), "warning")
    unknown = sum(each.state in ("outdated", "unknown") for each in accounts)
    if unknown:
        return State(ngettext("{n} is not known", "{n} are not known", unknown))
    return State(_("none"), "good") if accounts else None


def figures(
    accounts: Sequence[ActivityAccount], months: Sequence[ActivityMonth], *, has_comments: bool
) -> list[Card]:
    """At most four, none of them a ranking. Comments that no file holds are missing, not 0."""
    dormant = sum(each.state == "dormant" for each in accounts)
    active = Rate(sum(each.state == "active" for each in accounts), len(accounts))
    posts = sum(each.posts for each in months)
    return [
        Card(
            _("Active accounts"),
            number(active.numerator),
            _("of {n}, posted in the 30 days before their newest file").format(
                n=number(len(accounts))
            ),
        ),
        Card(
            _("Dormant accounts"),
            number(dormant),
            _("nothing for more than 90 days before their newest file"),
            _dormant_state(accounts),
        ),
        Card(_("Posts"), number(posts), _("in the chosen period")),
        Card(
            _("Comments received"),
            number(sum(each.comments_received for each in months))
            if has_comments
            else _("no data"),
            _("from others, in the chosen period")
            if has_comments
            else _("no file holds them for this choice"),
        ),
    ]


def posts_over_time(months: Sequence[ActivityMonth]) -> Chart:
    """Posts per month for the whole choice."""
    known = [each for each in months if each.has_data]
    total = sum(each.posts for each in known)
    finding_words = _("{posts} in {months} with data").format(
        posts=ngettext("{n} post", "{n} posts", total),
        months=ngettext("{n} month", "{n} months", len(known)),
    )
    return Chart(
        shape="stack",
        finding=finding_words,
        unit=_("Number of posts per month"),
        n=total,
        label_header=_("Month"),
        labels=tuple(short_month(each.month) for each in months),
        series=(
            Series(
                _("posts"),
                tuple(float(each.posts) if each.has_data else None for each in months),
                texts=tuple(
                    number(each.posts) if each.has_data else _("no data") for each in months
                ),
            ),
        ),
        alt=_(
            "Bars for the number of posts per month. {finding}. The figures are in the table below."
        ).format(finding=finding_words),
        separators=separators(),
    )


def _known(value: int | None, behind: int, posts: int) -> str:
    """A total, «–» where no post said, and how much of the posts it rests on where not all did."""
    if value is None:
        return NONE
    if behind < posts:
        return _("{n} ({share} of the posts)").format(
            n=number(value), share=percent(behind / posts)
        )
    return number(value)


def _totals(each: Activity, has_comments: bool) -> list[str]:
    return [
        number(each.posts),
        number(each.days_with_posts),
        _known(each.reactions, each.posts_with_reactions, each.posts),
        _known(each.shares, each.posts_with_shares, each.posts),
        _known(each.views, each.posts_with_views, each.posts),
        count(each.comments_received) if has_comments else _("no data"),
    ]


def _headers() -> list[str]:
    return [
        _("Unit"),
        _("State"),
        _("Last post"),
        _("Posts"),
        _("Days with posts"),
        _("Reactions"),
        _("Shares"),
        _("Views"),
        _("Comments received"),
    ]


def unit_table(units: Sequence[ActivityUnit], *, has_comments: bool) -> None:
    """Every unit, those without accounts too."""
    markup.table(
        _("Activity per unit in the chosen period"),
        _headers(),
        [
            [
                unit(each.unit_name),
                state(each.state, each.state_on),
                _last(each),
                *(_totals(each, has_comments) if each.accounts else [NONE] * 6),
            ]
            for each in units
        ],
        frozenset(range(3, 9)),
    )
    download.button(
        "aktivitet-per-enhet",
        _headers(),
        lambda: [
            [
                unit(each.unit_name),
                state(each.state, each.state_on),
                each.last_post_on,
                each.posts,
                each.days_with_posts,
                each.reactions,
                each.shares,
                each.views,
                count_value(each.comments_received) if has_comments else None,
            ]
            for each in units
        ],
    )


def _last(each: ActivityUnit | ActivityAccount) -> str:
    if each.last_post_on is None:
        return NONE
    return short_day(each.last_post_on)


def quiet(accounts: Sequence[ActivityAccount]) -> None:
    """Quiet and dormant accounts, and those whose posts were never imported."""
    chosen = [
        each for each in accounts if each.state in ("quiet", "dormant", "outdated", "unknown")
    ]
    if not chosen:
        paragraph(_("None: every account has posted in the last 30 days, is paused or closed."))
        return
    markup.table(
        _("Accounts without posts in the last 30 days"),
        [_("Account"), _("Platform"), _("Unit"), _("State"), _("Last post"), _("Days since")],
        [
            [
                each.account_name,
                platform(each.platform),
                unit(each.unit_name),
                state(each.state, each.state_on),
                _last(each),
                _days_since(each),
            ]
            for each in chosen
        ],
        frozenset({5}),
    )


def _days_since(each: ActivityAccount) -> str:
    """Counted to the account's newest file: of an old one it says nothing of now."""
    if each.days_since_last is None or each.state == "outdated":
        return NONE
    return number(each.days_since_last)


def how() -> str:
    return _(
        "Reach is not shown: it counts people, and the same person stands in many posts, so it "
        "cannot be added up. «–» means that the platform did not say; it is not zero."
    )
