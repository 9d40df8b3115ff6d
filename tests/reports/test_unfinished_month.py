"""A month that is not over: said as such, compared with the same days, not locked by accident."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports import Unfinished, lock_month, newest_month, report
from reports.__main__ import main
from reports.monthly_report import warehouse
from svarvakt import metrics
from svarvakt.metrics import Scope
from tests.support.page_visits import straight_to
from tests.support.published_warehouse import publish
from tests.support.warehouse_factory import make_warehouse
from ui.filters import LAST

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
AS_OF = datetime(2026, 10, 15, 10, tzinfo=UTC)  # 12:00 in Norway
ANSWERED = {"working_seconds": 3600, "is_within_target": True}


def _item(month: int, day: int, *, is_answered: bool) -> dict[str, Any]:
    received = datetime(2026, month, day, 7, tzinfo=UTC)
    answered = {"answered_at": received + timedelta(hours=1), **ANSWERED} if is_answered else {}
    return {"received_at": received, **answered}


def items() -> list[dict[str, Any]]:
    """One a day: September's first half is unanswered, October's first week answered."""
    found = [_item(9, day, is_answered=day > 15) for day in range(1, 31)]
    return found + [_item(10, day, is_answered=day < 8) for day in range(1, 15)]


@pytest.fixture
def data(data_dir: Path) -> Path:
    publish(
        data_dir,
        items=items(),
        accounts=[{"as_of": AS_OF, "comments_as_of": AS_OF}],
        coverage=[{"month": month, "items": n} for month, n in ((SEPTEMBER, 30), (OCTOBER, 14))],
    )
    return data_dir


def test_it_is_compared_with_the_same_days(data: Path) -> None:
    figures = report(data, OCTOBER).figures
    assert figures.unfinished_on == date(2026, 10, 15)
    assert figures.within.month_before is not None
    then, now = figures.within.month_before
    assert (then.numerator, then.denominator) == (0, 15)
    assert (now.numerator, now.denominator) == (7, 14)
    assert figures.wait_before.n == 15
    assert report(data, SEPTEMBER).figures.unfinished_on is None


def test_it_says_so(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = report(data, OCTOBER).document("nb")
    assert said.title == "Månedsrapport oktober 2026 (foreløpig)"
    assert "foreløpig, filene går til 15. oktober 2026" in said.sentences[0]
    assert "de samme dagene i september 2026" in said.sentences[0]
    assert "Oktober 2026 er ikke over" in said.sections[0].said[0]
    assert said.charts[0].finding.startswith("I oktober 2026 (foreløpig) ")
    assert main(["2026-10", "--format", "xlsx", "--output", str(tmp_path), "--json"]) == 0
    out = capsys.readouterr()
    assert "Oktober 2026 er ikke over" in out.err
    assert json.loads(out.out)["unfinished_on"] == "2026-10-15"


def test_a_month_that_is_over_is_preliminary_until_all_of_it_is_due(data_dir: Path) -> None:
    after = datetime(2026, 11, 2, 7, tzinfo=UTC)
    late = {"received_at": datetime(2026, 10, 30, 14, tzinfo=UTC), "is_mature": False}
    account = {"as_of": after, "comments_as_of": after}
    coverage = [{"month": OCTOBER, "items": 15}]
    publish(data_dir, items=[*items()[-14:], late], accounts=[account], coverage=coverage)
    found = report(data_dir, OCTOBER)
    assert found.figures.unfinished_on is None and found.figures.is_preliminary
    said = found.document("nb")
    assert said.title == "Månedsrapport oktober 2026"
    assert "(foreløpig, ikke alt er forfalt)" in said.sentences[0]
    assert said.sections[0].table is not None
    assert said.sections[0].table.headers[1] == "oktober 2026 (foreløpig)"
    assert said.charts[0].finding.startswith("I oktober 2026 (foreløpig) ")


def test_it_is_not_locked_by_accident(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Unfinished):
        lock_month(data, OCTOBER, "kommunikasjon")
    assert main(["lock", "2026-10"]) == 1
    assert "--unfinished" in capsys.readouterr().err
    assert main(["lock", "2026-10", "--unfinished"]) == 0
    assert main(["lock", "2026-09"]) == 0


def test_a_month_says_what_waited_when_it_ended(data: Path) -> None:
    """Fifteen of September were open when it ended; today those and seven of October are."""
    september, october = (report(data, month).figures for month in (SEPTEMBER, OCTOBER))
    assert (september.waiting, september.is_month_end) == (15, True)
    assert (october.waiting, october.is_month_end) == (22, False)
    said = report(data, SEPTEMBER).document("nb").sentences[1]
    assert said.startswith("Ved utgangen av september 2026 ventet 15 henvendelser på svar")


def test_the_whole_of_a_month_counted_by_days_is_the_month(data: Path) -> None:
    con = make_warehouse(items(), coverage=[{"month": SEPTEMBER}, {"month": OCTOBER}])
    scope = Scope(OCTOBER, OCTOBER)
    until = datetime(2026, 11, 1)  # noqa: DTZ001
    same = metrics.same_time_earlier(until, -1)
    assert same == datetime(2026, 10, 1)  # noqa: DTZ001
    assert metrics.like_for_like(con, scope, -1, same) == metrics.like_for_like(con, scope, -1)
    whole = metrics.response_time(con, scope.shifted(-1))
    part = metrics.typical_wait_until(con, scope.shifted(-1), same)
    assert (part.n_all, part.km_median_working_seconds, part.km_at_least) == (
        whole.n_all,
        whole.km_median_working_seconds,
        whole.km_at_least,
    )
    assert data.is_dir()


def test_a_day_that_the_earlier_month_lacks_is_its_end() -> None:
    until = datetime(2026, 3, 30, 9)  # noqa: DTZ001
    assert metrics.same_time_earlier(until, -1) == datetime(2026, 3, 1)  # noqa: DTZ001


def test_the_range_of_a_chart_covers_every_point(data: Path) -> None:
    finding = report(data, OCTOBER).document("nb").charts[0].finding
    assert "50,0\u00a0%" in finding


@pytest.mark.parametrize(
    ("hour", "newest"),
    [(10, date(2026, 8, 1)), (21, date(2026, 8, 1)), (22, date(2026, 9, 1))],
    ids=["noon", "23 in Norway", "midnight in Norway"],
)
def test_page_report_and_figures_agree_on_the_newest_full_month(
    data_dir: Path, hour: int, newest: date
) -> None:
    """The last day of a month is not over at noon, and a day begins in Norway, not in UTC."""
    end = datetime(2026, 9, 30, hour, tzinfo=UTC)
    publish(
        data_dir,
        items=[_item(month, day, is_answered=True) for month in (8, 9) for day in range(1, 29)],
        accounts=[{"as_of": end, "comments_as_of": end}],
        coverage=[{"month": m, "items": 28, "as_of": end} for m in (date(2026, 8, 1), SEPTEMBER)],
        info={"as_of": end.isoformat()},
    )
    with warehouse(data_dir) as con:
        months = metrics.response_by_month(con, Scope(date(2026, 8, 1), SEPTEMBER))
    assert max(each.month for each in months if not each.is_unfinished) == newest
    assert newest_month(data_dir) == newest
    shown = straight_to("svarandel", {}).session_state[LAST]
    assert shown == f"{newest}"
