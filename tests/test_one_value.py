"""A figure that stands in several places has one value: `metrics`, the report's page and files."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pypdf import PdfReader

from reports import make, report
from reports.cells import basis, count, share
from reports.email import letters, send
from svarvakt import metrics
from svarvakt.i18n import _, number
from svarvakt.metrics import Rate, Scope
from tests.reports.test_reports import in_slides, in_workbook, plain
from tests.support.published_warehouse import publish
from tests.support.warehouse_factory import AS_OF
from tests.test_pages import visit, words

OCTOBER = date(2026, 10, 1)
SCOPE = Scope(OCTOBER, OCTOBER)


def town(data: Path, seed: int) -> Path:
    """Eight accounts, one of them without a unit, with some hundred enquiries of every kind."""
    chance = random.Random(seed)
    accounts = [
        {
            "account_id": f"facebook:{n}",
            "name": f"Konto {n}",
            "unit_id": f"u{n % 3}" if n else None,
            "editor_role": chance.choice(("Leder", None)),
            "told_on": OCTOBER,
            "told_how": chance.choice(("date", None)),
            "shows_belonging": chance.choice(("ja", "ja", "nei")),
        }
        for n in range(8)
    ]
    items = [_item(chance) for _ in range(chance.randint(150, 400))]
    return publish(
        data,
        items=items,
        accounts=accounts,
        units=[{"unit_id": f"u{n}", "name": f"Enhet {n}"} for n in range(3)],
        coverage=[{"account_id": account["account_id"], "items": 20} for account in accounts],
    )


def _item(chance: random.Random) -> dict[str, Any]:
    received = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(24 * 60))
    due = received + timedelta(hours=chance.choice((8, 30, 72)))
    answered = received + timedelta(hours=chance.choice((1, 5, 60)))
    is_answered = chance.random() < 0.6 and answered < AS_OF
    return {
        "account_id": f"facebook:{chance.randrange(8)}",
        "received_at": received,
        "due_at": due,
        "is_mature": due <= AS_OF,
        "answered_at": answered if is_answered else None,
        "is_within_target": is_answered and answered <= due,
        "working_seconds": chance.randrange(200_000) if is_answered else None,
        "waiting_working_seconds": None if is_answered else chance.randrange(400_000),
        "reply_class": chance.choice(("must", "must", "unclear", "content", "none")),
        "tone": chance.choice(("negative", "neutral", "neutral")),
        "is_hidden": chance.random() < 0.1,
        "has_hidden_reason": chance.random() < 0.3,
    }


def expected(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What `metrics` says, in the report's words."""
    arrived = metrics.response(con, SCOPE)
    queue = metrics.queue_at_end(con, SCOPE)
    owned = metrics.ownership(con, SCOPE)
    moderated = metrics.moderation(con, SCOPE)
    rates = {"all": arrived.all_rate, "need": arrived.need_rate, "within": arrived.within_rate}
    found = {f"share of {name}": share(rate) for name, rate in rates.items()}
    found |= {f"basis of {name}": basis(rate) for name, rate in rates.items()}
    return found | {
        "open": f"{number(queue.open)} henvendelser venter på svar",
        "overdue": f"{count(queue.open_overdue)} over fristen",
        "negative": f"{count(queue.open_negative)} av dem er negative",
        "in order": f"{owned.meets_all} av {owned.accounts} kontoer oppfyller",
        "moderated": f"Av {number(moderated.received)} henvendelser er {count(moderated.hidden)}",
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_place_has_the_value_of_the_metric(data_dir: Path, seed: int) -> None:
    path = town(data_dir, seed)
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        wanted = {name: plain(text) for name, text in expected(con).items()}
        units = {u.unit_name: u.need_rate for u in metrics.response_by_unit(con, SCOPE)}
        whole = metrics.response(con, SCOPE).need_rate
        owned = metrics.ownership(con, SCOPE)
    told = [
        _("The communications department is told"),
        number(owned.is_told),
        number(owned.accounts),
    ]
    told = ["".join(each.split()) for each in told]
    one = report(data_dir, OCTOBER)
    files = make(one, "nb", ("pdf", "pptx", "xlsx"), {})
    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(files["pdf"])).pages)
    app = visit("manedsrapport")
    page = app.selectbox(key="report-month").set_value(OCTOBER).run()
    places = {
        "pdf": "".join(plain(pdf).split()),
        "pptx": "".join(in_slides(files["pptx"]).split()),
        "page": "".join(words(page).split()),
    }
    for place, text in places.items():
        missing = {n: w for n, w in wanted.items() if "".join(w.split()) not in text}
        assert (place, missing) == (place, {})
    for place in ("pdf", "page"):
        assert "".join(told) in places[place]
    numbers = in_workbook(files["xlsx"])
    assert {units[name].share for name in units} <= numbers
    assert _sum(units.values()) == whole


def _sum(rates: Any) -> Rate:
    parts = list(rates)
    return Rate(sum(r.numerator for r in parts), sum(r.denominator for r in parts))


@pytest.mark.parametrize("seed", [3, 4])
def test_waiting_is_one_population(data_dir: Path, seed: int) -> None:
    """M7 by itself, as the queue's last point, in the rules, and by the list of the items."""
    with duckdb.connect(str(town(data_dir, seed)), read_only=True) as con:
        waiting = metrics.waiting(con, SCOPE)
        counts = metrics.rules(con, SCOPE, OCTOBER)[0].counts
        last = metrics.queue_weeks(con, SCOPE.last_twelve_months())[-1]
        newest = metrics.queue_at_end(con, SCOPE)
        listed = metrics.item_count(con, SCOPE, "waiting")
        negative = metrics.unanswered_negative_counts(con, SCOPE)
    assert {waiting.count, counts.waiting, last.open, newest.open, listed} == {waiting.count}
    assert {waiting.overdue, counts.overdue, newest.open_overdue} == {waiting.overdue}
    assert {negative.total, newest.open_negative} == {negative.total}


def test_a_letter_says_what_the_report_and_the_list_say(data_dir: Path) -> None:
    """A unit leader's mail: the sentences of the unit's report, and who waits there now."""
    path = town(data_dir, 5)
    folder = data_dir / "register"
    folder.mkdir()
    units = [("tom", "Tom"), *((f"u{n}", f"Enhet {n}") for n in range(3))]
    lines = [f"{i},{name},enhet,2020-01-01,{i}@fjordvik.example" for i, name in units]
    header = "unit_id,name,kind,valid_from,leader_email"
    (folder / "units.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    said = {each.unit_id: each.body for each in letters(data_dir, OCTOBER)}
    assert set(said) == {"u0", "u1", "u2"}
    assert send(data_dir, OCTOBER)[3:] == [
        "ikke til lederen for tom: enheten har ingen kontoer eller tall for måneden"
    ]
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        for unit_id, body in said.items():
            scope = Scope(OCTOBER, OCTOBER, (str(unit_id),))
            waiting = metrics.waiting(con, scope).count
            assert waiting == metrics.item_count(con, scope, "waiting") > 0
            assert f"{waiting} henvendelser venter på svar." in body
            for sentence in report(data_dir, OCTOBER, unit_id).document("nb").sentences:
                assert sentence in body
