"""The real server behind the real sign-in: nobody gets a byte that is not theirs (R14, R70–R72)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from svarvakt.decisions import open_store
from tests.doors import round as everybody
from tests.doors.ground import ACCESS, LEADER, SECRETS, Ground, leaks, standing
from tests.doors.tries import CLOSED, PAGES, READY
from tests.doors.visitor import Line, Visitor, trigger
from tests.support.paths import ROOT
from ui import handed_in

FORGED = (
    "uten-signatur",
    "annen-nokkel",
    "var-hemmelighet",
    "annen-mottaker",
    "annen-mottaker-azp",
    "annen-utsteder",
    "utlopt",
    "annen-nonce",
    "i-gar",
    "i-morgen",
    "hundre-grupper",
    "ubekreftet",
    "fremmed",
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with standing(tmp_path_factory.mktemp("doors")) as found:
        yield found


def test_nobody_gets_a_byte_that_is_not_theirs(ground: Ground) -> None:
    tally = everybody.go(ground, most=5)
    assert tally.broken == []
    assert set(tally.tried) == set(everybody.EVERYBODY)
    assert all(tally.refused[who] > 20 for who in everybody.EVERYBODY)


@pytest.mark.parametrize("who", FORGED)
def test_a_token_that_is_not_good_opens_nothing(ground: Ground, who: str) -> None:
    with closing(Visitor(ground.address)) as visitor:
        visitor.sign_in(who)
        with Line(visitor) as line:
            told = line.run("svarandel")
        assert READY in told
        assert leaks(told, "nobody") == []


def test_the_words_that_are_looked_for_are_there_for_those_who_may(ground: Ground) -> None:
    """Else everything above would pass on an empty server."""
    with closing(Visitor(ground.address)) as keeper:
        keeper.sign_in("kommunikasjon")
        with Line(keeper) as line:
            told = b"".join(line.run(p) for p in ("ubesvarte-negative", "kontoeierskap")).lower()
    for word in (b"zissel", b"hvisk", b"rugle", b"kulturetaten"):
        assert word in told


def test_a_role_that_is_taken_away_is_gone_in_the_page_that_stands_open(ground: Ground) -> None:
    file = ground.data / "register/access.csv"
    with closing(Visitor(ground.address)) as leader:
        leader.sign_in("enhetsleder")
        with Line(leader) as line:
            assert b"rugle" in line.run("min-enhet").lower()
            lines = [each for each in ACCESS.splitlines() if LEADER not in each]
            file.write_text("\n".join(lines), encoding="utf-8")
            try:
                assert leaks(line.run("min-enhet"), "nobody") == []
                line.ask("min-enhet", fragment="a" * 32)
                assert leaks(line.quiet(), "nobody") == []
            finally:
                file.write_text(ACCESS, encoding="utf-8")


def test_another_session_is_taken_over_by_nobody(ground: Ground) -> None:
    with (
        closing(Visitor(ground.address)) as keeper,
        closing(Visitor(ground.address)) as leader,
        closing(Visitor(ground.address)) as nobody,
    ):
        keeper.sign_in("kommunikasjon")
        leader.sign_in("enhetsleder")
        with Line(keeper) as line:
            line.run("datagrunnlag")
            for other, who in ((leader, "enhetsleder"), (nobody, "nobody")):
                with Line(other, session=line.session) as taken:
                    assert leaks(taken.run("datagrunnlag"), who) == []
                    assert taken.session != line.session


def test_signing_out_ends_every_line(ground: Ground) -> None:
    with closing(Visitor(ground.address)) as leader:
        leader.sign_in("enhetsleder")
        with Line(leader) as one, Line(leader) as other:
            one.run("min-enhet")
            assert b"rugle" in other.run("min-enhet").lower()
            one.run("min-enhet", widgets=[trigger(one.widget("sign-out"))])
            assert leaks(other.run("min-enhet"), "nobody") == []
        with Line(leader) as kept:  # the cookie was copied before
            assert leaks(kept.run("min-enhet"), "nobody") == []


# --- Files in ------------------------------------------------------------------------------------


def test_files_are_taken_from_keepers_on_a_page_that_has_a_place_for_them(ground: Ground) -> None:
    with (
        closing(Visitor(ground.address)) as keeper,
        closing(Visitor(ground.address)) as leader,
        closing(Visitor(ground.address)) as nobody,
    ):
        keeper.sign_in("kommunikasjon")
        leader.sign_in("enhetsleder")
        with Line(keeper) as line, Line(leader) as others, Line(nobody) as strangers:
            line.run("hjelp")
            assert keeper.upload(line.session, b"a;b") == 403
            line.run("datagrunnlag")
            others.run("min-enhet")
            strangers.run("datagrunnlag")
            assert keeper.upload(line.session, b"a;b") == 204
            assert keeper.upload(line.session, b"a;b", **{"X-Xsrftoken": "x"}) == 403
            assert keeper.upload(others.session, b"a;b") == 403
            for visitor in (leader, nobody):
                for session in (line.session, others.session, strangers.session, "x"):
                    assert visitor.upload(session, b"a;b") == 403
            address = f"/_stcore/upload_file/{line.session}/en-fil"
            assert _put(keeper, address, handed_in.MOST) == 413
            assert leader.web.delete(address).status_code == 403


def _put(visitor: Visitor, address: str, size: int) -> int:
    """The answer to a file that says that it is so large, before a byte of it is sent."""
    line = HTTPConnection(visitor.address.partition("//")[2])
    line.putrequest("PUT", address)
    cookies = "; ".join(f"{each.name}={each.value}" for each in visitor.web.cookies.jar)
    sent = {"Cookie": cookies, "X-Xsrftoken": visitor.token, "Content-Length": str(size)}
    for name, value in sent.items():
        line.putheader(name, value)
    line.endheaders()
    with closing(line):
        return line.getresponse().status


def test_what_the_button_at_the_side_reads_in_is_logged(ground: Ground) -> None:
    """The same click that others forge does what it says, for the one who may."""
    with closing(Visitor(ground.address)) as keeper:
        keeper.sign_in("kommunikasjon")
        extra = (ground.data / "exports/rugle-innlegg.csv").read_text("utf-8-sig")
        late = ground.data / "exports/rugle-nye.csv"
        late.write_text(extra.replace(";p", ";q"), encoding="utf-8")
        with Line(keeper) as line:
            line.run("datagrunnlag")
            line.run("datagrunnlag", widgets=[trigger(line.widget("read-in"))])
    events = {(each.event, each.role, each.object) for each in open_store(ground.data).audit()}
    assert ("load", "kommunikasjon", "rugle-nye.csv") in events


# --- Messages of developers --------------------------------------------------------------------


def test_a_line_hears_nothing_but_what_our_pages_say(ground: Ground) -> None:
    with closing(Visitor(ground.address)) as nobody, Line(nobody) as line:
        line.run()
        for kind in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"):
            message = BackMsg()
            setattr(message, kind, True)
            _say(line, message)
        message = BackMsg()
        message.backend_operation_request.install_skills.SetInParent()
        _say(line, message)
        message = BackMsg()
        message.app_heartbeat = True
        line.say(message)
        assert line.quiet()
    assert not (ROOT / ".agents").exists()


def _say(line: Line, message: BackMsg) -> None:
    line.quiet(0.1)
    line.raw = []
    line.say(message)
    assert line.quiet(0.2) == b""


# --- What stays behind ---------------------------------------------------------------------------


def test_what_was_done_is_logged_by_role_and_nothing_tells_a_secret(ground: Ground) -> None:
    with closing(Visitor(ground.address)) as leader:
        leader.sign_in("enhetsleder")
        with Line(leader) as line:
            assert CLOSED in line.run("logg")
            line.run("arbeidsliste")
            line.run("svarandel")
            assert leader.web.get(min(line.downloads())).status_code == 200
    events = open_store(ground.data).audit()
    done = {(each.event, each.role, each.object) for each in events}
    assert ("signed_in", "enhetsleder", "") in done
    assert ("denied", "enhetsleder", "logg") in done
    assert {each.event for each in events} >= {"export", "texts_read"}
    told = "".join(f"{each.role}{each.object}" for each in events).lower()
    assert "hvisk" not in told
    assert "@" not in told
    window = ground.log.read_bytes()
    for word in (*SECRETS, b"eyJ", b"hvisk", LEADER.encode()):
        assert word not in window
    kept = b"".join(p.read_bytes() for p in ground.data.rglob("*") if p.is_file())
    for word in (*SECRETS, b"eyJ0eXAi", b'"nonce"'):
        assert word not in kept


def test_every_answer_has_its_headers_and_the_cookies_their_locks(ground: Ground) -> None:
    with closing(Visitor(ground.address)) as keeper:
        told = keeper.sign_in("kommunikasjon").headers.get_list("set-cookie")
        assert [c for c in told if c.startswith("_streamlit_user") and "HttpOnly" not in c] == []
        assert all("samesite=lax" in cookie.lower() for cookie in told)
        for address in ("/", "/svarandel", "/healthz", "/_stcore/health", "/nedlasting/x"):
            headers = keeper.web.get(address).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "geolocation=()" in headers["Permissions-Policy"]
            assert headers["Cache-Control"] in ("no-store", "no-cache")
        policy = keeper.web.get("/svarandel").headers["Content-Security-Policy"]
        for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert rule in policy
        assert "unsafe-eval" not in policy


def test_without_any_network_it_imports_builds_and_serves(tmp_path: Path) -> None:
    """R18: a namespace with the machine's own loop and nothing else."""
    inside = shutil.which("unshare")
    if inside is None or subprocess.run([inside, "-n", "true"], check=False).returncode:
        pytest.skip("needs unshare -n (Linux, root)")
    program = [inside, "-n", sys.executable, "-m", "tests.doors.alone", str(tmp_path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["reaches"] == "nobody"
    assert set(told["pages"]) == set(PAGES)
    assert all(told["pages"].values())
