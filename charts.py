"""Charts: a plain record made once from the figures, drawn by one function per shape.

The record holds everything a reader may need without seeing the picture (the
finding, unit, n, target and a text alternative), so that the page, the table
beside it and the report say the same. Nothing here knows Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import plotly.graph_objects as go

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
        return all(value is None for line in self.series for value in line.values)

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Headers and rows with the same figures as the picture."""
        headers = [self.label_header, *(line.name for line in self.series)]
        rows = [
            [label, *(_text(self, line, i) for line in self.series)]
            for i, label in enumerate(self.labels)
        ]
        return headers, rows

    def values(self) -> list[list[str | float | None]]:
        """The rows as numbers for a file; shares as percent with one decimal."""
        return [
            [label, *(_number(self, line.values[i]) for line in self.series)]
            for i, label in enumerate(self.labels)
        ]


def _number(chart: Chart, value: float | None) -> float | None:
    return round(value * 100, 1) if value is not None and chart.kind == "share" else value


def _text(chart: Chart, line: Series, i: int) -> str:
    if line.texts:
        return line.texts[i]
    value = line.values[i]
    if value is None:
        return "–"
    return (
        f"{value * 100:.1f}".replace(".", chart.separators[0]) + "\u00a0%"
        if chart.kind == "share"
        else f"{value:g}".replace(".", chart.separators[0])
    )


def draw(chart: Chart, palette: Palette = LIGHT) -> go.Figure:
    """The chart as a plotly figure."""
    figure = go.Figure()
    {"trend": _trend, "stack": _stack, "dots": _dots, "bars": _bars}[chart.shape](
        figure, chart, palette
    )
    _dress(figure, chart, palette)
    return figure


def _percentages(chart: Chart, values: tuple[float | None, ...]) -> list[float | None]:
    factor = 100 if chart.kind == "share" else 1
    return [None if value is None else value * factor for value in values]


def _colour(role: Role, palette: Palette) -> str:
    if role.startswith("ramp"):
        return palette.ramp[int(role[4:]) - 1]
    return {"main": palette.accent, "late": palette.late}.get(role, palette.context)


def _hover(line: Series, chart: Chart) -> list[str]:
    return list(line.hover) or [_text(chart, line, i) for i in range(len(chart.labels))]


def _trend(figure: go.Figure, chart: Chart, palette: Palette) -> None:
    """Lines over time; the main one last, so that it lies on top. Labels at the line's end."""
    ends: list[tuple[float, go.layout.Annotation]] = []
    for line in sorted(chart.series, key=lambda each: each.role == "main"):
        colour = _colour(line.role, palette)
        values = _percentages(chart, line.values)
        hollow = [
            palette.background if i in chart.unfinished else colour for i in range(len(values))
        ]
        figure.add_scatter(
            x=list(chart.labels),
            y=values,
            mode="lines+markers",
            name=line.name,
            line={"color": colour, "width": 3 if line.role == "main" else 1.5},
            marker={
                "size": 8 if line.role == "main" else 5,
                "color": hollow,
                "line": {"color": colour, "width": 1.5},
            },
            customdata=_hover(line, chart),
            hovertemplate="%{x}<br>%{customdata}<extra>" + line.name + "</extra>",
        )
        last = max((i for i, v in enumerate(values) if v is not None), default=None)
        if last is not None:
            ends.append(
                (
                    float(values[last] or 0),
                    go.layout.Annotation(
                        x=chart.labels[last],
                        y=values[last],
                        text=line.name,
                        showarrow=False,
                        xanchor="left",
                        xshift=9,
                        font={"color": colour, "size": 13},
                    ),
                )
            )
    _place_apart(ends)
    figure.update_layout(annotations=[note for _, note in ends])
    figure.update_xaxes(categoryorder="array", categoryarray=list(chart.labels))


def _place_apart(ends: list[tuple[float, go.layout.Annotation]]) -> None:
    """Moves line labels that would lie on each other (under six percentage points apart)."""
    ends.sort(key=lambda end: end[0])
    for (low, below), (high, above) in pairwise(ends):
        if high - low < 6:
            below.yshift, above.yshift = -9, 9


def _stack(figure: go.Figure, chart: Chart, palette: Palette) -> None:
    """Layers of a bar per label, from soon (dark) to late; the waiting ones on top."""
    for line in chart.series:
        colour = _colour(line.role, palette)
        opacity = [0.55 if i in chart.unfinished else 1.0 for i in range(len(chart.labels))]
        figure.add_bar(
            x=list(chart.labels),
            y=_percentages(chart, line.values),
            name=line.name,
            marker={
                "color": colour,
                "opacity": opacity,
                "line": {"color": palette.text, "width": 0.6},
                "pattern": {
                    "shape": "/" if line.role == "late" else "",
                    "fgcolor": palette.background,
                    "fillmode": "overlay",
                    "size": 6,
                },
            },
            customdata=_hover(line, chart),
            hovertemplate="%{x}<br>%{customdata}<extra>" + line.name + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.35, showlegend=len(chart.series) > 1)
    figure.update_xaxes(categoryorder="array", categoryarray=list(chart.labels))


