"""M20 (G2): who answered is compared with the register at import, and then forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.ingest.sources import facebook_graph
from etl.ingest.staging import ImportFile
from etl.pipeline import load
from svarvakt import metrics
from svarvakt.metrics import Scope
from tests.etl.ingest.test_import import _readable as readable
from tests.etl.warehouse.test_answers import rows
from tests.support.graph_threads import Message, graph_json, write

STRANGER = "sentinella.navnesen@eksempel.no"
APPOINTED = "Redaksjonen-17@eksempel.no"
YEAR = Scope(date(2026, 1, 1), date(2026, 12, 1))
# The thread lies on 2 March 2026; minute 930 is past midnight in Norway, not yet in UTC.
THREAD = [Message(0, 0), Message(None, 5), Message(None, 930)]

Agents = dict[int, str]


@pytest.fixture
def agents(monkeypatch: pytest.MonkeyPatch) -> Agents:
    """Agents by the reply's minute, put in where a format that names them would stage them."""
    said: Agents = {}
    read = facebook_graph.read

    def read_with_agents(con: duckdb.DuckDBPyConnection, files: Sequence[ImportFile]) -> None:
        read(con, files)
        for minute, agent in said.items():
            con.execute(
                "UPDATE staged_comments SET agent = $agent WHERE is_own"
                " AND created_at = TIMESTAMPTZ '2026-03-02 08:00:00+00' + to_minutes($minute)",
                {"agent": agent, "minute": minute},
            )

    monkeypatch.setattr(facebook_graph, "read", read_with_agents)
    return said


def register(data: Path, *administrators: str) -> None:
    folder = data / "register"
    folder.mkdir()
    (folder / "accounts.csv").write_text(
        "account_id;platform;url;kind\n"
        "facebook:fjordvik;facebook;https://www.facebook.com/501;official\n",
        encoding="utf-8",
    )
    (folder / "administrators.csv").write_text(
        "\n".join(["account_id;person_ref;role;valid_from;valid_to", *administrators]) + "\n",
        encoding="utf-8",
    )


def known(data: Path) -> list[bool | None]:
    """What the warehouse says of each reply, the oldest first."""
    found = rows(data, "SELECT is_by_registered_administrator FROM replies ORDER BY sent_at")
    return [each for (each,) in found]


def test_an_agent_is_compared_with_the_administrators_and_dropped(
    data_dir: Path, tmp_path: Path, agents: Agents, capfd: pytest.CaptureFixture[str]
) -> None:
    register(data_dir, "facebook:fjordvik;someone@eksempel.no;administrator;2025-01-01;",
             f"facebook:fjordvik;{APPOINTED};reserve;2026-01-01;")  # fmt: skip
    agents |= {5: f" {APPOINTED.upper()} ", 930: STRANGER}
    load([write(tmp_path, graph_json([THREAD]))], data=data_dir)
    assert known(data_dir) == [True, False]
    written = [*(data_dir / "lake").rglob("*"), *(data_dir / "warehouse").rglob("*")]
    everything = readable(data_dir) + "".join(capfd.readouterr()).encode()
    everything += b"".join(path.read_bytes() for path in written if path.is_file())
    for person in (STRANGER, "sentinella", APPOINTED, APPOINTED.lower(), "edaksjonen-17"):
        assert person.encode() not in everything, person


def test_an_appointment_counts_on_its_norwegian_days_only(
    data_dir: Path, tmp_path: Path, agents: Agents
) -> None:
    register(data_dir, f"facebook:fjordvik;{APPOINTED};administrator;2026-01-01;2026-03-02")
    agents |= {5: APPOINTED, 930: APPOINTED}
    load([write(tmp_path, graph_json([THREAD]))], data=data_dir)
    assert known(data_dir) == [True, False]


@pytest.mark.parametrize(
    "administrators",
    [
        pytest.param([], id="nobody registered"),
        pytest.param(
            [f"facebook:fjordvik;{APPOINTED};administrator;2026-03-03;"],
            id="the register begins later",
        ),
    ],
)
def test_what_the_register_cannot_tell_is_not_known(
    data_dir: Path, tmp_path: Path, agents: Agents, administrators: list[str]
) -> None:
    register(data_dir, *administrators)
    agents |= {5: STRANGER}
    load([write(tmp_path, graph_json([THREAD]))], data=data_dir)
    assert known(data_dir) == [None, None]


def test_the_metric_counts_replies_with_a_known_agent(
    data_dir: Path, tmp_path: Path, agents: Agents
) -> None:
    register(data_dir, f"facebook:fjordvik;{APPOINTED};administrator;2026-01-01;")
    agents |= {5: STRANGER, 930: ""}
    load([write(tmp_path, graph_json([THREAD]))], data=data_dir)
    warehouse = next((data_dir / "warehouse").glob("*.duckdb"))
    with duckdb.connect(str(warehouse), read_only=True) as con:
        found = metrics.agent_replies(con, YEAR)
    assert (found.numerator, found.denominator) == (1, 1)
