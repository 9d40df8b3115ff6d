"""A chart on the page: its finding, the picture, the same figures as a table and as a file."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from svarvakt.charts import Chart, colour
from svarvakt.charts.plotly_renderer import draw
from svarvakt.i18n import _, language, ngettext
from ui import download, look, markup

_CONFIG = {
    "displayModeBar": False,
    "locale": "nb",
    "locales": {"nb": {"dictionary": {}, "format": {"decimal": ",", "thousands": "\u00a0"}}},
}


def separators() -> str:
    """Decimal and thousands marks as plotly wants them."""
    return ".," if language() == "en" else ",\u00a0"


def show(chart: Chart, name: str) -> None:
    """Draw a chart; `name` becomes the file's and must be its own on the page."""
    st.header(chart.finding, anchor=False)
    markup.paragraph(
        f"{chart.unit} · " + ngettext("{n} item behind", "{n} items behind", chart.n), "sv-muted"
    )
    if chart.is_empty:
        markup.note(_("There is nothing to draw for this choice."))
        return
    _key(chart)
    st.plotly_chart(
        # plotly would look at every property of ours once more; test_charts.py does.
        go.Figure(draw(chart, look.palette()), _validate=False),
        key=f"chart-{name}",
        theme=None,
        config=_CONFIG if language() != "en" else {"displayModeBar": False},
        alt=chart.alt,
    )
    opened = st.expander(_("Show table"), key=f"table-{name}", on_change="rerun")
    if opened.open:
        headers, rows = chart.table()
        with opened:
            markup.table(chart.finding, headers, rows, frozenset(range(1, len(headers))))
            download.button(name, headers, chart.values)


def _key(chart: Chart) -> None:
    """What the layers of a bar mean, above the picture; lines and dots are named in it."""
    if chart.shape not in ("stack", "bars") or len(chart.series) < 2:
        return
    palette = look.palette()
    entries = [
        f'<span class="sv-key"><span class="sv-swatch sv-{line.role}" aria-hidden="true" '
        f'style="background-color: {colour(line.role, palette)}"></span>'
        f"{markup.escape(line.name)}</span>"
        for line in chart.series
    ]
    st.html(f'<p class="sv-keys">{"".join(entries)}</p>')
