"""Reading in a build: only new texts, people's word above the machine's, and what labels teach."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from decisions import New, open_store
from decisions.reading_models import put_in_use
from etl import analysis, build, reading
from etl.analysis import learning, models, training
from etl.analysis.models import shipped
from etl.erase import erase
from etl.load import load, rebuild
from tests.answering import Message, comment_id, graph_json, write
from tests.stored import rows

TEXTS = ["Elendig brøyting i dag", "Takk for flott hjelp", "Når åpner badet?", "Vi bor på øya"]
LABELS = Path(analysis.__file__).parent / "labels"


def _silent(_fraction: float, _what: str) -> None:
    pass


def _loaded(data: Path, texts: list[str], name: str = "a") -> None:
    threads = [[Message(number % 8, number, text=text)] for number, text in enumerate(texts, 1)]
    load([write(data / "exports" / "facebook" / "eksempel", graph_json(threads), f"{name}.json")])


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts each build read."""
    counts: list[int] = []
    real = reading.read_texts

    def counted(*given: object) -> int:
        counts.append(real(*given))  # type: ignore[arg-type]
        return counts[-1]

    monkeypatch.setattr(reading, "read_texts", counted)
    return counts


def test_a_build_reads_only_what_is_new(data_dir: Path, read_anew: list[int]) -> None:
    _loaded(data_dir, TEXTS)
    before = rows(
        data_dir, "SELECT item_id, tone, negative_score, tone_words FROM items ORDER BY 1"
    )
    build.build(data_dir, _silent)
    assert read_anew == [4, 0]
    assert before == rows(
        data_dir, "SELECT item_id, tone, negative_score, tone_words FROM items ORDER BY 1"
    )
    _loaded(data_dir, [*TEXTS, "Nytt tog i år"], "b")
    shutil.rmtree(data_dir / "reading")
    build.build(data_dir, _silent)
    assert read_anew == [4, 0, 1, 5]


def test_a_broken_cache_is_read_past(data_dir: Path, read_anew: list[int]) -> None:
    _loaded(data_dir, TEXTS)
    (path,) = (data_dir / "reading").glob("*.parquet")
    path.write_bytes(b"nothing")
    build.build(data_dir, _silent)
    assert read_anew == [4, 4]


