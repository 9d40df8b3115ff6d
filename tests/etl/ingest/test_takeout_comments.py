"""Google Takeout's list of own comments, and comments whose times are guesses; all invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.ingest.detection import recognise, sample_of
from etl.ingest.staging import UnsupportedFile
from etl.pipeline import load
from tests.support.lake_contents import rows
from tests.support.staged import stage

HEADER = "Comment ID,Channel ID,Comment create timestamp,Video ID,Comment text"
WITH_THREADS = f"{HEADER},Parent comment ID,Top-level comment ID"
CHANNEL = "UCfjordvikkommune0000001"
TOP = "UgwFjordvikBBBBBBBB4AaABAg"


def row(native: str, text: str, *rest: str) -> str:
    cell = text.replace('"', '""')
    return ",".join((native, CHANNEL, "2025-02-12T08:30:00Z", "FjAbCdEfG01", f'"{cell}"', *rest))


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "cell, expected",
    [
        ('{"text":"Hei "},{"text":"der"}', "Hei der"),
        ('{"takeoutSegments":[{"text":"Hei"}]}', "Hei"),
        ("Bare tekst, {ikke JSON", "Bare tekst, {ikke JSON"),
        ("42", "42"),
        ('{"text":"Linje 1\\nlinje 2 🙂"}', "Linje 1\nlinje 2 🙂"),
    ],
)
def test_the_text_is_the_sum_of_its_segments(tmp_path: Path, cell: str, expected: str) -> None:
    (comment,) = stage(write(tmp_path / "a.csv", HEADER, row(TOP, cell))).comments
    assert comment["text"] == expected


def test_a_mention_is_kept_as_somebody_to_mask(tmp_path: Path) -> None:
    cell = '{"text":"@Oppdiktet Borger","mention":{"externalChannelId":"UCoppdiktetborger0000001"}}'
    (comment,) = stage(write(tmp_path / "a.csv", HEADER, row(TOP, cell))).comments
    assert comment["mask_names"] == ["@Oppdiktet Borger"]
    assert comment["mention_ids"] == ["UCoppdiktetborger0000001"]


def test_with_its_thread_a_reply_is_linked(tmp_path: Path) -> None:
    lines = (
        row(TOP + ".9a", "Svar", TOP + ".90", TOP),
        row("UgwFjordvikAAAAAAAA4AaABAg", "Ny", "", ""),
    )
    first, second = stage(write(tmp_path / "a.csv", WITH_THREADS, *lines)).comments
    assert (first["parent_native"], first["root_native"]) == (TOP + ".90", TOP)
    assert "parent_native" not in second
    assert first["has_thread_links"] and second["has_thread_links"]


def test_a_reply_of_the_takeout_answers_the_comment_of_another_file(tmp_path: Path) -> None:
    asked = {
        "kind": "youtube#commentThread",
        "id": TOP,
        "snippet": {
            "videoId": "FjAbCdEfG01", "channelId": CHANNEL, "totalReplyCount": 1,
            "topLevelComment": {"id": TOP, "snippet": {
                "textOriginal": "Når åpner hallen?", "authorDisplayName": "@oppdiktet",
                "authorChannelId": {"value": "UCoppdiktetborger0000001"},
                "publishedAt": "2025-02-12T07:30:00Z"}},
        },
    }  # fmt: skip
    (tmp_path / "threads.json").write_text(json.dumps(asked), encoding="utf-8")
    mine = write(tmp_path / "a.csv", WITH_THREADS, row(TOP + ".9a", "Klokka 10", TOP, TOP))
    assert load([tmp_path / "threads.json", mine], data=tmp_path / "data").exit_code == 0
    assert rows(
        tmp_path / "data", "SELECT link_state, answered_how, elapsed_seconds FROM items"
    ) == [("linked", "reply", 3600)]


def test_without_any_thread_the_file_cannot_tell(tmp_path: Path) -> None:
    staged = stage(write(tmp_path / "a.csv", HEADER, row(TOP, "Svar")))
    assert staged.comments[0]["has_thread_links"] is False
    assert any("hvilken tråd" in warning for warning in staged.warnings)


def test_received_comments_are_said_to_be_missing(tmp_path: Path) -> None:
    staged = stage(write(tmp_path / "a.csv", HEADER, row(TOP, "Svar")))
    assert staged.comments[0]["is_own"] is True
    assert "andre mangler" in staged.warnings[0]


def test_another_table_with_the_same_ids_is_not_ours(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,kanal", f"{TOP},{CHANNEL}")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(path))


def dlp(path: Path, **changes: object) -> Path:
    video = {
        "id": "FjAbCdEfG01", "title": "Film", "formats": [{"format_id": "18"}],
        "extractor_key": "Youtube", "upload_date": "20250118",
    }  # fmt: skip
    path.write_text(json.dumps(video | changes), encoding="utf-8")
    return path


def test_guessed_times_never_become_comments(tmp_path: Path) -> None:
    comments = [{"id": TOP, "parent": "root", "text": "Hvor?", "timestamp": 1738000000}]
    staged = stage(dlp(tmp_path / "a.info.json", comments=comments, view_count=5))
    assert (len(staged.posts), staged.comments) == (1, [])
    assert "ikke er lest inn: 1" in staged.warnings[0]


def test_a_video_without_comments_says_nothing_about_them(tmp_path: Path) -> None:
    staged = stage(dlp(tmp_path / "a.info.json", view_count=5))
    assert (staged.posts[0]["published_precision"], staged.warnings) == ("day", [])


def test_the_moment_of_the_download_is_the_files_own(tmp_path: Path) -> None:
    staged = stage(dlp(tmp_path / "a.info.json", epoch=1740000000))
    assert staged.files[0].exported_at.isoformat() == "2025-02-19T21:20:00+00:00"


def test_a_video_of_another_site_is_rejected(tmp_path: Path) -> None:
    staged = stage(dlp(tmp_path / "a.info.json", extractor_key="Vimeo", id="12345678"))
    assert (staged.posts, len(staged.rejects)) == ([], 1)
