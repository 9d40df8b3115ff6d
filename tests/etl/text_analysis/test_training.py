"""Reading in a build: only new texts, people's word above the machine's, and what labels teach."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl import text_analysis
from etl.operations.erasure import erase
from etl.pipeline import rebuild
from etl.text_analysis import result_cache
from etl.text_analysis.training import dataset, local_model
from etl.warehouse import build
from svarvakt.decisions import New, open_store
from tests.support.graph_threads import Message, comment_id, graph_json, write
from tests.support.lake_contents import rows
from tests.support.loaded_once import load_once

TEXTS = ["Elendig brøyting i dag", "Takk for flott hjelp", "Når åpner badet?", "Vi bor på øya"]
LABELS = Path(text_analysis.__file__).parent / "labels"


def _silent(_fraction: float, _what: str) -> None:
    pass


def _loaded(data: Path, texts: list[str], name: str = "a") -> None:
    threads = [[Message(number % 8, number, text=text)] for number, text in enumerate(texts, 1)]
    path = write(data / "exports" / "facebook" / "eksempel", graph_json(threads), f"{name}.json")
    load_once(data, path)


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts each build read."""
    counts: list[int] = []
    real = result_cache.classify_texts

    def counted(*given: object) -> int:
        counts.append(real(*given))  # type: ignore[arg-type]
        return counts[-1]

    monkeypatch.setattr(result_cache, "classify_texts", counted)
    return counts


def test_a_build_reads_only_what_is_new(data_dir: Path, read_anew: list[int]) -> None:
    _loaded(data_dir, TEXTS, "new")
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
    _loaded(data_dir, TEXTS, "broken")
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


def test_few_labels_fit_nothing_and_quality_says_that_there_is_none(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    assert local_model.quality(data_dir)["macro_f1"] is None
    done = local_model.fit_and_promote(data_dir, "kommunikasjon")
    assert (done["promoted"], done["labels"]) == (False, 0)
    assert local_model.versions(data_dir) == []


def test_thirty_labels_fit_a_version_that_can_be_taken_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = dataset.shipped_comments()[:150]  # all of them take a quarter of a minute to fit
    monkeypatch.setattr(dataset, "shipped_comments", lambda: some)
    _labelled(data_dir, 36)
    measured = local_model.quality(data_dir)
    assert measured["random"] == 36
    value, low, high = measured["tone"]["negative"]["f1"]
    assert 0 <= low <= value <= high <= 1
    done = local_model.fit_and_promote(data_dir, "kommunikasjon")
    assert done["promoted"]
    assert done["after"] > 0.9 > done["before"]
    version = result_cache.active_version(data_dir)
    assert version.startswith(done["version"])
    rebuild(progress=_silent)
    local_model.revert(data_dir, "kommunikasjon", None)
    assert result_cache.active_model(data_dir) is None
    local_model.revert(data_dir, "kommunikasjon", done["version"])
    assert result_cache.active_version(data_dir) == version
    assert len(local_model.versions(data_dir)) == 3
    with pytest.raises(LookupError):
        local_model.revert(data_dir, "kommunikasjon", "egen-nothing")


def test_a_flawless_reading_of_a_few_is_not_said_to_be_certain(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS[:2])
    for number, tone in enumerate(("negative", "positive")):
        details = {"served_as": "random", "tone": tone, "machine_tone": tone}
        label = New("reading_check", "item", comment_id(number, 0), details)
        open_store(data_dir).record("kommunikasjon", label)
    rebuild(progress=_silent)
    found = local_model.quality(data_dir)["tone"]
    value, low, high = found["negative"]["f1"]
    assert (value, high) == (1, 1)
    assert low < 0.5
    assert found["neutral"] == {"precision": None, "recall": None, "f1": None}


def test_which_model_read_an_item_stands_beside_it(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS)
    version = result_cache.active_version(data_dir)
    assert rows(data_dir, "SELECT DISTINCT model_version FROM items") == [(version,)]
    asked = "SELECT value FROM build_info WHERE key = 'model_version'"
    assert rows(data_dir, asked) == [(version,)]


def test_the_weakness_of_the_shipped_model_is_measured(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS[:1])
    weak = local_model.quality(data_dir)["shipped_weak"]
    assert weak["sarcasm"]["n"] > 10
    assert 0 < weak["sarcasm"]["right"][0] < 1


def test_what_it_said_before_it_learnt_is_what_counts(data_dir: Path) -> None:
    _loaded(data_dir, TEXTS[:1])
    details = {"served_as": "random", "tone": "negative", "machine_tone": "positive"}
    label = New("reading_check", "item", comment_id(0, 0), details)
    open_store(data_dir).record("kommunikasjon", label)
    rebuild(progress=_silent)
    assert [one.tone_found for one in local_model.labels(data_dir)] == ["positive"]


def test_wilson_never_leaves_the_scale() -> None:
    assert local_model.wilson(0, 0) == (0, 0, 1)
    share, low, high = local_model.wilson(5, 10)
    assert (share, round(low, 3), round(high, 3)) == (0.5, 0.237, 0.763)


@pytest.mark.parametrize(
    "text",
    [
        "متى تفتح المكتبة\u061f",
        "図書館はいつ開きますか\uff1f",
        "ቤተ መጻሕፍቱ መቼ ይከፈታል፧",
        "Πότε ανοίγει η βιβλιοθήκη;",
        "Πότε ανοίγει η βιβλιοθήκη\u037e",
        "Åpent i dag⁇",
    ],
)
def test_a_question_mark_of_any_script_asks(data_dir: Path, text: str) -> None:
    _loaded(data_dir, [text, "Stengt i dag; åpent i morgen"])
    found = rows(data_dir, "SELECT is_question, reply_class FROM items ORDER BY received_at")
    assert found == [(True, "must"), (False, "content")]


def test_signs_that_nobody_sees_are_no_content(data_dir: Path) -> None:
    _loaded(data_dir, ["\u200b\u2060 \u200d", "\u3164\ufeff", "\u200cÅpent"])
    found = rows(data_dir, "SELECT class_rule FROM items ORDER BY received_at")
    assert found == [("no_text",), ("no_text",), ("content",)]
