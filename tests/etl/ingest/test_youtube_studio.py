"""What YouTube Studio's tables have really looked like; every video here is invented."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.ingest.detection import recognise, sample_of
from etl.ingest.sources.youtube_studio import period_of
from etl.ingest.staging import FileSample, ImportFile, UnsupportedFile
from etl.pipeline import load
from tests.support.staged import stage

HEADER = (
    "Content,Video title,Video publish time,Views,Watch time (hours),Likes,Comments added,Shares"
)
TOTAL = "Total,,,10,1.5,1,1,0"
VIDEO = 'FjAbCdEfG01,Kommunestyret,"Jan 18, 2025",10,1.5,1,1,0'
FOLDER = "Content 2025-01-01_2025-02-01 Fjordvik kommune"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir()
    return folder / "Table data.csv"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_row_of_totals_is_no_video(table: Path) -> None:
    staged = stage(write(table, HEADER, TOTAL, VIDEO))
    assert [post["post_native"] for post in staged.posts] == ["FjAbCdEfG01"]
    assert not staged.rejects


def test_the_period_is_the_folders_and_its_last_day_is_not_in_it(table: Path) -> None:
    post = stage(write(table, HEADER, TOTAL, VIDEO)).posts[0]
    assert (post["period_from"], post["period_to"]) == ("2025-01-01", "2025-02-01")
    assert post["account_name"] == "Fjordvik kommune"


@pytest.mark.parametrize(
    "origin, expected",
    [
        ("a/Content 2025-01-01_2025-02-01 Fjordvik (1).zip/Table data.csv", "Fjordvik"),
        (
            "2024-01-01_2025-01-01 alt/Innhold 2025-01-01_2025-02-01 Kino Fjordvik/T.csv",
            "Kino Fjordvik",
        ),
        ("Content 2025-01-01_2025-02-01/Table data.csv", None),
    ],
)
def test_the_channel_is_what_follows_the_period_of_the_innermost_folder(
    origin: str, expected: str | None
) -> None:
    file = ImportFile(0, Path("x"), origin, "", FileSample(Path("x"), "text"), datetime.now(UTC))
    assert period_of(file) == (date(2025, 1, 1), date(2025, 2, 1), expected)


def test_without_the_folders_name_the_period_is_unknown_and_said_to_be(tmp_path: Path) -> None:
    staged = stage(write(tmp_path / "Table data.csv", HEADER, TOTAL, VIDEO))
    assert "period_from" not in staged.posts[0]
    assert "Perioden" in staged.warnings[0]


def test_a_list_cut_at_five_hundred_is_called_incomplete(table: Path) -> None:
    staged = stage(write(table, HEADER, TOTAL, VIDEO, "Showing top 500 results"))
    assert "ufullstendig" in staged.warnings[0]
    assert (len(staged.posts), len(staged.rejects)) == (1, 0)


def test_the_blank_before_an_id_that_starts_with_a_dash_is_no_part_of_it(table: Path) -> None:
    dashed = ' -jAbCdEfG02, -20 grader,"Jan 18, 2025",10,1.5,1,1,0'
    post = stage(write(table, HEADER, TOTAL, dashed)).posts[0]
    assert (post["post_native"], post["text"]) == ("-jAbCdEfG02", "-20 grader")


def test_a_video_without_a_date_and_figures_is_kept(table: Path) -> None:
    post = stage(write(table, HEADER, TOTAL, "FjAbCdEfG03,Ikke publisert,,,,,,")).posts[0]
    assert {"published_at", "views"}.isdisjoint(post)


def test_a_title_that_looks_like_a_date_is_a_title(table: Path) -> None:
    line = 'FjAbCdEfG04,"May 27, 2025","May 28, 2025",10,1.5,1,1,0'
    post = stage(write(table, HEADER, TOTAL, line)).posts[0]
    assert (post["text"], post["published_at"]) == ("May 27, 2025", "2025-05-27T22:00:00+00:00")


def test_a_resaved_table_is_read_when_its_dates_prove_their_order(table: Path) -> None:
    lines = [
        f"FjAbCdEfG0{n},Film,{date},10,1.5,1,1,0"
        for n, date in enumerate(("5/2/2025", "5/27/2025"))
    ]
    posts = stage(write(table, HEADER, TOTAL, *lines)).posts
    assert [post["published_at"][:10] for post in posts] == ["2025-05-01", "2025-05-26"]


def test_a_row_without_a_video_is_rejected(table: Path) -> None:
    staged = stage(write(table, HEADER, TOTAL, VIDEO, 'kort,Film,"Jan 18, 2025",1,1,1,1,1'))
    assert [reject["line"] for reject in staged.rejects] == [4]


def test_a_language_not_met_is_told_by_its_structure(table: Path) -> None:
    header = "Sisältö,Otsikko,Julkaisuaika,Näyttökerrat"
    staged = stage(write(table, header, "Yhteensä,,,10", 'FjAbCdEfG01,Film,"Jan 18, 2025",10'))
    assert "views" not in staged.posts[0]
    assert any("Näyttökerrat" in warning for warning in staged.warnings)


@pytest.mark.parametrize(
    "lines, expected",
    [
        (("Geography,Views", "Total,10", "NO,10"), "«Geography»"),
        (("Innehållstyp,Visningar", "Totalt,10", "Videor,10"), "«Innehållstyp»"),
        (("Date,Views", "Total,10", "2025-01-01,10"), "«Date»"),
        (("Date,Views", "2025-01-01,10"), "per dag"),
        (("Date,Content,Video title,Video publish time,Views",
          '2025-01-01,FjAbCdEfG01,Film,"Jan 18, 2025",10'), "per dag"),
    ],
)  # fmt: skip
def test_other_tables_with_the_same_file_name_are_refused_by_what_they_are(
    table: Path, lines: tuple[str, ...], expected: str
) -> None:
    write(table, *lines)
    assert recognise(sample_of(table)).FORMAT == "youtube_studio"
    with pytest.raises(UnsupportedFile, match=expected):
        stage(table)


def test_a_table_of_another_program_with_days_and_likes_is_not_ours(table: Path) -> None:
    write(table, "Date,Impressions,Likes,Engagements", "2025-01-01,1,1,1")
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(table))


def test_the_sheets_of_a_copy_in_google_sheets_give_the_videos(tmp_path: Path) -> None:
    path = tmp_path / f"{FOLDER}.xlsx"
    published = datetime.fromisoformat("2025-01-02T00:00:00")  # a cell has no zone
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        table, totals = book.add_worksheet("Table data"), book.add_worksheet("Totals")
        table.write_row(0, 0, HEADER.split(","))
        table.write_row(1, 0, ["Total", "", "", 10, 1.5, 1, 1, 0])
        table.write_row(2, 0, ["FjAbCdEfG01", published, published, 10, 1.5, 1, 1, 0])
        totals.write_row(0, 0, ["Date", "Views"])
        totals.write_row(1, 0, ["2025-01-02", 10])
    (post,) = stage(path).posts
    assert (post["published_at"], post["views"]) == ("2025-01-01T23:00:00+00:00", 10)
    assert post["period_from"] == "2025-01-01"


@pytest.mark.parametrize(
    "published", ["18.01.2025", "2025-01-18", '"Jan 18, 2025"', "18. jan. 2025", "18 janv. 2025"]
)
def test_a_day_is_read_however_a_spreadsheet_or_a_language_writes_it(
    table: Path, published: str
) -> None:
    line = f"FjAbCdEfG01,Film,{published},10,1.5,1,1,0"
    (post,) = stage(write(table, HEADER, TOTAL, line)).posts
    assert post["published_at"] == "2025-01-17T23:00:00+00:00"


def test_names_without_a_real_file_behind_them_are_said_to_be_guesses(table: Path) -> None:
    header = (
        "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Partages,"
        "Durée de visionnage (heures),Vues"
    )
    line = 'FjAbCdEfG01,Film,"Jan 18, 2025",3,"1,5","44 531"'
    staged = stage(write(table, header, 'Total,,,3,"1,5","44 531"', line))
    (post,) = staged.posts
    assert (post["views"], post["shares"], post["watch_seconds"]) == (44531, 3, 5400)
    assert any("ikke er prøvd" in warning for warning in staged.warnings)


def test_a_total_is_no_video_wherever_it_was_sorted_to(table: Path) -> None:
    staged = stage(write(table, HEADER, VIDEO, TOTAL))
    assert (len(staged.posts), staged.rejects) == (1, [])


def download(path: Path, *names: str) -> Path:
    tables = {
        "Table data.csv": (HEADER, TOTAL, VIDEO),
        "Chart data.csv": ("Date,Content,Video title,Video publish time,Likes",
                           '2025-01-01,FjAbCdEfG01,Film,"Jan 18, 2025",10'),
        "Totals.csv": ("Date,Watch time (hours)", "2025-01-01,10"),
        "Données du graphique.csv": ("Date,X,Y,Z,W", '2025-01-01,FjAbCdEfG01,F,"Jan 18, 2025",1'),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "\n".join(tables[name]) + "\n")
    return path


def test_a_whole_download_loads_and_says_what_it_does_not_use(tmp_path: Path) -> None:
    names = "Chart data.csv", "Données du graphique.csv", "Table data.csv", "Totals.csv"
    report = load([download(tmp_path / f"{FOLDER}.zip", *names)], data=tmp_path / "data")
    assert report.exit_code == 0
    assert {file.path.rpartition("/")[2]: file.posts for file in report.files} == {
        "Chart data.csv": 0, "Données du graphique.csv": 0, "Table data.csv": 1, "Totals.csv": 0,
    }  # fmt: skip
    unused = [file for file in report.files if not file.posts]
    assert all(file.warnings[0].startswith("Brukes ikke") for file in unused)
    again = load([tmp_path / f"{FOLDER}.zip"], data=tmp_path / "data")
    assert {file.status for file in again.files} == {"already loaded"}


def test_what_lies_beside_a_table_that_was_loaded_before_is_known_too(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    write(folder / "Table data.csv", HEADER, TOTAL, VIDEO)
    load([folder], data=tmp_path / "data")
    write(folder / "Totals.csv", "Date,Views", "2025-01-01,10")
    report = load([folder], data=tmp_path / "data")
    assert [file.status for file in report.files] == ["already loaded", "loaded"]


def test_the_days_behind_the_chart_alone_are_refused(tmp_path: Path) -> None:
    report = load([download(tmp_path / "a.zip", "Totals.csv")], data=tmp_path / "data")
    assert [file.status for file in report.files] == ["refused"]
    assert "Table data.csv" in str(report.files[0].reason)


def test_videos_under_a_cut_row_of_names_are_not_guessed(table: Path) -> None:
    with pytest.raises(UnsupportedFile, match="Ukjent format"):
        recognise(sample_of(write(table, "Contenido,Título", TOTAL, VIDEO, VIDEO)))
