"""Charts as facts: nothing is drawn that a reader could not also read or hear (R02, R03)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from svarvakt.charts import DARK, LIGHT, Chart, Line, Palette, Series, colour
from svarvakt.charts.plotly_renderer import draw

CHART = Chart(
    shape="trend",
    kind="share",
    finding="90 % fikk svar",
    unit="prosent",
    n=412,
    labels=("sep 26", "okt 26"),
    label_header="Måned",
    alt="Linje over svarandelen.",
    series=(Series("alle", (0.8, 0.85), "context"), Series("trenger svar", (0.9, None))),
    target=Line(0.9, "måltall"),
    unfinished=frozenset({1}),
)
SHAPES = ("trend", "stack", "dots", "bars")


def drawn(chart: Chart, palette: Palette = LIGHT) -> dict[str, Any]:
    # Plotly looks at every property here, and raises for one that it does not know.
    figure: dict[str, Any] = go.Figure(draw(chart, palette)).to_dict()
    return figure


@pytest.mark.parametrize("missing", ["finding", "unit", "alt"])
def test_a_chart_without_words_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match="text alternative"):
        replace(CHART, **{missing: ""})  # type: ignore[arg-type]


def test_a_series_with_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="one value per label"):
        replace(CHART, labels=("sep 26",))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_draws_every_series_with_norwegian_separators(shape: Any) -> None:
    figure = drawn(replace(CHART, shape=shape))
    assert {trace["name"] for trace in figure["data"]} == {"alle", "trenger svar"}
    assert figure["layout"]["separators"] == ",\u00a0"


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_starts_at_nought_and_labels_its_target(shape: Any) -> None:
    layout = drawn(replace(CHART, shape=shape))["layout"]
    axis = layout["xaxis" if shape in ("dots", "bars") else "yaxis"]
    assert axis["range"][0] == 0
    assert "måltall" in [note["text"] for note in layout["annotations"]]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_gap_is_drawn_as_a_gap(shape: Any) -> None:
    figure = drawn(replace(CHART, shape=shape))
    trace = next(each for each in figure["data"] if each["name"] == "trenger svar")
    axis = trace["x" if shape in ("dots", "bars") else "y"]
    assert list(axis) == [90, None]


def test_a_line_carries_its_own_name() -> None:
    notes = [note["text"] for note in drawn(CHART)["layout"]["annotations"]]
    assert {"alle", "trenger svar"} <= set(notes)


def test_the_unfinished_month_is_hollow() -> None:
    line = next(each for each in drawn(CHART)["data"] if each["name"] == "alle")
    assert line["marker"]["color"][1] == LIGHT.background
    assert line["marker"]["color"][0] != LIGHT.background


def test_the_table_and_the_file_say_what_the_picture_says() -> None:
    headers, rows = CHART.table()
    assert headers == ["Måned", "alle", "trenger svar"]
    assert rows == [["sep 26", "80,0\u00a0%", "90,0\u00a0%"], ["okt 26", "85,0\u00a0%", "–"]]
    assert CHART.values() == [["sep 26", 80.0, 90.0], ["okt 26", 85.0, None]]


def test_what_waits_too_long_is_not_told_by_colour_alone() -> None:
    late = replace(CHART, shape="stack", series=(Series("venter ennå", (1.0, 2.0), "late"),))
    assert drawn(late)["data"][0]["marker"]["pattern"]["shape"] == "/"


def test_a_chart_of_gaps_is_empty() -> None:
    assert replace(CHART, series=(Series("alle", (None, None)),)).is_empty
    assert not CHART.is_empty


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "muted", "accent", "late", "warning", "good"])
def test_words_are_readable_on_both_backgrounds(palette: Palette, name: str) -> None:
    assert contrast(getattr(palette, name), palette.background) >= 4.5
    assert contrast(getattr(palette, name), palette.surface) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["accent", "late", "context"])
def test_marks_are_visible(palette: Palette, name: str) -> None:
    assert contrast(getattr(palette, name), palette.background) >= 3


LAYERS = tuple(
    Series(role, (1.0, 2.0), role) for role in ("ramp1", "ramp2", "ramp3", "ramp4", "late")
)


def text_colours(node: Any) -> list[str]:
    """The colour of every text of a drawn figure that is not on the hover label."""
    if isinstance(node, list | tuple):
        return [each for one in node for each in text_colours(one)]
    if not isinstance(node, dict):
        return []
    own = [value["color"] for key, value in node.items() if key in ("font", "tickfont") and value]
    rest = [value for key, value in node.items() if key not in ("font", "tickfont", "hoverlabel")]
    return own + text_colours(rest)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_word_of_a_picture_is_readable(palette: Palette, shape: Any) -> None:
    band = (0.2, 0.4, "spennet") if shape == "dots" else None
    layout = drawn(replace(CHART, shape=shape, band=band), palette)["layout"]
    found = text_colours(layout)
    assert len(found) >= 4  # the figure's, both axes', the target's
    for shade in found:
        assert contrast(shade, palette.background) >= 4.5
    hover = layout["hoverlabel"]
    assert contrast(hover["font"]["color"], hover["bgcolor"]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", ["stack", "bars"])
def test_layers_that_meet_differ_in_more_than_colour(palette: Palette, shape: Any) -> None:
    bars = drawn(replace(CHART, shape=shape, series=LAYERS), palette)["data"]
    patterns = [bar["marker"]["pattern"]["shape"] for bar in bars]
    assert all(one != other for one, other in pairwise(patterns))
    for bar in bars:  # a pale layer is seen by its edge
        edge = bar["marker"]["line"]
        assert edge["width"] >= 1
        assert contrast(edge["color"], palette.background) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_are_named_in_the_picture_and_seen(palette: Palette) -> None:
    figure = drawn(CHART, palette)
    named = {note["text"] for note in figure["layout"]["annotations"]}
    for line in CHART.series:
        assert line.name in named
        assert contrast(colour(line.role, palette), palette.background) >= 3


def test_the_theme_has_the_colours_of_the_charts(root: Any) -> None:
    theme = (root / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for palette in (LIGHT, DARK):
        for shade in (palette.background, palette.text, palette.accent):
            assert shade in theme
