"""Draws a chart for plotly: one function per shape, never per page."""

from __future__ import annotations

from itertools import pairwise
from textwrap import shorten, wrap
from typing import Any

from svarvakt.charts import LIGHT, Chart, Palette, Series, colour, pattern
from svarvakt.charts.layout import Figure, apply_layout, empty_figure, percentages

_STACKED = {"barmode": "stack", "bargap": 0.35}


def draw(chart: Chart, palette: Palette = LIGHT) -> Figure:
    """The chart as plotly's data and layout, without a title: the finding is the page's heading."""
    figure = empty_figure()
    shapes = {"trend": _trend, "stack": _stack, "dots": _dots, "bars": _bars}
    shapes[chart.shape](figure, chart, palette)
    apply_layout(figure, chart, palette)
    return figure


def _hover(line: Series, chart: Chart) -> list[str]:
    return list(line.hover) or [chart.said(line, i) for i in range(len(chart.labels))]


def _common(line: Series, chart: Chart, axis: str) -> dict[str, Any]:
    """Name and hover text: the label, what is known of the value, the series."""
    return {
        "name": line.name,
        "customdata": _hover(line, chart),
        "hovertemplate": f"%{{{axis}}}: {line.name}<br>%{{customdata}}<extra></extra>",
    }


def _trend(figure: Figure, chart: Chart, palette: Palette) -> None:
    """Lines over time, the main one on top; unfinished months hollow."""
    for line in sorted(chart.series, key=lambda each: each.role == "main"):
        shade = colour(line.role, palette)
        is_main = line.role == "main"
        fill = [
            palette.background if i in chart.unfinished else shade for i in range(len(chart.labels))
        ]
        figure["data"].append(
            {
                "type": "scatter",
                "x": list(chart.labels),
                "y": percentages(chart, line.values),
                "mode": "lines+markers",
                "line": {"color": shade, "width": 3 if is_main else 1.5},
                "marker": {
                    "size": 8 if is_main else 5,
                    "color": fill,
                    "line": {"color": shade, "width": 1.5},
                },
                **_common(line, chart, "x"),
            }
        )
    figure["layout"]["annotations"] += _end_labels(chart, palette)
    figure["layout"]["xaxis"] |= {
        "categoryorder": "array",
        "categoryarray": list(chart.labels),
        "range": [-0.4, len(chart.labels) - 0.7],
    }


def _end_labels(chart: Chart, palette: Palette) -> list[dict[str, Any]]:
    """Each line's name at its last value; moved apart where they would lie on each other."""
    ends = []
    for line in chart.series:
        last = max((i for i, value in enumerate(line.values) if value is not None), default=None)
        if last is not None:
            ends.append(_end_label(chart, line, last, palette))
    ends.sort(key=lambda end: float(end["y"]))
    for below, above in pairwise(ends):
        if above["y"] - below["y"] < 6:
            below["yshift"], above["yshift"] = -9, 9
    return ends


def _end_label(chart: Chart, line: Series, last: int, palette: Palette) -> dict[str, Any]:
    # Words need more contrast than marks: the grey line is named in the darker grey.
    shade = palette.muted if line.role == "context" else colour(line.role, palette)
    return {
        "x": chart.labels[last],
        "y": percentages(chart, line.values)[last],
        "text": line.name,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 9,
        "font": {"color": shade, "size": 13},
    }


def _filled(line: Series, chart: Chart, palette: Palette) -> dict[str, Any]:
    """A bar's fill: its layer has a pattern beside its colour, an unfinished month is paler."""
    return {
        "color": colour(line.role, palette),
        "opacity": [0.55 if i in chart.unfinished else 1.0 for i in range(len(chart.labels))],
        "line": {"color": palette.text, "width": 1},  # a pale layer is seen by its edge
        "pattern": {
            "shape": pattern(line.role),
            "fgcolor": palette.background,
            "fillmode": "overlay",
            "size": 6,
            "solidity": 0.3 if line.role == "late" else 0.15,
        },
    }


