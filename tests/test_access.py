"""Who may see what: every role against every page, question, address parameter and download."""

from __future__ import annotations

import ast
import html
import time
from collections.abc import Iterator, Mapping
from contextvars import Context
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from svarvakt import access, i18n, metrics
from svarvakt.access import Viewer
from svarvakt.metrics import Scope, reference_data
from svarvakt.metrics.question_registry import questions, registered
from svarvakt.metrics.scope import resolve
from svarvakt.register import make_register, raw_folder
from tests.support.page_visits import straight_to
from tests.support.paths import ROOT
from tests.support.published_warehouse import publish
from ui import data, handed_out, sign_in, viewer

ROLES = access.ORDER
ADDRESSES = sorted({page for pages in access.PAGES.values() for page in pages})
# Words that only those of a unit may meet, and words that management never meets.
OTHERS_NAMES = ("Hemmelig enhet", "hemmelig_konto", "hemmeligenhet", "instagram:99")
OTHERS_TEXT = "Ordene fra den andre enheten"
OWN_TEXT = "Ordene fra egen enhet"
UNITS = (
    {"unit_id": "kultur", "name": "Kultur"},
    {"unit_id": "hemmeligenhet", "name": "Hemmelig enhet"},
)
ACCOUNTS = (
    {"account_id": "facebook:1", "name": "Fjordvik kultur", "unit_id": "kultur"},
    {
        "account_id": "instagram:99",
        "platform": "instagram",
        "name": "hemmelig_konto",
        "unit_id": "hemmeligenhet",
        "unit_name": "Hemmelig enhet",
    },
)
LATE = {
    "tone": "negative",
    "negative_score": 0.7,
    "due_at": datetime(2026, 10, 7, 8, tzinfo=UTC),
    "permalink": "https://www.facebook.com/1/posts/2",
}
OTHERS = {"account_id": "instagram:99", "unit_id": "hemmeligenhet", "platform": "instagram"}
ITEMS = (*[LATE | {"text": OWN_TEXT}] * 6, *[LATE | OTHERS | {"text": OTHERS_TEXT}] * 6)
ACCESS = """bruker;rolle;enhet_id;konto_id
role:kommunikasjon;kommunikasjon;;
role:enhetsleder;enhetsleder;kultur;
role:administrator;administrator;;facebook:1
role:ledelse;ledelse;;
role:tom;enhetsleder;ukjent;
"""
REGISTER = {
    "access": ACCESS,
    "units": (
        "enhet_id;navn;type;gyldig_fra\nkultur;Kultur;enhet;2020-01-01\n"
        "hemmeligenhet;Hemmelig enhet;enhet;2020-01-01\n"
    ),
    "accounts": (
        "konto_id;plattform;url;visningsnavn;kontotype;eier_enhet_id;status\n"
        "facebook:1;facebook;https://www.facebook.com/1;Fjordvik kultur;enhet;kultur;aktiv\n"
        "instagram:99;instagram;https://www.instagram.com/hemmelig_konto;hemmelig_konto;enhet;"
        "hemmeligenhet;aktiv\n"
    ),
}
WHOLE = Scope(date(2026, 10, 1), date(2026, 10, 1))


