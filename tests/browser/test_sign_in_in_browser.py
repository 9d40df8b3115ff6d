"""Signing in for real: an OpenID provider, Chromium, and what each role meets (R14, R70, R71)."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svarvakt.decisions import open_store
from tests.browser.serving import free_port, running, serving, settled
from tests.test_pages import PAGES, TITLES, municipality

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

PEOPLE: dict[str, dict[str, Any]] = {
    "kommunikasjon": {"roles": ["svarvakt-kommunikasjon"]},
    "enhetsleder": {"email": "leder@fjordvik.example", "email_verified": True},
    "administrator": {"email": "admin@fjordvik.example"},
    "ledelse": {"roles": ["svarvakt-ledelse"]},
    "ukjent-gruppe": {"groups": ["another-group"]},
    "for-mange-grupper": {"groups": [f"{n:08d}-aaaa-bbbb-cccc-ddddeeeeffff" for n in range(100)]},
    "ubekreftet": {"email": "leder@fjordvik.example", "email_verified": False},
    "i-gar": {"roles": ["svarvakt-kommunikasjon"], "iat_ago": 9 * 3600},
}
ACCESS = """bruker;rolle;enhet_id;konto_id
role:svarvakt-kommunikasjon;kommunikasjon;;
leder@fjordvik.example;enhetsleder;kultur;
admin@fjordvik.example;administrator;;instagram:2
role:svarvakt-ledelse;ledelse;;
"""
STARTS = {
    "kommunikasjon": "oversikt",
    "enhetsleder": "min-enhet",
    "administrator": "arbeidsliste",
    "ledelse": "oversikt",
}
CLOSED = "Denne siden har du ikke tilgang til"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed-in")
    municipality(folder)
    register = folder / "register"
    register.mkdir()
    (register / "access.csv").write_text(ACCESS, encoding="utf-8")
    (register / "units.csv").write_text(
        "enhet_id;navn;type;gyldig_fra\nkultur;Kultur;enhet;2020-01-01\n", encoding="utf-8"
    )
    (register / "accounts.csv").write_text(
        "konto_id;plattform;url;visningsnavn;kontotype;eier_enhet_id;status\n"
        "instagram:2;instagram;https://www.instagram.com/b;åpen_barnehage;enhet;kultur;aktiv\n",
        encoding="utf-8",
    )
    (register / "municipality.csv").write_text(
        "nokkel;verdi\ncontact;kommunikasjon@fjordvik.example\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def address(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that asks the provider of the tests who people are."""
    folder = tmp_path_factory.mktemp("provider")
    people, provider_port, port = folder / "people.json", free_port(), free_port()
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    (folder / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a-secret-that-only-this-test-knows-0123456789"
client_id = "svarvakt-test"
client_secret = "only-a-test"
server_metadata_url = "http://localhost:{provider_port}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    secrets = str(folder / "secrets.toml")
    provider = ("-m", "tests.support.oidc_provider", "{port}", str(people))
    with (
        running(provider, provider_port, "/keys"),
        serving(data, port=port, SVARVAKT_SECRETS=secrets) as found,
    ):
        yield found


@pytest.fixture
def visitor(page: Any) -> Any:
    """Somebody who has not signed in."""
    return page


def _look(page: Any, url: str) -> str:
    """The words of the page at an address."""
    page.goto(url)
    return _words(page)


def _words(page: Any) -> str:
    settled(page)
    text: str = page.inner_text("body")
    assert "Traceback" not in text
    assert page.locator("[data-testid=stException]").count() == 0
    return text


def _sign_in(page: Any, address: str, who: str) -> str:
    _look(page, f"{address}/")
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_role("link", name=who, exact=True).click()
    page.wait_for_url(re.compile(re.escape(address)))
    page.wait_for_selector("h1")
    return _words(page)


@pytest.mark.parametrize("role", list(STARTS))
def test_each_role_starts_at_its_own_page_and_has_only_its_pages(
    address: str, visitor: Any, role: str
) -> None:
    from svarvakt import access

    _sign_in(visitor, address, role)
    visitor.wait_for_url(re.compile(f"/{STARTS[role]}"))
    visitor.get_by_role("button", name="Logg ut").wait_for()
    own = access.PAGES[role]  # type: ignore[index]
    shown = {link.rpartition("/")[2].partition("?")[0] for link in _links(visitor)}
    assert shown == set(own)
    for page in own:
        assert CLOSED not in _follow(visitor, page), page
    # Every closed page of every role, over the websocket: tests/doors.
    closed = sorted({page for pages in access.PAGES.values() for page in pages} - set(own))
    for other in closed[:2]:
        assert CLOSED in _look(visitor, f"{address}/{other}"), other


def _follow(page: Any, name: str) -> str:
    """The words of the page that a link of the menu leads to."""
    page.locator(f".st-key-pages a[href*='{name}']").click()
    title = TITLES["nb"][list(PAGES).index(name)]
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    return _words(page)


def _links(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "[data-testid=stPageLink] a", "links => links.map(link => link.href)"
    )
    return found


@pytest.mark.parametrize("who", ["ukjent-gruppe", "for-mange-grupper", "ubekreftet"])
def test_without_a_grant_nobody_sees_anything(address: str, visitor: Any, who: str) -> None:
    text = _sign_in(visitor, address, who)
    assert "Du har ingen tilgang ennå" in text
    assert "kommunikasjon@fjordvik.example" in text
    assert _links(visitor) == []
    assert "Du har ingen tilgang ennå" in _look(visitor, f"{address}/svarandel")
    assert "Kultur" not in visitor.content()


def test_a_sign_in_of_yesterday_has_run_out(address: str, visitor: Any) -> None:
    text = _sign_in(visitor, address, "i-gar")
    assert "Du er logget ut" in text
    assert _links(visitor) == []


def test_signing_out_closes_the_pages_in_every_tab(address: str, visitor: Any) -> None:
    _sign_in(visitor, address, "kommunikasjon")
    kept = visitor.context.cookies()
    visitor.get_by_role("button", name="Logg ut").click()
    visitor.get_by_role("button", name="Logg inn").wait_for()
    visitor.context.add_cookies(kept)  # a copy of the old cookie opens nothing either
    assert "Du er logget ut" in _look(visitor, f"{address}/svarandel")


def test_a_forged_cookie_is_no_sign_in(address: str, visitor: Any) -> None:
    _sign_in(visitor, address, "administrator")
    (cookie,) = [c for c in visitor.context.cookies() if c["name"] == "_streamlit_user"]
    value = cookie["value"]
    forged = value[:30] + ("A" if value[30] != "A" else "B") + value[31:]
    visitor.context.add_cookies([cookie | {"value": forged}])
    assert "Logg inn med jobbkontoen" in _look(visitor, f"{address}/arbeidsliste")


def test_a_role_that_is_taken_away_is_gone_at_the_next_look(
    address: str, visitor: Any, data: Path
) -> None:
    file = data / "register/access.csv"
    _sign_in(visitor, address, "ledelse")
    file.write_text(ACCESS.replace("role:svarvakt-ledelse;ledelse;;\n", ""), encoding="utf-8")
    try:
        assert "Du har ingen tilgang ennå" in _look(visitor, f"{address}/oversikt")
    finally:
        file.write_text(ACCESS, encoding="utf-8")


def _status(url: str, cookies: list[Any]) -> int:
    header = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
    request = urllib.request.Request(url, headers={"Cookie": header})
    try:
        with urllib.request.urlopen(request) as answer:
            status: int = answer.status
            assert answer.headers["Cache-Control"] == "no-store"
    except urllib.error.HTTPError as error:
        return error.code
    return status


def test_a_download_is_for_the_one_it_was_offered_to(
    address: str, visitor: Any, browser: Any, data: Path
) -> None:
    _sign_in(visitor, address, "kommunikasjon")
    _look(visitor, f"{address}/svarandel")
    link = visitor.locator("a.sv-download").first
    link.wait_for(state="attached")
    url = f"{address}{link.get_attribute('href')}"
    other_context = browser.new_context()
    other = other_context.new_page()
    _sign_in(other, address, "ledelse")
    assert _status(url, visitor.context.cookies()) == 200
    assert _status(url, other_context.cookies()) == 404
    assert _status(url, []) == 404
    other_context.close()
    events = open_store(data).audit()
    assert any(each.event == "export" and each.role == "kommunikasjon" for each in events)
    assert {each.event for each in events} <= {"signed_in", "denied", "export", "texts_read"}
    assert "@" not in "".join(each.object for each in events)


def test_the_websocket_tells_a_stranger_nothing(address: str, visitor: Any) -> None:
    heard: list[bytes] = []

    def listen(socket: Any) -> None:
        socket.on("framereceived", lambda frame: heard.append(_as_bytes(frame)))

    visitor.on("websocket", listen)
    _look(visitor, f"{address}/svarandel")
    said = b"".join(heard)
    assert b"Logg inn" in said
    for secret in ("Kultur", "åpen_barnehage", "Elendig"):
        assert secret.encode() not in said


def _as_bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