def _stack(figure: Figure, chart: Chart, palette: Palette) -> None:
    """Layers of a bar per label, from soon to late."""
    for line in chart.series:
        figure["data"].append(
            {
                "type": "bar",
                "x": list(chart.labels),
                "y": percentages(chart, line.values),
                "marker": _filled(line, chart, palette),
                **_common(line, chart, "x"),
            }
        )
    figure["layout"] |= _STACKED
    figure["layout"]["xaxis"] |= {
        "categoryorder": "array",
        "categoryarray": list(chart.labels),
    }
    _gaps(figure, chart, palette)


def _gaps(figure: Figure, chart: Chart, palette: Palette) -> None:
    """A label without any value is a grey tile with its words: an empty place would look like 0."""
    for i, label in enumerate(chart.labels):
        if any(line.values[i] is not None for line in chart.series):
            continue
        figure["layout"]["shapes"].append(
            {
                "type": "rect",
                "x0": i - 0.4,
                "x1": i + 0.4,
                "xref": "x",
                "y0": 0,
                "y1": 1,
                "yref": "y domain",
                "fillcolor": palette.faint,
                "opacity": 0.8,
                "layer": "below",
                "line": {"width": 1, "color": palette.context, "dash": "dot"},
            }
        )
        figure["layout"]["annotations"].append(
            {
                "x": label,
                "y": 0.5,
                "yref": "y domain",
                "text": chart.said(chart.series[0], i),
                "textangle": -90,
                "showarrow": False,
                "font": {"size": 12, "color": palette.muted},
            }
        )


def _bars(figure: Figure, chart: Chart, palette: Palette) -> None:
    """Horizontal bars, one per label in the order given, stacked when several series."""
    for line in chart.series:
        figure["data"].append(
            {
                "type": "bar",
                "x": percentages(chart, line.values),
                "y": list(chart.labels),
                "orientation": "h",
                "marker": _filled(line, chart, palette),
                **_common(line, chart, "y"),
            }
        )
    figure["layout"] |= _STACKED
    _rows(figure, chart)


def _dots(figure: Figure, chart: Chart, palette: Palette) -> None:
    """One row per label in the order given; the band is the range of all of them."""
    for line in chart.series:
        shade = colour(line.role, palette)
        figure["data"].append(
            {
                "type": "scatter",
                "x": percentages(chart, line.values),
                "y": list(chart.labels),
                "mode": "markers",
                "marker": {"size": 11, "color": shade},
                **_common(line, chart, "y"),
            }
        )
    if chart.band:
        _band(figure, chart, palette)
    _rows(figure, chart)


def _rows(figure: Figure, chart: Chart) -> None:
    """The labels from the top down; long names on two lines, whole in the table and on hover."""
    short = ["<br>".join(wrap(shorten(label, 48, placeholder=" …"), 26)) for label in chart.labels]
    figure["layout"]["yaxis"] |= {
        "categoryorder": "array",
        "categoryarray": list(reversed(chart.labels)),
        "tickvals": list(chart.labels),
        "ticktext": short,
        "range": [-0.7, len(chart.labels) - 0.3],
    }


def _band(figure: Figure, chart: Chart, palette: Palette) -> None:
    assert chart.band is not None
    low, high, label = chart.band
    low, high = (100 * low, 100 * high) if chart.kind == "share" else (low, high)
    figure["layout"]["shapes"].append(
        {
            "type": "rect",
            "x0": low,
            "x1": high,
            "xref": "x",
            "y0": 0,
            "y1": 1,
            "yref": "y domain",
            "fillcolor": palette.faint,
            "opacity": 0.8,
            "layer": "below",
            "line": {"width": 0},
        }
    )
    figure["layout"]["annotations"].append(
        {
            "x": high,
            "y": 1,
            "yref": "paper",
            "text": label,
            "showarrow": False,
            "xanchor": "right",
            "yanchor": "bottom",
            "font": {"size": 12, "color": palette.muted},
        }
    )