def claims(role: str, **changed: Any) -> dict[str, Any]:
    known = {"is_logged_in": True, "iss": "https://i", "sub": role, "iat": int(time.time())}
    known["aud"] = "svarvakt-test"
    return known | {"roles": [role]} | changed


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two-units")
    coverage = ({"posts": 1, "items": 6}, OTHERS | {"posts": 1, "items": 6})
    publish(
        folder,
        items=ITEMS,
        accounts=ACCOUNTS,
        units=UNITS,
        posts=({"reactions": 4}, {k: OTHERS[k] for k in ("account_id", "platform", "unit_id")}),
        coverage=tuple(
            {k: v for k, v in c.items() if k in ("account_id", "posts", "items")} for c in coverage
        ),
    )
    (folder / "register").mkdir()
    for name, text in REGISTER.items():
        (folder / f"register/{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def signed_in(municipality: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The two units behind a server that asks people to sign in."""
    monkeypatch.setenv("SVARVAKT_DATA", str(municipality))
    monkeypatch.setattr(sign_in, "_started_with", True)
    monkeypatch.setattr(sign_in, "_client", "svarvakt-test")
    st.cache_data.clear()
    yield municipality
    st.cache_data.clear()
    st.cache_resource.clear()
    i18n.use("nb")


def visit(user: Mapping[str, Any], address: str = "", **parameters: str) -> AppTest:
    return straight_to(address, parameters, user)


def everything_on(app: AppTest) -> str:
    """All that is sent to the browser: every element of the page, the sidebar and the address."""
    return html.unescape("\n".join([_told(app._tree), str(app.query_params)]))


def _told(node: Any) -> str:
    own = str(getattr(node, "proto", ""))
    return own + "".join(_told(each) for each in getattr(node, "children", {}).values())


def _title(app: AppTest) -> str:
    return str(app.title[0].value) if app.title else ""


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_its_own_pages_with_nobody_elses_names(
    signed_in: Path, role: access.Role
) -> None:
    for address in access.PAGES[role]:
        app = visit(claims(role), address, enhet="hemmeligenhet", konto="instagram:99", sprak="nb")
        told = everything_on(app)
        assert not app.exception, address
        assert "page-is-ready" in told, address
        assert _title(app) != i18n._("You do not have access to this page"), address
        if role in ("enhetsleder", "administrator"):
            assert OTHERS_TEXT not in told, address
            shown = told.replace(str(app.query_params), "")
            assert [name for name in OTHERS_NAMES if name in shown] == [], address
        if role == "ledelse":
            assert OWN_TEXT not in told, address
            assert OTHERS_TEXT not in told, address


@pytest.mark.parametrize("role", ["enhetsleder", "administrator", "ledelse"])
def test_no_file_on_offer_holds_more_than_its_reader_may_see(
    signed_in: Path, monkeypatch: pytest.MonkeyPatch, role: access.Role
) -> None:
    monkeypatch.setattr(handed_out, "_offers", type(handed_out._offers)())
    for address in access.PAGES[role]:
        visit(claims(role), address, enhet="hemmeligenhet", konto="instagram:99")
        visit(claims(role), address)
    made = [Context().run(handed_out._made, each) for each in handed_out._offers.values()]
    assert made or role == "administrator"
    told = b"\n".join(made).decode("utf-8", "replace")
    never = [OTHERS_TEXT, *([OWN_TEXT] if role == "ledelse" else OTHERS_NAMES)]
    assert [words for words in never if words in told] == []


def test_the_words_that_are_looked_for_are_there_for_those_who_may(signed_in: Path) -> None:
    """Else the test above would pass on empty pages."""
    told = "".join(
        everything_on(visit(claims("kommunikasjon"), page))
        for page in ("ubesvarte-negative", "arbeidsliste", "kontoeierskap", "aktivitet")
    )
    assert OTHERS_TEXT in told
    assert "Hemmelig enhet" in told
    assert "hemmelig_konto" in told


@pytest.mark.parametrize(
    "user",
    [
        {},
        {"is_logged_in": False},
        claims("kommunikasjon", is_logged_in="true"),
        claims("ukjent"),
        claims("kommunikasjon", iat=None),
        claims("kommunikasjon", iat="nå"),
        claims("kommunikasjon", iat=True),
        claims("kommunikasjon", iat=time.time() - 8 * 3600 - 1),
        claims("kommunikasjon", iat=time.time() + 3600),
        claims("x", roles=None, email="role:kommunikasjon"),
        claims("x", roles={"kommunikasjon": 1}),
        claims("x", roles=[["kommunikasjon"], None, 4]),
        claims("x", roles=["y" * 1_000_000] * 20),
        claims("x", roles=[], email=["a"]),
        claims("x", roles=[], groups=[f"{n:032x}" for n in range(2000)]),
        claims("kommunikasjon", aud="another-app", azp="svarvakt-test"),
        claims("kommunikasjon", aud=None),
    ],
    ids=range(17),
)
def test_whoever_is_not_known_meets_words_and_no_data(
    signed_in: Path, user: dict[str, Any]
) -> None:
    app = visit(user)
    told = everything_on(app)
    assert not app.exception
    assert "page-is-ready" in told
    assert "page-has-failed" not in told
    assert [name for name in (*OTHERS_NAMES, OWN_TEXT, "Kultur") if name in told] == []


def test_a_grant_for_a_unit_that_is_not_there_shows_nothing(signed_in: Path) -> None:
    told = everything_on(visit(claims("tom")))
    assert [name for name in (*OTHERS_NAMES, OWN_TEXT, OTHERS_TEXT) if name in told] == []


# --- Questions -------------------------------------------------------------------------------


def public_questions() -> dict[str, str]:
    """Every function of metrics that takes a connection first, with its module."""
    found = {}
    for path in (ROOT / "svarvakt" / "metrics").glob("[!_]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _asks(node):
                found[node.name] = path.stem
    return found


def _asks(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and [a.arg for a in node.args.args][:1] == ["con"]


# Not questions: they make the views in a new warehouse, or count for a question. Nobody may ask.
MAKES = {"create_views", "counts_by_account", "open_counts", "resolve"}


def test_every_question_is_classed() -> None:
    asked = public_questions()
    assert set(asked) - MAKES == set(questions())


def reader(role: access.Role) -> Viewer:
    found = access.viewer_of({f"role:{role}"}, _register())
    assert found is not None
    return found


def _register() -> Any:
    return sign_in.register()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(questions()))
def test_a_question_that_is_not_the_roles_is_refused(
    signed_in: Path, role: access.Role, name: str
) -> None:
    question = questions()[name]
    known = registered(question)
    assert known is not None
    may = known.reads in access.MAY_READ[role]

    def check() -> None:
        viewer.use(reader(role))
        if may:
            assert data.may_ask(question)
            if known.reads != "common" and not reader(role).sees_everything:
                with pytest.raises(data.NotAllowed):
                    data.ask(question)
        else:
            with pytest.raises(data.NotAllowed):
                data.ask(question, WHOLE)

    Context().run(check)


def test_answers_are_not_shared_between_readers_of_different_units(signed_in: Path) -> None:
    def items_of(role: access.Role) -> set[str | None]:
        viewer.use(reader(role))
        rows = data.ask(metrics.unanswered_negative, WHOLE)
        assert rows == data.ask(metrics.unanswered_negative, scope=WHOLE)
        return {row.text for row in rows}

    asked: list[access.Role] = ["kommunikasjon", "enhetsleder", "administrator", "kommunikasjon"]
    got = [Context().run(items_of, role) for role in asked]
    assert got == [{OWN_TEXT, OTHERS_TEXT}, {OWN_TEXT}, {OWN_TEXT}, {OWN_TEXT, OTHERS_TEXT}]


def test_a_scope_that_claims_other_bounds_gets_the_readers_own(signed_in: Path) -> None:
    def check() -> None:
        viewer.use(reader("enhetsleder"))
        wider = WHOLE.within(None, None).only_unit("hemmeligenhet")
        assert data.ask(metrics.unanswered_negative, wider) == []
        named = data.ask(reference_data.account_choices, WHOLE.within(("hemmeligenhet",), ()))
        assert {each.id for each in named} == {"facebook:1"}

    Context().run(check)


def test_what_a_unit_reaches_is_looked_up_once_for_every_choice_of_months(
    signed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[Scope] = []

    def watched(con: duckdb.DuckDBPyConnection, scope: Scope) -> Scope:
        looked_up.append(scope)
        return resolve(con, scope)

    def check() -> None:
        viewer.use(reader("kommunikasjon"))
        warehouse = data.current()
        assert warehouse
        with duckdb.connect(str(warehouse.path), read_only=True) as con:
            for months in (0, -1, -12, 0):
                scope = WHOLE.only_unit("kultur").shifted(months)
                assert data.ask(metrics.response, scope) == metrics.response(con, scope)

    monkeypatch.setattr(data, "resolve", watched)
    Context().run(check)
    assert len(looked_up) == 1


def test_a_function_of_the_same_name_from_elsewhere_is_refused(signed_in: Path) -> None:
    def definitions(_con: object) -> str:
        return "everything"

    def check() -> None:
        viewer.use(reader("enhetsleder"))
        with pytest.raises(data.NotAllowed):
            data.ask(definitions)

    Context().run(check)


# --- The access list ---------------------------------------------------------------------------


def test_the_example_register_gives_the_roles_it_says() -> None:
    known = make_register(*raw_folder(ROOT / "docs/register-example"))
    assert access.viewer_of({"role:svarvakt-ledelse"}, known) == Viewer(
        "ledelse", is_signed_in=True
    )
    leader = access.viewer_of({"rektor.strandgata@fjordvik.example"}, known)
    assert leader is not None
    assert (leader.role, leader.unit_ids) == ("enhetsleder", ("120",))
    assert access.viewer_of({"role:svarvakt"}, known) is None


def test_an_email_counts_only_when_it_is_one_and_verified() -> None:
    def of(**told: Any) -> set[str]:
        return access.subjects_of(told)

    assert of(email=" A@Fjordvik.example ") == {"a@fjordvik.example"}
    for unverified in (False, "false", "False", 0, "0"):
        assert of(email="a@fjordvik.example", email_verified=unverified) == set()
    assert of(email="role:kommunikasjon") == set()
    assert of(email="role:a@b") == set()
    assert of(roles="Leser") == {"role:leser"}


def test_signing_out_ends_this_sign_in_alone(signed_in: Path) -> None:
    mine, newer = claims("ledelse"), claims("ledelse", iat=int(time.time()) - 5)
    sign_in.forget(mine)
    assert sign_in.viewer_of(mine) is None
    assert sign_in.viewer_of(newer) is not None


def test_a_rerun_reads_the_access_list_in_a_few_milliseconds(signed_in: Path) -> None:
    sign_in.register()
    started = time.thread_time()  # our own work, whatever else the machine does meanwhile
    for _again in range(20):
        sign_in.register()
    assert (time.thread_time() - started) / 20 < 0.02


# --- Downloads ---------------------------------------------------------------------------------


def test_no_page_uses_the_open_downloads_of_streamlit() -> None:
    folders = (ROOT / "pages", ROOT / "ui")
    files = [ROOT / "dashboard.py", *(file for each in folders for file in each.rglob("*.py"))]
    assert [f.name for f in files if "download_button" in f.read_text(encoding="utf-8")] == []


def test_only_fonts_and_the_icon_are_served_to_everybody() -> None:
    assert {file.suffix for file in (ROOT / "static").iterdir()} <= {".woff2", ".svg", ".txt"}


def test_a_file_name_cannot_break_out_of_its_header() -> None:
    told = handed_out.disposition('å"\r\nSet-Cookie: x=1;.csv')
    assert "\r" not in told
    assert "\n" not in told
    assert told.count('"') == 2


def test_offers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_out, "MOST", 3)
    monkeypatch.setattr(handed_out, "_offers", type(handed_out._offers)())

    def fill() -> None:
        viewer.use(access.LOCAL)
        for _each in range(9):
            handed_out.offer(None, handed_out.NOBODY, "a.csv", "text/csv", lambda: b"")

    Context().run(fill)
    assert len(handed_out._offers) == 3
