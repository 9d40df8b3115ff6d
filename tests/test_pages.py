"""Every page through the frame, as a reader meets it: languages, states, filters, plain words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from svarvakt import i18n
from tests.support.page_visits import straight_to
from tests.support.published_warehouse import publish

PAGES = {
    "oversikt": "pages/oversikt/oversikt.py",
    "manedsrapport": "pages/rapport/manedsrapport.py",
    "arbeidsliste": "pages/svar/arbeidsliste.py",
    "svarandel": "pages/svar/svarandel.py",
    "ubesvarte-negative": "pages/svar/ubesvarte_negative.py",
    "merk": "pages/svar/merk.py",
    "kontoeierskap": "pages/kontoer/kontoeierskap.py",
    "min-enhet": "pages/kontoer/min_enhet.py",
    "aktivitet": "pages/kontoer/aktivitet.py",
    "datagrunnlag": "pages/kontoer/datagrunnlag.py",
    "innstillinger": "pages/hjelp/innstillinger.py",
    "hjelp": "pages/hjelp/hjelp.py",
    "logg": "pages/hjelp/logg.py",
    "kontoregister": "pages/kontoer/kontoregister.py",
    "eksportguide": "pages/hjelp/eksportguide.py",
}
TITLES = {
    "nb": [
        "Holder vi det vi har lovet?",
        "Hva forteller vi ledelsen?",
        "Hva venter på deg?",
        "Får folk svar?",
        "Får negative kommentarer svar?",
        "Leser maskinen riktig?",
        "Har noen ansvaret for hver konto?",
        "Hva venter hos oss?",
        "Hvilke enheter bruker kontoene sine?",
        "Hva bygger tallene på?",
        "Hva har kommunen bestemt?",
        "Hva sier retningslinjene, og hvordan måles det?",
        "Hva har skjedd i Svarvakt?",
        "Hvilke kontoer har kommunen?",
        "Slik henter du filene",
    ],
    "nn": [
        "Held vi det vi har lova?",
        "Kva fortel vi leiinga?",
        "Kva ventar på deg?",
        "Får folk svar?",
        "Får negative kommentarar svar?",
        "Les maskina rett?",
        "Har nokon ansvaret for kvar konto?",
        "Kva ventar hos oss?",
        "Kva einingar bruker kontoane sine?",
        "Kva byggjer tala på?",
        "Kva har kommunen bestemt?",
        "Kva seier retningslinjene, og korleis blir det målt?",
        "Kva har skjedd i Svarvakt?",
        "Kva kontoar har kommunen?",
        "Slik hentar du filene",
    ],
    "en": [
        "Do we keep our word?",
        "What do we tell management?",
        "What is waiting for you?",
        "Do people get answers?",
        "Do negative comments get answers?",
        "Does the machine read people right?",
        "Is somebody responsible for every account?",
        "What waits for us?",
        "Which units use their accounts?",
        "What do the figures rest on?",
        "What has the municipality decided?",
        "What do the guidelines say, and how is it measured?",
        "What has happened in Svarvakt?",
        "Which accounts has the municipality?",
        "How to get the files",
    ],
}
UNITS = ({"unit_id": "kultur", "name": "Kultur"}, {"unit_id": "aapen", "name": "Åpen barnehage"})
ACCOUNTS = (
    {
        "account_id": "facebook:1",
        "name": "Fjordvik kommune",
        "kind": "official",
        "unit_id": "kultur",
        "unit_name": "Kultur",
    },
    {
        "account_id": "instagram:2",
        "platform": "instagram",
        "name": "åpen_barnehage",
        "unit_id": "aapen",
        "unit_name": "Åpen barnehage",
    },
)
NEGATIVE = {
    "tone": "negative",
    "negative_score": 0.82,
    "text": "**Elendig** <b>veg</b>",
    "permalink": "https://www.facebook.com/1/posts/2",
    "due_at": datetime(2026, 10, 7, 8, tzinfo=UTC),
}
ITEMS = (*({"working_seconds": 3600, "is_within_target": True} for _ in range(9)), NEGATIVE)
POSTS = ({"reactions": 4}, {"account_id": "instagram:2", "platform": "instagram"})
COVERAGE = (
    {"posts": 1, "items": 10},
    {"account_id": "instagram:2", "posts": 1},
)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    st.cache_data.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    i18n.use("nb")


def municipality(folder: Path, **changed: Any) -> Path:
    given: dict[str, Any] = {
        "items": ITEMS,
        "accounts": ACCOUNTS,
        "units": UNITS,
        "posts": POSTS,
        "coverage": COVERAGE,
    }
    given |= changed
    known = {each.get("account_id", "facebook:1") for each in given["accounts"]}
    for rows in ("posts", "coverage"):
        given[rows] = [row for row in given[rows] if row.get("account_id", "facebook:1") in known]
    return publish(folder, **{"is_demo": True, **given})


def visit(page: str = "svarandel", **address: str) -> AppTest:
    i18n.use(address.get("sprak", "nb"))  # AppTest formats the choices in this thread
    return straight_to(page, address)


def words(app: AppTest) -> str:
    """All the words on the page, markup taken away."""
    raw = [element.proto.body for element in app.get("html")]
    raw += [
        str(each.value) for kind in (app.title, app.header, app.error, app.caption) for each in kind
    ]
    text = " ".join(re.sub(r"<style>.*?</style>", "", each, flags=re.DOTALL) for each in raw)
    return html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ordinary municipality, made once: most tests only look at it."""
    folder = tmp_path_factory.mktemp("municipality")
    municipality(folder)
    return folder


