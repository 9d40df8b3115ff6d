"""docs/operations.md and deploy/: what they say runs, and what they set up is tight."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
import uvicorn

from etl.pipeline import load
from tests.browser.serving import free_port, running, serving, settled
from tests.support import guides, proxy
from tests.support.graph_threads import Message, graph_json, write
from tests.support.paths import ROOT
from ui import health
from ui.policy import policy_of

DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SERVICES = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("municipality")
    write(data / "exports" / "facebook" / "side", graph_json([[Message(0, 1)]]))
    load([data / "exports"], data=data)
    return data


# --- The commands of the guide -------------------------------------------------------------------


def test_every_runnable_command_of_the_guide_runs(
    municipality: Path, tmp_path: Path, data_dir: Path
) -> None:
    data, copies = tmp_path / "lib", tmp_path / "backups"
    shutil.copytree(municipality, data)
    copies.mkdir()
    places = {
        "/var/lib/svarvakt": data,
        "/var/backups/svarvakt": copies,
        "/tmp/svarvakt-prove": tmp_path / "prove",
    }
    assert len(guides.commands("operations.md")) >= 5
    for block in guides.commands("operations.md"):
        done = guides.run(block, places, data)
        assert done.returncode == 0, block + done.stdout + done.stderr


def test_every_file_of_deploy_is_in_the_guide() -> None:
    for path in DEPLOY.iterdir():
        is_unit = path.suffix in {".service", ".timer"}
        assert path.name in GUIDE or (is_unit and "deploy/svarvakt*" in GUIDE), path.name


# --- systemd -------------------------------------------------------------------------------------


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units with a Python that is there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze (Debian: apt-get install systemd)")
    for unit in (*SERVICES, *TIMERS):
        text = unit.read_text(encoding="utf-8")
        text = text.replace("/opt/svarvakt/.venv/bin/python", shutil.which("env") or "")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return [str(tmp_path / unit.name) for unit in (*SERVICES, *TIMERS)]


def test_systemd_reads_the_units_without_a_word(units: list[str]) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr.replace(" ", "")) == (0, "")


def test_the_services_are_hardly_exposed(units: list[str]) -> None:
    """systemd's own measure: 0 is nothing, 10 everything, 2 and less «OK»."""
    for unit in (each for each in units if each.endswith(".service")):
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", unit],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout[-300:] + done.stderr


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_runs_as_nobody_special_and_leaves_nothing_open(unit: Path) -> None:
    lines = set(unit.read_text(encoding="utf-8").splitlines())
    assert {
        "User=svarvakt", "UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict",
        "CapabilityBoundingSet=", "StateDirectoryMode=0700",
    } <= lines  # fmt: skip
    for timer in TIMERS:
        assert timer.with_suffix(".service") in SERVICES


# --- The container -------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", "", text)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in lines]


def test_the_image_has_a_pinned_base_no_root_and_no_secret() -> None:
    found = instructions()
    (base,) = [rest for name, rest in found if name == "FROM"]
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+\.\d+-slim-\w+(@sha256:\w{64})?", base)
    names = [name for name, _rest in found]
    (user,) = [rest for name, rest in found if name == "USER"]
    assert user.split(":")[0].isdigit()
    assert int(user.split(":")[0]) > 0
    assert names.index("USER") < names.index("CMD")
    assert "HEALTHCHECK" in names
    assert not {"ADD", "ARG"} & set(names)
    installs = [rest for name, rest in found if name == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in one and "--only-binary" in one for one in installs)
    assert "curl" not in str(found)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert {"data", ".git", ".streamlit/secrets.toml", ".venv"} <= set(ignored)


def test_the_image_copies_what_is_there() -> None:
    for name, rest in instructions():
        if name == "COPY":
            assert all((ROOT / source).exists() for source in rest.split()[:-1])


# --- Health --------------------------------------------------------------------------------------