def test_an_erased_text_leaves_no_mark_in_the_cache(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    assert _cached(data_dir) == 4
    erase(data_dir, comment_id(0, 0), progress=_silent)
    assert _cached(data_dir) == 3


def _cached(data: Path) -> int:
    import duckdb

    (path,) = (data / "reading").glob("*.parquet")
    found = duckdb.execute("SELECT count(*) FROM read_parquet($1)", [str(path)]).fetchone()
    assert found is not None
    return int(found[0])


def test_a_person_overrules_a_flag_and_can_take_it_back(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    item, store = comment_id(2, 0), open_store(data_dir)
    ask = f"SELECT is_question, reply_class, class_rule FROM items WHERE item_id = '{item}'"
    assert rows(data_dir, ask) == [(True, "must", "question")]
    details = {"flag": "is_question", "value": False}
    (made,) = store.record("enhet", New("flag", "item", item, details))
    store.record("enhet", New("flag", "item", item, {"flag": "is_sensitive", "value": True}))
    rebuild(progress=_silent)
    assert rows(data_dir, ask)[0][0] is False
    assert rows(data_dir, ask)[0][2] != "question"
    assert rows(data_dir, f"SELECT is_sensitive FROM items WHERE item_id = '{item}'") == [(True,)]
    store.undo("enhet", made)
    rebuild(progress=_silent)
    assert rows(data_dir, ask) == [(True, "must", "question")]


def test_the_municipalitys_own_words_lie_over_the_shipped_ones(data_dir: Path) -> None:
    _loaded(data_dir, ["Dette er snurrepipp", "Dette er elendig"])
    before = rows(data_dir, "SELECT negative_score FROM items ORDER BY item_id")
    lines = "stem,weight,language,kind\nsnurrepipp,-3,nb,word\nelendig*,0,nb,word\n"
    path = data_dir / "register" / "words.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(lines, encoding="utf-8")
    build.build(data_dir, _silent)
    after = rows(data_dir, "SELECT negative_score FROM items ORDER BY item_id")
    assert after[0] > before[0]
    assert after[1] < before[1]
    assert sum(learning.word_effects(data_dir, "snurrepipp").values()) == 1


def _labelled(data: Path, count: int, served_as: str = "random") -> None:
    """Two words that the shipped model does not know, each with its tone here."""
    kinds = (("Snurrepipp", "negative"), ("Kvistetrall", "positive"))
    said = [(f"{kinds[n % 2][0]} i gate {n}", kinds[n % 2][1]) for n in range(count)]
    _loaded(data, [text for text, _tone in said])
    for number, (_text, tone) in enumerate(said):
        details = {"served_as": served_as, "tone": tone}
        made = New("reading_check", "item", comment_id(number, 0), details)
        open_store(data).record("kommunikasjon", made)
    rebuild(progress=_silent)


def test_half_of_the_picked_are_random_and_the_same_for_a_seed(data_dir: Path) -> None:
    lines = (LABELS / "own_comments.jsonl").read_text(encoding="utf-8").splitlines()
    _loaded(data_dir, [json.loads(line)["text"] for line in lines[:60]])
    picked = learning.pick_20(data_dir, 7)
    assert [one.served_as for one in picked].count("random") == 10
    assert len({one.item_id for one in picked}) == 20
    assert picked == learning.pick_20(data_dir, 7) != learning.pick_20(data_dir, 8)
    first = picked[0].item_id
    open_store(data_dir).record("enhet", New("tone", "item", first, {"tone": "neutral"}))
    assert first not in {one.item_id for one in learning.pick_20(data_dir, 7)}


def test_few_labels_fit_nothing_and_quality_says_that_there_is_none(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    assert learning.quality(data_dir)["macro_f1"] is None
    done = learning.fit_and_promote(data_dir, "kommunikasjon")
    assert (done["promoted"], done["labels"]) == (False, 0)
    assert learning.margin(data_dir, 0.5)["source"] == "shipped"
    assert learning.versions(data_dir) == []


def test_thirty_labels_fit_a_version_that_can_be_taken_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = training.shipped_comments()[:150]  # all of them take a quarter of a minute to fit
    monkeypatch.setattr(training, "shipped_comments", lambda: some)
    _labelled(data_dir, 36)
    measured = learning.quality(data_dir)
    assert measured["random"] == 36
    value, low, high = measured["tone"]["negative"]["f1"]
    assert 0 <= low <= value <= high <= 1
    assert learning.margin(data_dir, 0.5)["source"] == "checked"
    done = learning.fit_and_promote(data_dir, "kommunikasjon")
    assert done["promoted"]
    assert done["after"] > 0.9 > done["before"]
    version = reading.version_in_use(data_dir)
    assert version.startswith(done["version"])
    rebuild(progress=_silent)
    learning.revert(data_dir, "kommunikasjon", None)
    assert reading.head_in_use(data_dir) is None
    learning.revert(data_dir, "kommunikasjon", done["version"])
    assert reading.version_in_use(data_dir) == version
    assert len(learning.versions(data_dir)) == 3
    with pytest.raises(LookupError):
        learning.revert(data_dir, "kommunikasjon", "egen-nothing")


def test_which_model_read_an_item_stands_beside_it(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    version = reading.version_in_use(data_dir)
    assert rows(data_dir, "SELECT DISTINCT model_version FROM items") == [(version,)]
    asked = "SELECT value FROM build_info WHERE key = 'model_version'"
    assert rows(data_dir, asked) == [(version,)]


def _check(data: Path, number: int, **details: object) -> None:
    made = New("reading_check", "item", comment_id(number, 0), {"served_as": "random"} | details)
    open_store(data).record("kommunikasjon", made)


def test_quality_is_told_of_what_the_machine_said_before_the_label(data_dir: Path) -> None:
    """Whatever a model that was fitted on the label would say of it now."""
    _loaded(data_dir, TEXTS)
    _check(data_dir, 0, tone="negative", machine_tone="positive")
    _check(data_dir, 1, tone="positive", machine_tone="positive")
    assert [one.tone_found for one in learning.labels(data_dir)] == ["positive", "positive"]
    found = learning.quality(data_dir)
    assert found["random"] == 2
    assert found["tone"]["negative"]["f1"][0] == 0
    assert found["shipped_weak"]["sarcasm"]["n"] > 10


def test_a_label_without_the_machines_word_measures_no_later_model(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    _check(data_dir, 0, tone="negative")
    assert learning.quality(data_dir)["random"] == 1
    put_in_use(open_store(data_dir), "kommunikasjon", "egen", shipped("head").as_json(), {})
    assert learning.quality(data_dir)["random"] == 0


def test_a_margin_is_that_of_the_group_counted(data_dir: Path) -> None:
    """By hand: 40 checked, 30 taken of which 6 wrongly, 10 left of which 1 wrongly."""
    _loaded(data_dir, [f"{text} {n}" for n in range(10) for text in TEXTS])
    quality = json.loads((models.FOLDER / "quality.json").read_text(encoding="utf-8"))
    need = quality["need"]
    known = learning.margin(data_dir, 0.9, "need")
    assert (known["source"], known["n"]) == ("shipped", need["taken"] + need["left"])
    for number in range(40):
        was, is_so = number < 30, 6 <= number < 31
        tones = {"tone": "negative" if is_so else "neutral"}
        tones["machine_tone"] = "negative" if was else "neutral"
        _check(data_dir, number, needs_reply=is_so, machine_needs_reply=was, **tones)
    leaving = learning.wilson(6, 30)[2]
    missed = learning.wilson(1, 10)[2] * 10
    points = 90 * max(leaving / (1 - leaving), missed / (30 + missed))
    for group in ("need", "negative"):
        found = learning.margin(data_dir, 0.9, group)
        assert (found["source"], found["n"], found["wrong"]) == ("checked", 40, 7 / 40)
        assert found["points"] == pytest.approx(points)
    assert learning.margin(data_dir, 0.9)["points"] == pytest.approx(90 * learning.wilson(7, 40)[2])


def test_wilson_never_leaves_the_scale() -> None:
    assert learning.wilson(0, 0) == (0, 0, 1)
    share, low, high = learning.wilson(5, 10)
    assert (share, round(low, 3), round(high, 3)) == (0.5, 0.237, 0.763)