def _dots(figure: go.Figure, chart: Chart, palette: Palette) -> None:
    """One row per label in the order given; the band is the municipality's range."""
    for line in chart.series:
        colour = _colour(line.role, palette)
        figure.add_scatter(
            x=_percentages(chart, line.values),
            y=list(chart.labels),
            mode="markers",
            name=line.name,
            marker={
                "size": 11,
                "color": colour,
                "symbol": "circle" if line.role == "main" else "circle-open",
                "line": {"color": colour, "width": 1.5},
            },
            customdata=_hover(line, chart),
            hovertemplate="%{y}<br>%{customdata}<extra>" + line.name + "</extra>",
        )
    if chart.band:
        low, high, label = chart.band
        factor = 100 if chart.kind == "share" else 1
        figure.add_vrect(
            x0=low * factor,
            x1=high * factor,
            fillcolor=palette.faint,
            opacity=0.8,
            layer="below",
            line_width=0,
        )
        figure.add_annotation(
            x=(low + high) / 2 * factor,
            y=1,
            yref="paper",
            text=label,
            showarrow=False,
            yanchor="bottom",
            font={"size": 12, "color": palette.muted},
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(reversed(chart.labels)))


def _bars(figure: go.Figure, chart: Chart, palette: Palette) -> None:
    """Horizontal bars, one per label in the order given, stacked when several series."""
    for line in chart.series:
        figure.add_bar(
            x=_percentages(chart, line.values),
            y=list(chart.labels),
            name=line.name,
            orientation="h",
            customdata=_hover(line, chart),
            marker={
                "color": _colour(line.role, palette),
                "line": {"color": palette.text, "width": 0.6},
                "pattern": {
                    "shape": "/" if line.role == "late" else "",
                    "fgcolor": palette.background,
                    "fillmode": "overlay",
                    "size": 6,
                },
            },
            hovertemplate="%{y}<br>%{customdata}<extra>" + line.name + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.35, showlegend=len(chart.series) > 1)
    figure.update_yaxes(categoryorder="array", categoryarray=list(reversed(chart.labels)))


def _dress(figure: go.Figure, chart: Chart, palette: Palette) -> None:
    """What all charts share: type, colours with contrast, separators, the target line."""
    is_lying = chart.shape in ("dots", "bars")
    value_axis = figure.update_xaxes if is_lying else figure.update_yaxes
    figure.update_layout(
        template="none",
        separators=chart.separators,
        hovermode="closest",
        font={"family": "Inter, sans-serif", "size": 13, "color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 26, "b": 8},
        height=_height(chart),
        showlegend=bool(figure.layout.showlegend),
        legend={
            "orientation": "h",
            "y": -0.16,
            "x": 0,
            "traceorder": "normal",
            "font": {"size": 13, "color": palette.text},
        },
        hoverlabel={
            "bgcolor": palette.surface,
            "bordercolor": palette.context,
            "font": {"family": "Inter, sans-serif", "size": 13, "color": palette.text},
        },
        dragmode=False,
    )
    figure.update_xaxes(
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
        tickfont_color=palette.muted,
        linecolor=palette.context,
        title=None,
    )
    figure.update_yaxes(
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
        tickfont_color=palette.muted,
        title=None,
    )
    value_axis(
        showgrid=True, gridcolor=palette.faint, rangemode="tozero", tickformat=",~f", nticks=6
    )
    if chart.kind == "share":
        value_axis(
            range=[0, 104],
            tickvals=[0, 25, 50, 75, 100],
            ticktext=[f"{value}\u00a0%" for value in (0, 25, 50, 75, 100)],
        )
    if chart.target:
        _target_line(figure, chart, palette, is_lying)
    if chart.shape == "trend":
        longest = max((len(line.name) for line in chart.series), default=0)
        figure.update_layout(margin_r=16 + 7 * longest)
        figure.update_xaxes(range=[-0.4, len(chart.labels) - 0.7])


def _target_line(figure: go.Figure, chart: Chart, palette: Palette, is_lying: bool) -> None:
    assert chart.target is not None
    value = chart.target.value * (100 if chart.kind == "share" else 1)
    line = {"color": palette.text, "width": 1, "dash": "dot"}
    if is_lying:
        figure.add_vline(x=value, line=line)
        figure.add_annotation(
            x=value,
            y=1,
            yref="paper",
            text=chart.target.label,
            showarrow=False,
            yanchor="bottom",
            font={"size": 12, "color": palette.text},
        )
    else:
        figure.add_hline(y=value, line=line)
        figure.add_annotation(
            x=0,
            xref="paper",
            y=value,
            text=chart.target.label,
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            font={"size": 12, "color": palette.text},
        )


def _height(chart: Chart) -> int:
    """Pixels: a row per label for lying charts, one calm height for the rest."""
    if chart.shape in ("dots", "bars"):
        return max(140, 60 + 27 * len(chart.labels) + (34 if len(chart.series) > 1 else 0))
    return 300