def test_health_says_how_old_the_figures_are_and_when_there_are_none(
    municipality: Path, data_dir: Path
) -> None:
    assert health.state() == {"status": health.NONE}
    shutil.copytree(municipality / "warehouse", data_dir / "warehouse")
    told = health.state()
    assert told["status"] == health.OK
    assert 0 <= told["age_seconds"] < 3600
    assert told["is_demonstration"] is False
    assert str(data_dir) not in json.dumps(told)
    (path,) = (data_dir / "warehouse").glob("*.duckdb")
    path.write_bytes(b"x" * 9000)
    assert health.state() == {"status": health.UNREADABLE}
    path.unlink()
    assert health.state() == {"status": health.UNREADABLE}
    (data_dir / "warehouse" / "current.json").write_text("{", encoding="utf-8")
    assert health.state() == {"status": health.UNREADABLE}


def test_without_figures_the_watchdog_hears_503(data_dir: Path) -> None:
    async def ask() -> int:
        return (await health.ROUTE.endpoint(None)).status_code  # type: ignore[no-any-return]

    assert asyncio.run(ask()) == 503


def test_the_policy_names_the_scripts_of_the_page_and_no_others() -> None:
    one, two = policy_of("<script>a()</script>"), policy_of("<script>b()</script>")
    assert one != two
    assert "unsafe-eval" not in one
    assert "script-src 'self' 'sha256-" in one


# --- nginx in front of the real server -----------------------------------------------------------


