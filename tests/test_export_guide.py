"""The guide to the files: complete for every platform, honest about what each source can show."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
import python_calamine
from streamlit.testing.v1 import AppTest

from etl.ingest.detection import formats
from svarvakt import i18n
from tests.test_pages import PAGES, municipality, visit, words
from ui import handed_out
from ui.guides import Guide, all_guides
from ui.guides.support import Source, answers_by_platform, sources

GUIDES = (
    "facebook-innlegg", "facebook-kommentarer", "instagram", "youtube-studio",
    "youtube-kommentarer", "linkedin", "x", "tiktok", "threads", "bluesky", "mastodon",
    "innboks", "mal",
)  # fmt: skip
# formats.md 13, by hand: whom an answer is for, who we are, all received comments, verdict.
MATRIX = {
    "Facebook med sidens nøkkel («Hent nå»)": ("✓ ja", "✓ ja", "✓ ja", "og hvor fort"),
    "Facebook uten avsender («from»)": ("✓ ja", "– nei", "✓ ja", "kan ikke si hvem som svarte"),
    "Instagram med kontoens nøkkel («Hent nå»)": ("✓ ja", "✓ ja", "✓ ja", "og hvor fort"),
    "apify, Facebook": ("✓ ja", "✓ ja", "? avhenger", "med merknad om det som mangler"),
    "ExportComments, Excel": ("✓ ja", "✓ ja", "✓ ja", "ett innlegg om gangen"),
    "ExportComments, CSV": ("– nei", "✓ ja", "✓ ja", "hvor mange svar vi ga, ikke til hvem"),
    "Facepager": ("✓ ja", "? avhenger", "? avhenger", "avhenger av hva du ber om"),
    "YouTube med Data API («Hent nå»)": ("✓ ja", "✓ ja", "✓ ja", "og hvor fort"),
    "yt-dlp, YouTube": ("✓ ja", "✓ ja", "✓ ja", "Svarvakt leser ikke kommentarene"),
    "Arkiver og Google Takeout": ("? avhenger", "✓ ja", "– nei", "bare det vi selv har skrevet"),
    "Innboksverktøy": ("✓ ja", "✓ ja", "✓ ja", "og hvor fort"),
    "LinkedIn, X, TikTok Studio, Meta Business Suite": (
        "– nei", "– nei", "– nei", "bare antall kommentarer",
    ),
}  # fmt: skip
# What the answer rests on is part of the honesty: formats.md 13 gives these conditions.
CONDITIONS = {
    "Facebook med sidens nøkkel («Hent nå»)": "når alt er hentet",
    "Instagram med kontoens nøkkel («Hent nå»)": "unntatt fra folk som kontoen har begrenset",
    "apify, Facebook": "grensen du setter",
    "ExportComments, Excel": "for ett innlegg",
    "Facepager": "bare med «from»",
    "YouTube med Data API («Hent nå»)": "når alle svarene er hentet",
    "Innboksverktøy": "i kanaler som er koblet til",
}


def guides(language: str = "nb") -> list[Guide]:
    i18n.use(language)
    return list(all_guides().values())


def matrix() -> dict[str, Source]:
    i18n.use("nb")
    return {one.name: one for one in sources()}


def plain(text: str) -> str:
    return text.replace(i18n.NBSP, " ")


def raw(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_guide_has_all_its_parts(language: str) -> None:
    made = guides(language)
    assert tuple(guide.address for guide in made) == GUIDES
    assert len({guide.title for guide in made}) == len(GUIDES)
    for guide in made:
        assert guide.gives, guide.address
        assert all(way.steps for way in guide.ways), guide.address
        for part in (guide.ways, guide.tick, guide.limits, guide.files, guide.lacks, guide.care):
            assert part, guide.address
        if len(guide.ways) > 1:
            assert all(way.name for way in guide.ways), guide.address


def test_the_guides_are_made_in_the_readers_language() -> None:
    both = zip(guides("nb"), guides("nn"), strict=True)
    assert [nb.address for nb, nn in both if nb.ways == nn.ways] == []


@pytest.mark.parametrize(
    ("address", "part", "said"),
    [
        ("facebook-innlegg", "lacks", "Selve kommentarene."),
        ("facebook-innlegg", "lacks", "Hvem som la ut innlegget."),
        ("facebook-innlegg", "care", "Ikke åpne og lagre filen i Excel først."),
        ("youtube-studio", "tick", "(Comments added)"),
        ("youtube-studio", "limits", "Høyst 500 videoer"),
        ("youtube-studio", "limits", "bare perioden du valgte"),
        ("youtube-kommentarer", "limits", "Svarvakt tar ikke med de kommentarene"),
        ("linkedin", "limits", "Høyst 365 dager"),
        ("tiktok", "limits", "Høyst 365 dager"),
        ("linkedin", "lacks", "Selve kommentarene."),
        ("x", "lacks", "Selve kommentarene."),
        ("tiktok", "lacks", "Selve kommentarene."),
        ("x", "limits", "verken betaler eller er verifisert"),
        ("innboks", "tick", "Svarvakt lagrer det ikke"),
    ],
)
def test_what_a_communications_officer_must_know_is_said(
    address: str, part: str, said: str
) -> None:
    i18n.use("nb")
    assert said in " ".join(getattr(all_guides()[address], part))


def test_whoever_lets_a_company_fetch_is_told_to_ask_first() -> None:
    for guide in guides():
        told = " ".join(way.name for way in guide.ways)
        if "koster penger" in told:
            assert "Spør personvernombudet først." in " ".join(guide.care), guide.address


def test_the_matrix_says_the_same_as_the_formats() -> None:
    told = {
        name: tuple(
            plain(each.words).partition(":")[0] for each in (one.parent, one.owner, one.everything)
        )
        for name, one in matrix().items()
    }
    assert told == {name: row[:3] for name, row in MATRIX.items()}
    assert {
        name: one.verdict for name, one in matrix().items() if MATRIX[name][3] not in one.verdict
    } == {}


@pytest.mark.parametrize(("name", "condition"), CONDITIONS.items())
def test_a_yes_with_a_condition_names_it(name: str, condition: str) -> None:
    one = matrix()[name]
    assert condition in f"{one.owner.words} {one.everything.words}"


def test_platforms_that_only_count_cannot_show_whether_people_get_answers() -> None:
    i18n.use("nb")
    said = {name: plain(support.words) for name, support, _how in answers_by_platform()}
    assert said["LinkedIn, X"] == "– nei"
    assert said["TikTok"] == "? avhenger"  # only by apify; TikTok Studio counts
    assert [said[name] for name in ("Facebook", "Instagram", "YouTube")] == ["✓ ja"] * 3


def test_every_format_that_is_read_stands_in_a_guide() -> None:
    kinds = [kind for guide in guides() for kind in guide.files]
    wanted = [one for one in formats() if one.EXPECTS]  # without it, a file is refused by name
    for one in wanted:
        told = f"{one.FORMAT} {one.EXPECTS}".casefold()
        assert any(
            (kind.platform and kind.platform == one.PLATFORM)
            or any(mark in told for mark in kind.marks)
            for kind in kinds
        ), f"{one.FORMAT}: say in ui/guides how to get this file"


def test_a_format_of_no_platform_reads_only_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.guides.shapes._readers", lambda: [("", "facepager csv fra facepager")])
    i18n.use("nb")
    made = [kind for guide in all_guides().values() for kind in guide.files]
    assert {kind.words for kind in made if kind.is_read} == {"Facepager (CSV)"}


@pytest.mark.parametrize("address", ["facebook-innlegg", "youtube-studio"])
def test_a_file_that_the_import_knows_is_said_to_be_read(address: str) -> None:
    assert all_guides()[address].files[0].is_read


def test_the_page_says_what_it_cannot_read_yet(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.guides.shapes._readers", tuple)  # an import that knows nothing
    municipality(data_dir)
    said = words(visit("eksportguide", kilde="youtube-studio"))
    assert "– Zip-filen med «Table data.csv»: nei, ikke ennå" in said


@pytest.mark.parametrize("address", GUIDES)
def test_a_link_opens_each_guide(ordinary_guide: Path, address: str) -> None:
    app = visit("eksportguide", kilde=address)
    i18n.use("nb")
    guide = all_guides()[address]
    assert app.selectbox(key="kilde").value == address
    assert app.query_params["kilde"] == address
    said = words(app)
    assert guide.gives in said
    assert all(step in said for way in guide.ways for step in way.steps)
    answer = "ja" if guide.files[0].is_read else "nei, ikke ennå"
    assert f"{guide.files[0].words}: {answer}" in said
    assert ("Ikke prøvd mot norsk skjermbilde" in said) == guide.names_buttons
    assert "Import og datagrunnlag" in said
    assert len(app.subheader) == 6


@pytest.fixture
def ordinary_guide(data_dir: Path) -> Path:
    municipality(data_dir)
    return data_dir


def test_another_choice_changes_the_guide_and_the_address(ordinary_guide: Path) -> None:
    app = visit("eksportguide", kilde="tiktok")
    app.selectbox(key="kilde").select("linkedin").run()
    assert app.query_params["kilde"] == "linkedin"
    assert "Åpne siden som administrator." in words(app)
    app.query_params["kilde"] = "x"  # a link from within the dashboard
    app.run()
    assert "Logg inn på x.com" in words(app)


def test_nonsense_opens_the_first_guide(ordinary_guide: Path) -> None:
    app = visit("eksportguide", kilde="' OR 1=1")
    assert not app.error
    assert app.selectbox(key="kilde").value == GUIDES[0]


def test_tables_have_headers_and_words_beside_the_signs(ordinary_guide: Path) -> None:
    told = raw(visit("eksportguide"))
    matrix_html = next(
        t for t in told.split("<table")[1:] if "<caption>Hva hver kilde kan vise" in t
    )
    assert matrix_html.count('scope="col"') == 5
    assert matrix_html.count('scope="row"') == len(MATRIX)
    cells = [plain(html.unescape(cell)) for cell in re.findall(r"<td>(.*?)</td>", matrix_html)]
    signed = [cell for cell in cells if cell[0] in "✓–?"]
    assert len(signed) == 3 * len(MATRIX)
    assert all(re.match(r"(✓ ja|– nei|\? avhenger)", cell) for cell in signed)


def test_before_anything_is_read_in_the_guide_is_open_and_linked(data_dir: Path) -> None:
    app = visit("eksportguide")
    assert [each.value for each in app.title] == ["Slik henter du filene"]
    assert "slipp den, som den er, på siden" in words(app)
    app.switch_page(PAGES["svarandel"]).run()
    assert [each.value for each in app.title] == ["Ingenting er lest inn ennå"]
    assert "Slik henter du filene, plattform for plattform" in links(app)


def test_help_and_a_page_without_comments_lead_here(data_dir: Path) -> None:
    unread = [{"account_id": "facebook:1", "name": "Fjordvik kommune", "comments_as_of": None}]
    municipality(data_dir, items=(), accounts=unread, coverage=({"posts": 1},))
    for page in ("hjelp", "svarandel"):
        assert "Slik henter du filene, plattform for plattform" in links(visit(page)), page


def links(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("page_link")]


@pytest.mark.parametrize(
    ("language", "sheet"), [("nb", "Innlegg"), ("nn", "Innlegg"), ("en", "Posts")]
)
def test_the_empty_workbook_is_offered_where_the_template_is_explained(
    monkeypatch: pytest.MonkeyPatch, language: str, sheet: str
) -> None:
    monkeypatch.setattr(handed_out, "_offers", type(handed_out._offers)())
    assert "sv-download" in raw(visit("eksportguide", kilde="mal", sprak=language))
    (offer,) = handed_out._offers.values()
    book = python_calamine.load_workbook(io.BytesIO(offer.make()))
    assert sheet in book.sheet_names
    assert offer.file_name.endswith(".xlsx")
    visit("eksportguide", kilde="tiktok", sprak=language)
    assert len(handed_out._offers) == 1
