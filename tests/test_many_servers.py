"""Two dashboard servers on copies behind nginx, with their decisions in one PostgreSQL."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.serving import wait_for
from etl.operations.mirror import mirror
from etl.pipeline import load
from svarvakt import settings
from svarvakt.decisions import open_store
from tests.browser.serving import free_port, running
from tests.doors import ground
from tests.doors.visitor import Line, Visitor, trigger
from tests.support import postgresql, proxy
from tests.support.paths import ROOT

COOKIE = "svarvakt_server"
ADDRESSES = {"a": "10.0.0.11:8501", "b": "10.0.0.12:8501"}
NEWS = "Kommentaren som kom etterpå"


@dataclass
class Town:
    """The machine that builds, the copies, the servers on them, and the address in front."""

    data: Path
    copies: dict[str, Path]
    servers: dict[str, subprocess.Popen[bytes]]
    address: str
    folder: Path

    def publish(self) -> None:
        for copy in self.copies.values():
            mirror(self.data, copy)

    def visitor(self, stack: ExitStack) -> Visitor:
        """Somebody who has never been here."""
        return stack.enter_context(closing(Visitor(self.address, proxy.trusted(self.folder))))

    def reader(self, letter: str, stack: ExitStack) -> Visitor:
        """Somebody signed in whom nginx gave to this server."""
        found = self.visitor(stack)
        for _attempt in range(6):
            if found.web.cookies[COOKIE] == letter:
                break
            found = self.visitor(stack)
        assert found.web.cookies[COOKIE] == letter
        found.sign_in("kommunikasjon")
        return found


@pytest.fixture
def town(tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with ExitStack() as stack:
        database = stack.enter_context(postgresql.server(tmp_path))
        monkeypatch.setenv(settings.DECISIONS, database)
        data = data_dir
        ground.make(data)
        ports = {name: free_port() for name in ("https", "http", "provider", *ADDRESSES)}
        front = tmp_path / "front"
        front.mkdir()
        proxy.certificate(front)
        standing_in = {
            written.replace(".", escaped): f"127.0.0.1:{ports[letter]}".replace(".", escaped)
            for letter, written in ADDRESSES.items()
            for escaped in (".", r"\.")
        }
        written = proxy.configuration(
            front, proxy.ours_for_many(), ports["https"], ports["http"], standing_in
        )
        stack.enter_context(proxy.standing(written, ports["https"]))
        people, secrets = front / "people.json", front / "secrets.toml"
        people.write_text(json.dumps(ground.PEOPLE), encoding="utf-8")
        told = ground.secrets_for(ports["https"], ports["provider"])
        secrets.write_text(told.replace("http://localhost", "https://localhost", 1), "utf-8")
        copies = {letter: tmp_path / f"copy-{letter}" for letter in ADDRESSES}
        for copy in copies.values():
            copy.mkdir()
        address = f"https://localhost:{ports['https']}"
        found = Town(data, copies, {}, address, front)
        found.publish()
        for letter, copy in copies.items():
            found.servers[letter] = stack.enter_context(_server(copy, ports[letter], secrets))
        provider = ("-m", "tests.support.oidc_provider", "{port}", str(people))
        stack.enter_context(running(provider, ports["provider"], "/keys"))
        for letter in ADDRESSES:
            wait_for(f"http://localhost:{ports[letter]}/_stcore/health")
        yield found
        for server in found.servers.values():
            server.kill()
            server.wait(timeout=10)


def _server(data: Path, port: int, secrets: Path) -> subprocess.Popen[bytes]:
    environment = {"SVARVAKT_DATA": str(data), "SVARVAKT_SECRETS": str(secrets)}
    return subprocess.Popen(
        [sys.executable, "-m", "ui.server", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _new_export(path: Path) -> None:
    """One more comment at the own account."""
    head = ["Plattform", "Konto", "Innleggets ID", "Kommentarens ID", "Svar på", "Tidspunkt"]
    platform, _colon, name = ground.OWN.partition(":")
    row = [platform, name, "p1", "c50", "", ground._ago(60), f"{NEWS}. Når åpner badet?", "nei"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[*head, "Tekst", "Skrevet av kontoen"], row])


def _work_list(reader: Visitor) -> tuple[str, set[str]]:
    """What the work list says, and the items that can be decided there."""
    with Line(reader) as line:
        told = line.run("arbeidsliste").decode("utf-8", "replace")
        return told, {each.partition("-now-")[2] for each in line.widgets() if "-now-" in each}


def _decide(reader: Visitor) -> str:
    """«Answered now» about an item of the work list that is not the new one; its id."""
    with Line(reader) as line:
        line.run("arbeidsliste")
        button = min(
            each for each in line.widgets() if "-now-" in each and not each.endswith("c50")
        )
        line.run("arbeidsliste", widgets=[trigger(button)])
    return button.partition("-now-")[2]


@pytest.mark.slow
def test_two_servers_show_the_same_and_one_carries_on_alone(town: Town) -> None:
    with ExitStack() as stack:
        first, second = (town.reader(letter, stack) for letter in ADDRESSES)
        told = [first.web.get("/_stcore/health") for _ in range(8)]
        assert all(COOKIE not in answer.headers.get("set-cookie", "") for answer in told)

        before = {copy: set((copy / "warehouse").glob("*.duckdb")) for copy in town.copies.values()}
        _new_export(town.data / "exports" / "nye.csv")
        load([town.data / "exports" / "nye.csv"], data=town.data)
        assert NEWS not in _work_list(second)[0]
        town.publish()
        assert NEWS in _work_list(first)[0]
        assert all(set((copy / "warehouse").glob("*.duckdb")) > old for copy, old in before.items())

        decided = _decide(first)
        assert [one.subject for one in open_store(town.data).in_force()] == [decided]
        said, items = _work_list(second)
        assert NEWS in said
        assert items
        assert decided not in items

        town.servers["a"].kill()
        town.servers["a"].wait(timeout=10)
        assert first.web.get("/").status_code == 200
        assert first.web.cookies[COOKIE] == "b"
        said, items = _work_list(first)  # still signed in
        assert NEWS in said
        assert town.visitor(stack).web.cookies[COOKIE] == "b"
        again = _decide(first)
        assert again not in _work_list(second)[1]