@pytest.fixture
def ordinary(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SVARVAKT_DATA", str(published))
    return published


@pytest.mark.usefixtures("ordinary")
@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_page_speaks_every_language(language: str) -> None:
    app = visit(sprak=language)
    titles = []
    for page in PAGES.values():
        app.switch_page(page).run()
        titles += [each.value for each in app.title]
        assert not app.error
        assert not app.exception
    assert titles == TITLES[language]


@pytest.mark.usefixtures("ordinary")
@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_says_that_it_is_a_demonstration_and_what_it_rests_on(page: str) -> None:
    said = words(visit(page))
    for phrase in (
        "oppdiktede demonstrasjonsdata",
        "Periode: ",
        "Tallene gjelder per 31. oktober",
        "Datagrunnlag: ",
        "Definisjoner: versjon 1",
        "Ikke fylt ut ennå",
    ):
        assert phrase in said


def test_real_data_carry_no_banner(data_dir: Path) -> None:
    municipality(data_dir, is_demo=False)
    assert "oppdiktede" not in words(visit())


def test_the_links_of_the_foot_come_from_the_municipality(data_dir: Path) -> None:
    municipality(
        data_dir,
        settings={
            "accessibility_url": "https://uustatus.no/x",
            "privacy_url": "https://x.example/p",
            "contact": "post@x.example",
            "dpia_ref": "26/1",
            "dpo_contact": "ombud@x.example",
        },
    )
    app = visit()
    foot = next(each.proto.body for each in app.get("html") if "sv-foot" in each.proto.body)
    assert 'href="https://uustatus.no/x"' in foot
    assert "post@x.example" in foot
    assert "Ikke fylt ut" not in foot


@pytest.mark.usefixtures("ordinary")
def test_the_finding_is_made_from_the_figures() -> None:
    said = words(visit())
    assert "Av 10 henvendelser som trengte svar, fikk 9 svar innen fristen, 90,0 %." in said
    assert "lokalt måltall – ikke vedtatt" in said


def test_an_adopted_target_brings_the_judgement(data_dir: Path) -> None:
    municipality(
        data_dir,
        targets=(
            {
                "metric": "answered_within_share",
                "value": 95.0,
                "unit": "percent",
                "valid_from": date(2026, 1, 1),
                "adopted_on": date(2026, 1, 1),
            },
        ),
    )
    assert "under måltallet på 95 %" in words(visit())


def test_fewer_than_five_are_counts_and_no_judgement(data_dir: Path) -> None:
    municipality(data_dir, items=ITEMS[-3:])
    said = words(visit())
    assert "2 av 3" in said
    assert "for få til å vise prosent" in said
    assert "66,7 %" not in said


def test_nothing_at_all_says_what_to_do(data_dir: Path) -> None:
    app = visit()
    assert [each.value for each in app.title] == ["Ingenting er lest inn ennå"]
    assert str(data_dir / "exports") in words(app)
    assert [each.label for each in app.button] == ["Les inn nye filer"]


def figures(app: AppTest) -> list[str]:
    return re.findall(
        r'class="sv-value">([^<]*)<', " ".join(element.proto.body for element in app.get("html"))
    )


def test_posts_without_comments_say_which_file_is_missing(data_dir: Path) -> None:
    unread = [{**account, "comments_as_of": None} for account in ACCOUNTS]
    municipality(data_dir, items=(), accounts=unread, coverage=({"posts": 1},))
    app = visit()
    assert "Mangler kommentarer" in words(app)
    assert "Meta Business Suite" in words(app)
    assert figures(app) == []


@pytest.mark.parametrize("page", ["aktivitet", "oversikt", "svarandel"])
def test_months_without_comments_offer_the_way_to_those_that_have_them(
    data_dir: Path, page: str
) -> None:
    municipality(data_dir, coverage=(*COVERAGE, {"month": date(2026, 9, 1), "posts": 1}))
    app = visit(page, fra="2026-09-01", til="2026-09-01")
    assert any(each.key == "months-with-comments" for each in app.button)
    app = visit(page, fra="2026-10-01", til="2026-10-01")
    assert not any(each.key == "months-with-comments" for each in app.button)


def test_no_comments_is_another_thing_than_missing_comments(data_dir: Path) -> None:
    municipality(data_dir, items=(), coverage=({"posts": 1, "replies": 1},))
    app = visit()
    assert "Ingen kommentarer" in words(app)
    assert figures(app) == []


def test_a_closed_comment_field_is_neither_0_nor_100_per_cent(data_dir: Path) -> None:
    closed = [{**account, "comments_field": "stengt"} for account in ACCOUNTS]
    municipality(data_dir, items=(), accounts=closed)
    app = visit()
    assert "Ikke aktuelt" in words(app)
    assert figures(app) == []


def test_one_account_without_a_register_is_a_normal_state(data_dir: Path) -> None:
    municipality(data_dir, units=(), accounts=({"is_registered": False, "name": "Bare én"},))
    for page in PAGES:
        app = visit(page)
        assert not app.error
    assert "Bare én" in words(visit("kontoeierskap"))


def test_a_hundred_accounts_with_long_names_fit(data_dir: Path) -> None:
    many = [
        {"account_id": f"facebook:{n}", "name": f"Konto {n} " + "lang" * 30} for n in range(1, 101)
    ]
    municipality(data_dir, accounts=many)
    assert "Konto 100" in words(visit("kontoeierskap"))


def test_old_files_are_said_first(data_dir: Path) -> None:
    municipality(data_dir, is_demo=False)  # read long after the as-of time of the fixture
    said = words(visit())
    assert said.index("Tallene kan være utdaterte") < said.index("Av 10 henvendelser")


@pytest.mark.usefixtures("ordinary")
def test_a_comment_is_never_read_as_markup() -> None:
    app = visit("ubesvarte-negative")
    item = next(each.proto.body for each in app.get("html") if "Elendig" in each.proto.body)
    assert "**Elendig** &lt;b&gt;veg&lt;/b&gt;" in item
    assert "negativ, maskinell vurdering (82 % sikker)" in words(app)


def test_negative_comments_that_wait_are_listed_where_the_chosen_months_hold_none(
    data_dir: Path,
) -> None:
    only_posts = {"month": date(2026, 9, 1), "posts": 1}
    municipality(data_dir, coverage=(*COVERAGE, only_posts))
    said = words(visit("ubesvarte-negative", fra="2026-09-01", til="2026-09-01"))
    assert "1 negativ kommentar er uten svar, 1 over fristen." in said
    assert "Mangler kommentarer: " in said
    assert "**Elendig**" in said
    assert "Blir de behandlet likt?" not in said  # that is of the chosen months
    assert "Fikk svar, negative henvendelser" not in said


@pytest.mark.usefixtures("ordinary")
def test_the_choice_is_kept_across_pages_and_in_the_address() -> None:
    app = visit(konto="instagram:2", sprak="nn")
    assert "åpen_barnehage (Instagram)" in words(app)
    app.switch_page(PAGES["aktivitet"]).run()
    assert "åpen_barnehage (Instagram)" in words(app)
    assert app.query_params["konto"] == "instagram:2"
    assert app.query_params["sprak"] == "nn"


@pytest.mark.usefixtures("ordinary")
def test_nonsense_in_the_address_is_left_aside() -> None:
    app = visit(konto="' OR 1=1", enhet="nei", fra="2026-13", til="x", sprak="xx")
    assert not app.error
    assert "Alle enheter og kontoer" in words(app)


def test_a_broken_warehouse_gives_plain_words_and_no_traceback(data_dir: Path) -> None:
    municipality(data_dir).write_bytes(b"not a database")
    app = visit()
    assert "Noe gikk galt" in words(app)
    assert not app.exception


def test_every_problem_of_the_register_names_its_place(data_dir: Path) -> None:
    municipality(
        data_dir,
        problems=(
            {
                "file": "accounts.csv",
                "line": 4,
                "column_name": "opened_on",
                "problem": "«32.13.2026» er ikke en dato.",
            },
        ),
    )
    said = words(visit("kontoeierskap"))
    assert "accounts.csv 4 opened_on «32.13.2026» er ikke en dato." in re.sub(r"\s+", " ", said)


def test_pages_ask_and_show_but_never_calculate(root: Path) -> None:
    for page in (root / "pages").rglob("*.py"):
        code = page.read_text(encoding="utf-8")
        assert "SELECT" not in code
        assert "groupby" not in code
        assert len(code.splitlines()) <= 80, page.name


def test_the_button_says_when_there_was_nothing_to_read(data_dir: Path) -> None:
    app = visit()
    app.button(key="read-in").click().run(timeout=60)
    assert f"Det var ingen filer i {data_dir / 'exports'}" in words(app)
    assert not app.error


def test_the_button_says_why_a_file_was_refused(data_dir: Path) -> None:
    (data_dir / "exports").mkdir()
    (data_dir / "exports" / "notat.txt").write_text("Dette er ikke en eksport.", encoding="utf-8")
    app = visit()
    app.button(key="read-in").click().run(timeout=60)
    said = words(app)
    assert "1 kunne ikke brukes" in said
    assert "notat.txt" in said
    assert not app.error


def test_reading_in_that_fails_leaves_the_figures_and_says_so(
    ordinary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(progress: object) -> None:
        raise RuntimeError(f"{ordinary}")

    monkeypatch.setattr("etl.pipeline.load_exports", broken)
    app = visit()
    app.button(key="read-in").click().run(timeout=60)
    assert "Filene kunne ikke leses inn" in words(app)
    assert "Av 10 henvendelser" in words(app)
    assert str(ordinary) not in words(app)
