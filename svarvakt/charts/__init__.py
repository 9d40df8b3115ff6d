"""Charts as plain records, made once from the figures; `plotly_renderer` draws them for the page.

The record holds everything a reader may need without seeing the picture (the
finding, unit, n, target and a text alternative), so that the page, the table
beside it and the report say the same. Nothing here knows Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["main", "context", "late", "ramp1", "ramp2", "ramp3", "ramp4"]


@dataclass(frozen=True)
class Palette:
    """Colours for one background: 4.5:1 for text, 3:1 for marks, safe for colour-blind eyes."""

    background: str
    surface: str
    text: str
    muted: str  # secondary text, axes
    accent: str
    late: str  # waits too long, and nothing else
    warning: str
    good: str
    context: str  # lines and marks beside the main one
    faint: str  # grid lines and bands, never the only carrier of a fact
    ramp: tuple[str, str, str, str]  # from soon to late


LIGHT = Palette(
    "#ffffff",
    "#f2f5f8",
    "#101820",
    "#4a5663",
    "#0b4f8a",
    "#b83a14",
    "#855600",
    "#1d6b3a",
    "#76828e",
    "#dde3e9",
    ("#0b4f8a", "#3a7cb5", "#7aa3c7", "#b9cfe2"),
)
DARK = Palette(
    "#10161d",
    "#1a232d",
    "#e8edf2",
    "#a9b5c1",
    "#7cb8ee",
    "#ff8d66",
    "#e8b04a",
    "#6fcf97",
    "#8896a4",
    "#2b3641",
    ("#9ccaf5", "#5f9bd1", "#3f73a3", "#2c5377"),
)


@dataclass(frozen=True)
class Series:
    """One line, row of dots or layer of bars. A value None is a gap: no data, never 0."""

    name: str
    values: tuple[float | None, ...]
    role: Role = "main"
    hover: tuple[str, ...] = ()  # one text per value: counts, interval
    texts: tuple[str, ...] = ()  # one formatted value per value, for the table


@dataclass(frozen=True)
class Line:
    """A value to compare with, drawn as a thin labelled line."""

    value: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart as facts. `values` are shares 0–1 when `kind` is `share`, else in `unit`."""

    shape: Literal["trend", "stack", "dots", "bars"]
    finding: str  # the title: what the chart shows, as a sentence
    unit: str  # shown on the axis
    n: int  # items behind the whole chart
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    kind: Literal["share", "count"] = "count"
    label_header: str = ""
    target: Line | None = None
    band: tuple[float, float, str] | None = None
    unfinished: frozenset[int] = field(default_factory=frozenset)  # positions drawn lighter
    separators: str = ",\u00a0"

    def __post_init__(self) -> None:
        """Raises ValueError for a chart that a reader could not understand or hear."""
        if not (self.finding and self.unit and self.alt):
            raise ValueError("A chart needs a finding, a unit and a text alternative.")
        if any(len(line.values) != len(self.labels) for line in self.series):
            raise ValueError("Every series needs one value per label.")

    @property
    def is_empty(self) -> bool:
        return self.n == 0 or all(value is None for line in self.series for value in line.values)

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Headers and rows with the same figures as the picture."""
        headers = [self.label_header, *(line.name for line in self.series)]
        rows = [
            [label, *(self.said(line, i) for line in self.series)]
            for i, label in enumerate(self.labels)
        ]
        return headers, rows

    def said(self, line: Series, i: int) -> str:
        """One value in words: the text that came with it, else the number; «–» for a gap."""
        if line.texts:
            return line.texts[i]
        value = line.values[i]
        if value is None:
            return "–"
        text = f"{value * 100:.1f}\u00a0%" if self.kind == "share" else f"{value:g}"
        return text.replace(".", self.separators[0])

    def values(self) -> list[list[str | float | None]]:
        """The rows as numbers for a file; shares as percent with one decimal."""
        return [
            [label, *(_number(self, line.values[i]) for line in self.series)]
            for i, label in enumerate(self.labels)
        ]


def _number(chart: Chart, value: float | None) -> float | None:
    return round(value * 100, 1) if value is not None and chart.kind == "share" else value


def colour(role: Role, palette: Palette) -> str:
    """The colour of a series' mark."""
    if role.startswith("ramp"):
        return palette.ramp[int(role[4:]) - 1]
    return {"main": palette.accent, "late": palette.late}.get(role, palette.context)


def pattern(role: Role) -> str:
    """What lies over a bar's colour, in plotly's words: layers that meet differ in it too."""
    return {"late": "/", "ramp2": "-", "ramp3": "."}.get(role, "")