@pytest.fixture(scope="module")
def proxied(municipality: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The real server with sign-in, the provider of the tests, and nginx in front."""
    folder = tmp_path_factory.mktemp("nginx")
    proxy.certificate(folder)
    https, http, server, provider = (free_port() for _ in range(4))
    people = folder / "people.json"
    people.write_text(json.dumps({"kari": {"roles": ["svarvakt-kommunikasjon"]}}), "utf-8")
    (municipality / "register").mkdir(exist_ok=True)
    (municipality / "register" / "access.csv").write_text(
        "bruker;rolle;enhet_id;konto_id\nrole:svarvakt-kommunikasjon;kommunikasjon;;\n", "utf-8"
    )
    (folder / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "https://localhost:{https}/oauth2callback"
cookie_secret = "a-secret-that-only-this-test-knows-0123456789"
client_id = "svarvakt-test"
client_secret = "only-a-test"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    configuration = proxy.configuration(
        folder, proxy.ours(), https, http, {"localhost:8501": f"localhost:{server}"}
    )
    with (
        running(("-m", "tests.support.oidc_provider", "{port}", str(people)), provider, "/keys"),
        serving(municipality, port=server, SVARVAKT_SECRETS=str(folder / "secrets.toml")),
        proxy.standing(configuration, https),
    ):
        yield https, http, folder


def _ask(proxied: Any, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    https, _http, folder = proxied
    trusted = proxy.trusted(folder)
    line = http.client.HTTPSConnection("localhost", https, context=trusted, timeout=30)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body
    finally:
        line.close()


@pytest.mark.parametrize("text", [proxy.ours(), proxy.ours_for_many()], ids=["one", "many"])
def test_the_proxy_drops_an_idle_connection_before_the_server_does(text: str) -> None:
    kept = [int(each) for each in re.findall(r"\n +keepalive_timeout (\d+)s;\n", text)]
    assert len(kept) == len(re.findall(r"\n +keepalive \d+;\n", text)) > 0
    # Streamlit leaves uvicorn's own limit as it is.
    assert max(kept) < uvicorn.Config("any:application").timeout_keep_alive


@pytest.mark.slow
def test_the_page_comes_compressed_and_guarded_through_the_proxy(proxied: Any) -> None:
    status, headers, body = _ask(proxied, "/", **{"Accept-Encoding": "gzip"})
    assert status == 200
    page = gzip.decompress(body).decode()
    assert '<html lang="nb">' in page
    assert headers["content-security-policy"] == policy_of(page)
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "nginx/" not in headers["server"]
    assert "immutable" not in headers.get("cache-control", "")
    script = re.search(r'src="\./(static/js/index\.[^"]+)"', page)
    assert script
    status, headers, packed = _ask(proxied, f"/{script[1]}", **{"Accept-Encoding": "gzip"})
    plain = _ask(proxied, f"/{script[1]}")[2]
    assert gzip.decompress(packed) == plain
    assert len(packed) < 0.5 * len(plain)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in headers["vary"]


FILES = Path(streamlit.__file__).parent / "static"
FOREVER, A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "kept", "is_packed"),
    [
        ("static/js/PlotlyChart.*.js", FOREVER, True),
        ("static/css/index.*.css", FOREVER, True),
        ("static/media/*.woff2", FOREVER, False),  # compressed as it is
        ("app/static/inter-latin.woff2", A_DAY, False),
    ],
)
def test_files_that_do_not_change_come_small_and_once(
    proxied: Any, pattern: str, kept: str, is_packed: bool
) -> None:
    is_ours = pattern.startswith("app/")
    folder = ROOT if is_ours else FILES
    path = next(folder.glob(pattern.removeprefix("app/") if is_ours else pattern))
    address = f"/{'app/' if is_ours else ''}{path.relative_to(folder).as_posix()}"
    status, headers, body = _ask(proxied, address, **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["cache-control"] == kept
    assert headers.get("content-encoding") == ("gzip" if is_packed else None)
    assert (gzip.decompress(body) if is_packed else body) == path.read_bytes()
    assert len(body) < path.stat().st_size or not is_packed


@pytest.mark.slow
def test_health_answers_through_the_proxy(proxied: Any) -> None:
    status, headers, body = _ask(proxied, "/healthz")
    assert status == 200
    assert json.loads(body)["status"] == "ok"
    assert headers["cache-control"] == "no-store"


@pytest.mark.slow
def test_plain_http_is_sent_on(proxied: Any) -> None:
    _https, port, _folder = proxied
    line = http.client.HTTPConnection("localhost", port, timeout=10)
    line.request("GET", "/oversikt")
    answer = line.getresponse()
    assert (answer.status, answer.getheader("location")) == (308, "https://localhost/oversikt")
    line.close()


@pytest.mark.slow
def test_the_websocket_opens_through_the_proxy(proxied: Any) -> None:
    https, _http, folder = proxied
    trusted = proxy.trusted(folder)
    with (
        socket.create_connection(("127.0.0.1", https), timeout=20) as bare,
        trusted.wrap_socket(bare, server_hostname="localhost") as line,
    ):
        line.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: localhost:{https}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: c3ZhcnZha3Qtc3ZhcnZhaw==\r\nSec-WebSocket-Protocol: streamlit\r\n"
            f"Origin: https://localhost:{https}\r\n\r\n".encode()
        )
        answer = line.recv(4096).decode("latin-1")
    assert answer.startswith("HTTP/1.1 101 ")
    assert "upgrade: websocket" in answer.lower()


@pytest.mark.slow
@pytest.mark.browser
def test_somebody_signs_in_and_reads_through_the_proxy(proxied: Any, chromium: str) -> None:
    driver_of = pytest.importorskip("playwright.sync_api")
    https, _http, _folder = proxied
    with driver_of.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.set_default_timeout(60_000)
        page.goto(f"https://localhost:{https}/")
        settled(page)
        page.get_by_role("button", name="Logg inn").click()
        page.get_by_role("link", name="kari").click()
        page.wait_for_url(f"https://localhost:{https}/oversikt**")
        page.get_by_text(
            "Logg ut"
        ).first.wait_for()  # «settled» may still be said of the page before
        cookies = page.context.cookies()
        browser.close()
    assert cookies
    assert all(cookie["secure"] and cookie["sameSite"] == "Lax" for cookie in cookies)
