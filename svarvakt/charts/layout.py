"""What all plotly figures share: type, colours with contrast, axes, separators, the target line.

A figure is a plain dict in plotly's own words: made by plotly's `update_…` one property at a time
it takes thirty times as long.
"""

from __future__ import annotations

from typing import Any

from svarvakt.charts import Chart, Palette

Figure = dict[str, Any]  # «data»: the traces, «layout»: the rest, with both axes

_TYPE = "Inter, sans-serif"
_LYING = ("dots", "bars")


def percentages(chart: Chart, values: tuple[float | None, ...]) -> list[float | None]:
    """Values as the axis has them: shares in per cent, the rest untouched; gaps stay gaps."""
    factor = 100 if chart.kind == "share" else 1
    return [None if value is None else value * factor for value in values]


def empty_figure() -> Figure:
    """A figure without any trace."""
    layout: dict[str, Any] = {"xaxis": {}, "yaxis": {}, "shapes": [], "annotations": []}
    return {"data": [], "layout": layout}


def apply_layout(figure: Figure, chart: Chart, palette: Palette) -> None:
    """The layout of a drawn figure. The page makes its own key, so no legend."""
    figure["layout"] |= {
        "template": {"data": {"scatter": [{"type": "scatter"}]}},  # plotly's «none»
        "separators": chart.separators,
        "font": {"family": _TYPE, "size": 13, "color": palette.text},
        # Its own, so that its words are readable when the page turns dark around it.
        "paper_bgcolor": palette.background,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": _right_margin(chart), "t": 24, "b": 8},
        "height": _height(chart),
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": palette.surface,
            "bordercolor": palette.context,
            "font": {"family": _TYPE, "size": 13, "color": palette.text},
        },
    }
    _axes(figure["layout"], chart, palette)
    if chart.target:
        _target_line(figure["layout"], chart, palette)


def _axes(layout: dict[str, Any], chart: Chart, palette: Palette) -> None:
    """A quiet grid on the value axis only; every value axis starts at nought."""
    for axis in (layout["xaxis"], layout["yaxis"]):
        axis |= {
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
            "fixedrange": True,
            "tickfont": {"color": palette.muted},  # plotly's own grey has too little contrast
            "linecolor": palette.context,
        }
    is_lying = chart.shape in _LYING
    value_axis = layout["xaxis" if is_lying else "yaxis"]
    value_axis |= {
        "showgrid": True,
        "gridcolor": palette.faint,
        "tickformat": ",~f",
        "nticks": 6,
    }
    if chart.kind == "share":
        ticks = [0, 50, 100] if is_lying else [0, 25, 50, 75, 100]
        words = [f"{tick}\u00a0%" for tick in ticks]
        value_axis |= {"range": [0, 104], "tickvals": ticks, "ticktext": words, "tickangle": 0}
    else:
        value_axis["range"] = [0, max(1.0, _tallest(chart)) * 1.08]


def _tallest(chart: Chart) -> float:
    """The highest point: of a stack the sum, else the largest value or the target."""
    if chart.shape in ("stack", "bars"):
        columns = zip(*(line.values for line in chart.series), strict=True)
        top = max((sum(value or 0 for value in column) for column in columns), default=0)
    else:
        top = max((value or 0 for line in chart.series for value in line.values), default=0)
    return float(max(top, chart.target.value if chart.target else 0))


def _target_line(layout: dict[str, Any], chart: Chart, palette: Palette) -> None:
    """A thin dotted line with its words."""
    assert chart.target is not None
    value = chart.target.value * (100 if chart.kind == "share" else 1)
    line = {"color": palette.text, "width": 1, "dash": "dot"}
    words = {
        "text": chart.target.label,
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": 12, "color": palette.text},
    }
    if chart.shape in _LYING:
        place = {"x0": value, "x1": value, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        words |= {"x": value, "y": 1, "yref": "paper"}
    else:
        place = {"x0": 0, "x1": 1, "xref": "x domain", "y0": value, "y1": value, "yref": "y"}
        words |= {"x": 0, "xref": "paper", "y": value, "xanchor": "left"}
    layout["shapes"].append({"type": "line", "line": line, **place})
    layout["annotations"].append(words)


def _right_margin(chart: Chart) -> int:
    """Room for the names at the lines' ends, about seven pixels a letter."""
    longest = max((len(line.name) for line in chart.series), default=0)
    return 16 + 7 * longest if chart.shape == "trend" else 8


def _height(chart: Chart) -> int:
    """Pixels: a row per label for lying charts, one calm height for the rest."""
    if chart.shape in _LYING:
        return max(140, 60 + 34 * len(chart.labels))
    return 290
