"""Draws lines over time as SVG, without a browser: for the report."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from svarvakt.charts import LIGHT, Chart, Palette, Series, colour

WIDTH, HEIGHT = 680, 210
LEFT, RIGHT, TOP, BOTTOM = 36, 110, 12, 24  # margins; the right one holds the names of lines
FONT = 10.5


def draw(chart: Chart, palette: Palette = LIGHT) -> str:
    """The chart as one SVG text. Raises ValueError for a shape that the report does not use."""
    if chart.shape != "trend" or chart.kind != "share":
        raise ValueError(f"The report draws no chart of shape {chart.shape}.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Inter" font-size="{FONT}">'
        + "".join(
            [
                *_grid(palette),
                *_months(chart, palette),
                *_target(chart, palette),
                *_trend(chart, palette),
                *_names(chart, palette),
            ]
        )
        + "</svg>"
    )


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _x(chart: Chart, i: float) -> float:
    return LEFT + (i + 0.5) * (WIDTH - LEFT - RIGHT) / len(chart.labels)


def _text(x: float, y: float, words: str, shade: str, anchor: str = "start") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" fill="{shade}" text-anchor="{anchor}"'
    return f"<text {at}>{escape(words)}</text>"


def _grid(palette: Palette) -> list[str]:
    drawn = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        words = f"{share:.0%}".replace("%", "\u00a0%" if share == 1 else "")
        drawn.append(
            f'<path d="M{LEFT} {_y(share):.1f}H{WIDTH - RIGHT}" stroke="{palette.faint}"/>'
            + _text(LEFT - 5, _y(share) + 3.5, words, palette.muted, "end")
        )
    return drawn


def _target(chart: Chart, palette: Palette) -> list[str]:
    """A thin labelled line above the others."""
    if chart.target is None:
        return []
    y = _y(chart.target.value)
    return [
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{palette.muted}" '
        'stroke-dasharray="4 3"/>' + _text(LEFT + 4, y - 4, chart.target.label, palette.muted)
    ]


def _months(chart: Chart, palette: Palette) -> list[str]:
    return [
        _text(_x(chart, i), HEIGHT - 7, label, palette.muted, "middle")
        for i, label in enumerate(chart.labels)
    ]


def _trend(chart: Chart, palette: Palette) -> list[str]:
    drawn = []
    for line in sorted(chart.series, key=lambda each: each.role == "main"):
        shade, width = colour(line.role, palette), 2.4 if line.role == "main" else 1.3
        points = [
            None if value is None else (_x(chart, i), _y(value))
            for i, value in enumerate(line.values)
        ]
        for one, next_ in pairwise(points):
            if one and next_:
                drawn.append(
                    f'<path d="M{one[0]:.1f} {one[1]:.1f}L{next_[0]:.1f} {next_[1]:.1f}" '
                    f'stroke="{shade}" stroke-width="{width}" fill="none"/>'
                )
        drawn += [
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="3" stroke="{shade}" '
            f'fill="{palette.background if i in chart.unfinished else shade}"/>'
            for i, at in enumerate(points)
            if at
        ]
    return drawn


def _names(chart: Chart, palette: Palette) -> list[str]:
    """Each line's name at its end, moved apart where they would lie on each other."""
    ends = [
        (_y(line.values[last] or 0), line)
        for line in chart.series
        if (last := _last(line)) is not None
    ]
    ends.sort(key=lambda end: end[0])
    drawn, lowest = [], 0.0
    for y, line in ends:
        at = max(y + 3.5, lowest)
        lowest = at + FONT + 2
        shade = palette.muted if line.role == "context" else colour(line.role, palette)
        drawn.append(_text(WIDTH - RIGHT + 4, at, line.name, shade))
    return drawn


def _last(line: Series) -> int | None:
    return max((i for i, value in enumerate(line.values) if value is not None), default=None)
