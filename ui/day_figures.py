"""The platforms' own sums per account: a table, and the file behind it; no unit is ranked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.i18n import _, number
from svarvakt.metrics.account_statistics import DayFigures
from ui import download, markup
from ui.words import NONE, platform


def show(rows: Sequence[DayFigures]) -> None:
    """One line per account with the metrics that any of them has; nothing without figures."""
    if not rows:
        return
    st.header(_("What the platforms count for the whole account"), anchor=False)
    markup.paragraph(
        _(
            "Sums of the days in the files. Each platform counts in its own way: figures of two "
            "platforms cannot be compared."
        ),
        "sv-muted",
    )
    used = [name for name in _names() if any(row.metric == name for row in rows)]
    headers = [_("Account"), *(_names()[name] for name in used), _("Days in the files")]
    lines = _lines(rows, used)
    caption = _("Figures of the whole account")
    markup.table(
        caption,
        headers,
        [[name, *map(_shown, values)] for name, values in lines],
        frozenset(range(1, len(headers))),
    )
    download.button("kontotall", headers, lambda: [[name, *values] for name, values in lines])


def _shown(value: int | None) -> str:
    return NONE if value is None else number(value)


def _lines(rows: Sequence[DayFigures], used: Sequence[str]) -> list[tuple[str, list[int | None]]]:
    """Each account's name, then its value of every used metric, and how many days there are."""
    by_account: dict[str, list[DayFigures]] = {}
    for row in rows:
        by_account.setdefault(row.account_id, []).append(row)
    found: list[tuple[str, list[int | None]]] = []
    for own in by_account.values():
        values = {row.metric: row.value for row in own}
        name = f"{own[0].account_name} · {platform(own[0].platform)}"
        days = max(row.days for row in own)
        found.append((name, [*(values.get(each) for each in used), days]))
    return found


def _names() -> dict[str, str]:
    return {
        "posts": _("Posts"),
        "views": _("Views"),
        "impressions": _("Impressions"),
        "video_views": _("Video views"),
        "visits": _("Visits"),
        "interactions": _("Interactions"),
        "reactions": _("Reactions"),
        "comments": _("Comments"),
        "shares": _("Shares"),
        "saves": _("Saves"),
        "clicks": _("Clicks"),
        "link_clicks": _("Link clicks"),
        "followers_gained": _("New followers"),
        "followers_lost": _("Lost followers"),
        "followers": _("Followers, the last day"),
    }
