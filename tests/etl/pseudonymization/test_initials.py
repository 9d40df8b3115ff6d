"""Initials that sign the account's replies are gone before anybody reads them (formats.md 7.1)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.pipeline import load, remask
from etl.pseudonymization import sql
from tests.support.graph_threads import Message, graph_json, write
from tests.support.lake_contents import everything, rows

MACROS = sql("initials")

SIGNED = {
    "Takk for tipset! _SS": "Takk for tipset!",
    "Takk for tipset _JH": "Takk for tipset",
    "Takk for tipset!_SS": "Takk for tipset!",
    "Takk ^KM": "Takk",
    "Takk ^km": "Takk",
    "Takk. ^ KMØ": "Takk.",
    "Vi sjekker i EU _KF": "Vi sjekker i EU",
    "Vi sjekker. -SS": "Vi sjekker.",
    "Vi sjekker -SS": "Vi sjekker",
    "Vi sjekker. – ÅB": "Vi sjekker.",
    "Vi sjekker /ABC": "Vi sjekker",
    "Vi sjekker. / AB": "Vi sjekker.",
    "Vi sjekker\nSS": "Vi sjekker",
    "Vi sjekker\n\n- SS\n": "Vi sjekker",
    "Vi sjekker. SS": "Vi sjekker.",
    "Vi sjekker! SS.": "Vi sjekker!",
    "Er det greit? ØB": "Er det greit?",
    "God helg 😊 SS": "God helg 😊",
    "God helg ☀️ SS": "God helg ☀️",
    "God helg :) SS": "God helg :)",
    "Mvh SS": "Mvh",
    "Vennlig hilsen, AB": "Vennlig hilsen,",
    "Hilsen /AB": "Hilsen",
}
UNSIGNED = [
    "Se mer på NRK",
    "Se mer på NRK.",
    "Se mer - NRK",
    "Se mer -NRK",
    "Slik er det i EU",
    "Slik er det. EU",
    "Spør Fjordvik KF",
    "Fjordvik Havn KF.",
    "Ja, det er OK",
    "Ja. OK",
    "Er det greit? JA",
    "Nei! NEI",
    "Kontakt: NAV",
    "Ring HR/IT",
    "Følg #fjordvik_KF",
    "Følg @fjordvik_KF",
    "Vi har e-ID",
    "Se fjordvik.no/AB",
    "Skjema AB",
    "Se vedlegg (AB)",
    "Vedtaket gjelder bygg AB og CD",
    "Badet åpner kl. 10",
    "Takk for tipset!",
    "ABC",
    "Plan ABCD",
    "Svar\nOK",
    "Det gjelder TV2",
    "Snakk med oss",
    "Se 10-AB",
    "",
]


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    base = duckdb.connect()
    base.execute(MACROS)
    return base


def left(con: duckdb.DuckDBPyConnection, text: str | None) -> str | None:
    row = con.execute("SELECT without_initials($1)", [text]).fetchone()
    assert row is not None
    found: str | None = row[0]
    return found


@pytest.mark.parametrize("text", SIGNED)
def test_a_signature_is_taken_off(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert left(con, text) == SIGNED[text]


@pytest.mark.parametrize("text", UNSIGNED)
def test_what_is_no_signature_stays(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert left(con, text) == text


def test_no_text_stays_no_text(con: duckdb.DuckDBPyConnection) -> None:
    assert left(con, None) is None


@given(st.text(max_size=40))
def test_only_the_end_is_ever_taken(text: str) -> None:
    with duckdb.connect() as base:
        base.execute(MACROS)
        found = left(base, text.replace("\x00", ""))
    assert found is not None
    assert text.replace("\x00", "").startswith(found)


def test_no_file_keeps_the_initials_of_the_account_and_citizens_keep_their_words(
    data_dir: Path, tmp_path: Path
) -> None:
    thread = [Message(0, 0, text="Hvem er QZX. QZV"), Message(None, 5, 0, text="Kl. 10. _QZW")]
    load([write(tmp_path, graph_json([thread]))])
    assert rows(data_dir, "SELECT text FROM replies") == [("Kl. 10.",)]
    assert rows(data_dir, "SELECT text FROM items") == [("Hvem er QZX. QZV",)]
    assert "QZW" not in everything(data_dir)


def test_remask_takes_them_out_of_what_was_stored_before(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = [Message(0, 0), Message(None, 5, 0, text="Kl. 10. _QZW")]
    older = MACROS.partition("CREATE OR REPLACE TEMP MACRO without_initials")[0]
    older += "CREATE OR REPLACE TEMP MACRO without_initials(t) AS t;"
    real = Path.read_text
    with monkeypatch.context() as before:
        before.setattr(
            Path,
            "read_text",
            lambda path, **how: older if path.name == "initials.sql" else real(path, **how),
        )
        load([write(tmp_path, graph_json([thread]))])
    assert "QZW" in everything(data_dir)
    assert remask() == 1
    assert "QZW" not in everything(data_dir)
