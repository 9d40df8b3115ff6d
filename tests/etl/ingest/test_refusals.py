"""A refusal says what the file is, why it is of no use, and the next click; no list of formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ingest.batch import FileReport
from etl.pipeline import check

ERROR = '{"error":{"message":"(#100) The value must be valid","type":"OAuthException","code":100}}'
PROFILE = '[{"timestamp": 1770000000, "attachments": [], "data": [{"post": "Veien er stengt"}]}]'
SCRAPED = (
    "postTitle,text,likesCount,facebookUrl\nNy skole,Fint!,3,https://www.facebook.com/f/posts/1\n"
)
CITIES = (
    'Cities,City name,Views,Watch time (hours)\nTotal,,150,4.5\n0x1,"Fjordvik, Norge",100,3.0\n'
)
DEVICES = "Device type,Views,Average view duration\nTotal,150,0:01:48\nMobile phone,100,0:01:20\n"
SOURCES = "Traffic source,Views,Watch time (hours)\nTotal,9,1.5\nYouTube search,9,1.5\n"
AGES = "Age,Women,Men\n18-24,4.2%,19.1%\n25-34,12.1%,27.3%\n"
SHARES = (
    'sep=,\n"Instagram followers"\n"IG_ACCOUNT,FOLLOW"\n"1629"\n\n'
    '"Instagram followers by gender and age"\n"Age","Women","Men"\n"18-24","4.2%","19.1%"\n'
)


def report(folder: Path, name: str, content: str, encoding: str = "utf-8") -> FileReport:
    path = folder / name
    path.write_text(content, encoding=encoding)
    (found,) = check([path]).files
    return found


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("e.json", ERROR, "feilmelding fra Meta"),
        ("e.json", '{"error": {"code": 403, "message": "quota"}}', "feilmelding fra plattformen"),
        ("profile_posts_1.json", PROFILE, "«Last ned informasjonen din»"),
        ("dataset.csv", SCRAPED, "ta med alle feltene"),
        ("Cities.csv", CITIES, "YouTube Studios tabell per «Cities»"),
        ("Table data.csv", DEVICES, "YouTube Studios tabell per «Device type»"),
        ("Table data.csv", SOURCES, "YouTube Studios tabell per «Traffic source»"),
        ("ages.csv", AGES, "hvem følgerne eller seerne er"),
    ],
)
def test_a_known_file_of_no_use_is_named(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    found = report(tmp_path, name, content)
    assert (found.status, found.question) == ("refused", None)
    assert sentence in str(found.reason)
    assert "Ventet" not in str(found.reason)


def test_shares_of_an_audience_are_named(tmp_path: Path) -> None:
    found = report(tmp_path, "Audience.csv", SHARES, "utf-16")
    assert "hvem følgerne eller seerne er" in str(found.reason)


def test_an_unknown_json_file_is_no_list_of_formats(tmp_path: Path) -> None:
    assert str(report(tmp_path, "a.json", '{"x": [1]}').reason).count(";") == 0


def test_the_account_is_asked_for_when_the_file_can_be_used(tmp_path: Path) -> None:
    block = 'sep=,\n"{title}"\n"Date","Primary"\n"2026-02-01T00:00:00","1"\n'
    useless = report(tmp_path, "a.csv", block.format(title="Ad earnings"), "utf-16")
    assert (useless.question, "engelsk" in str(useless.reason)) == (None, False)
    turned = block.format(title="Reach") + '"2026-03-01T00:00:00","1"\n"2026-04-01T00:00:00","1"\n'
    assert report(tmp_path, "b.csv", turned, "utf-16").question is None
    assert report(tmp_path, "c.csv", block.format(title="Reach"), "utf-16").question == "account"


def test_a_table_of_which_no_figure_is_read_says_so_first(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        "Dados da tabela.csv",
        "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Visualizações\n"
        'Totaal,,,150\nAAAAAAAAAA1,Mars,"Mar 2, 2026",100\nAAAAAAAAAA2,Skole,"Mar 9, 2026",50\n',
    )
    assert found.posts == 2
    assert "ingen tall er lest; bytt språk til engelsk" in found.warnings[0]
    assert not any("ufullstendig" in warning for warning in found.warnings)


def test_an_error_of_metas_own_is_told_as_metas(tmp_path: Path) -> None:
    head = "Post ID,Page ID,Publish time,Permalink,Title,Data comment,Date,Reach\n"
    post = (
        "900000000000001,100000000000077,03/12/2026 02:15,"
        "https://www.facebook.com/f/posts/1,Hei,,Lifetime,5\n"
    )
    found = report(tmp_path, "a.csv", head + post + ",,,,,An error occurred,Lifetime,51\n")
    assert (found.posts, found.rejected) == (1, 1)
