"""What a mapping would make of a table, and imports that are read anew by another mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ingest.column_templates import decision_of
from etl.ingest.mapping_preview import preview
from etl.ingest.staging import UnsupportedFile
from etl.lake import store as lake
from etl.pipeline import load
from svarvakt.decisions import open_store
from tests.etl.warehouse.test_answers import rows

MAPPING = {
    "name": "egen_svar",
    "title": "Svar",
    "platform": "facebook",
    "holds": "comments",
    "columns": {
        "comment_id": ["Nr"],
        "post_id": ["Innlegg"],
        "created_at": ["Dato"],
        "clock": ["Kl"],
        "text": ["Tekst"],
        "direction": ["Retning"],
        "account": ["Konto"],
    },
    "required": ["created_at", "text"],
    "times": ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"],
    "words": {"own": ["ut"], "other": ["inn"]},
    "ignored": ["*"],
    "time_zone": "Europe/Oslo",
}
TABLE = """Nr;Innlegg;Konto;Dato;Kl;Retning;Tekst
1;77001;fjordvik;13.02.2026;9.05;inn;Hei?
2;77001;fjordvik;13.02.2026 00:00;10:15:20;ut;Ja
3;77001;fjordvik;31.02.2026;10:15;inn;Nei
"""


def table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "svar.csv"
    path.write_text(text, encoding="utf-8")
    return path


def explain(data: Path, **changes: object) -> None:
    open_store(data).record("kommunikasjon", decision_of(MAPPING | changes))


def test_rows_are_told_as_they_would_be_read(tmp_path: Path) -> None:
    found = preview(table(tmp_path), MAPPING)
    assert [(one.line, one.kind, one.is_own, one.text) for one in found.rows] == [
        (2, "comment", False, "Hei?"),
        (3, "comment", True, "Ja"),
        (4, "", None, ""),
    ]
    moments = [one.at.isoformat() if one.at else None for one in found.rows]
    assert moments == ["2026-02-13T08:05:00+00:00", "2026-02-13T09:15:20+00:00", None]
    assert {one.account for one in found.rows[:2]} == {"fjordvik"}
    assert found.used == 2
    assert [(why.code, count) for why, count in found.reasons] == [("comment_time_unknown_form", 1)]


def test_columns_that_the_file_has_not_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match="ikke i denne filen"):
        preview(table(tmp_path, "A;B;C\n1;2;3\n"), MAPPING)


def test_a_file_is_read_anew_when_its_columns_have_been_explained_otherwise(
    data_dir: Path, tmp_path: Path
) -> None:
    explain(data_dir)
    path = table(tmp_path)
    (first,) = load([path]).files
    assert (first.comments, first.replies) == (1, 1)
    assert load([path]).files[0].status == "already loaded"
    explain(data_dir, words={"own": ["inn"], "other": ["ut"]})
    load([])  # a build in between knows of the new words, and of no new file
    (again,) = load([path]).files
    assert (again.status, again.comments, again.replies) == ("loaded", 1, 1)
    assert rows(data_dir, "SELECT text FROM items") == [("Ja",)]
    assert load([path]).files[0].status == "already loaded"
    assert len(lake.imported(data_dir)) == 1


def test_a_file_that_its_new_columns_do_not_fit_stays_as_it_was_read(
    data_dir: Path, tmp_path: Path
) -> None:
    explain(data_dir)
    path = table(tmp_path)
    load([path])
    columns = MAPPING["columns"] | {"likes": ["Liker"]}  # type: ignore[operator]
    explain(data_dir, columns=columns, required=["created_at", "text", "likes"])
    assert load([path]).files[0].status == "refused"
    assert rows(data_dir, "SELECT text FROM items") == [("Hei?",)]


def test_a_stop_between_the_two_renames_leaves_the_old_import(
    data_dir: Path, tmp_path: Path
) -> None:
    explain(data_dir)
    load([table(tmp_path)])
    (import_id,) = lake.imported(data_dir)
    folder = lake.folder(data_dir)
    (folder / import_id).rename(folder / f".replaced-{import_id}")
    lake.sweep(data_dir)
    assert lake.imported(data_dir) == {import_id}
