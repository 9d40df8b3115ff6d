"""A figure that stands in more than one place has one value there, whatever the town."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from svarvakt import access
from tests.support.published_warehouse import publish
from tests.support.warehouse_factory import AS_OF, DAY
from tests.test_pages import visit, words
from ui import viewer

PLACES = {
    "oversikt": {
        "waiting": r"(\d+) venter nå, uansett",
        "overdue": r"venter nå, uansett når de kom, (\d+) over fristen",
        "need": r"Av (\d+) henvendelser fra perioden som trengte svar",
        "need_answered": r"som trengte svar, har (\d+) fått det",
        "negative_overdue": r"(\d+) negativ\w* kommentar\w* er ubesvart over fristen",
        "accounts_not_told": r"Ikke meldt: (\d+) av \d+ kontoer",
        "accounts": r"Ikke meldt: \d+ av (\d+) kontoer",
    },
    "arbeidsliste": {
        "waiting": r"(\d+) venter på svar",
        "overdue": r"venter på svar, (\d+) over fristen",
        "negative": r"(\d+) negativ\w* er uten svar\.",
        "to_case": r"(\d+) skal til sak",
    },
    "svarandel": {
        "need": r"Av (\d+) henvendelser som trengte svar",
        "waiting": r"(\d+) henvendelse\w* venter:",
        "need_answered": r"Fikk svar, av dem som trenger svar [\d,]+ % (\d+) av \d+",
        "all": r"Fikk svar, av alle ([\d,]+ %) ",
        "within": r"Fikk svar innen fristen ([\d,]+ %)",
        "wait": r"Typisk ventetid (.+?) i arbeidstid",
        "among_answered": r"besvarte?: (.+?) Hva er dette",
    },
    "min-enhet": {
        "all": r"Fikk svar, av alle ([\d,]+ %) ",
        "within": r"Fikk svar innen fristen ([\d,]+ %)",
        "wait": r"Typisk ventetid, i arbeidstid (.+?) \d+ henvendelse",
        "among_answered": r"besvarte?: (.+?) ·",
        "waiting": r"(\d+) venter nå",
        "accounts_in_order": "Alle krav er oppfylt",
    },
    "ubesvarte-negative": {
        "negative": r"(\d+) negativ\w* kommentar\w* er uten svar",
        "negative_overdue": r"er uten svar, (\d+) over fristen",
    },
    "kontoeierskap": {
        "accounts_not_told": r"kjent fra før, (\d+) ikke meldt",
        "accounts": r"av (\d+) kontoer oppfyller alle kravene",
        "accounts_in_order": r"(\d+) av \d+ kontoer oppfyller alle kravene",
    },
    "aktivitet": {
        "accounts": r"av (\d+) kontoer var aktive",
    },
}  # fmt: skip
ONE_UNIT = "kultur"


def _town(seed: int) -> dict[str, Any]:
    """Six accounts in one unit, some sixty items of every class, tone and age."""
    draw = random.Random(seed)
    accounts = [
        {
            "account_id": f"facebook:{n}",
            "name": f"Konto {n}",
            "unit_id": ONE_UNIT,
            "is_registered": n > 1,
            "told_how": "date" if draw.random() < 0.5 and n > 1 else None,
            "editor_role": "leder" if draw.random() < 0.6 else None,
            "shows_belonging": "ja",
        }
        for n in range(1, 7)
    ]
    items = [_item(draw) for _n in range(80)]
    coverage = [
        {"account_id": each["account_id"], "items": 10, "posts": 2, "month": month}
        for each in accounts
        for month in (date(2026, 6, 1), date(2026, 10, 1))
    ]
    return {
        "accounts": accounts,
        "items": items,
        "units": [{"unit_id": ONE_UNIT, "name": "Kultur"}],
        "coverage": coverage,
    }


def _item(draw: random.Random) -> dict[str, Any]:
    is_answered = draw.random() < 0.6
    row: dict[str, Any] = {
        "account_id": f"facebook:{draw.randint(1, 6)}",
        "received_at": AS_OF - timedelta(days=draw.randint(1, 100)),
        "reply_class": draw.choice(("must", "must", "content", "none", "unclear")),
        "tone": draw.choice(("negative", "neutral")),
        "is_mature": draw.random() < 0.8,
        "is_case_enquiry": draw.random() < 0.2,
    }
    if is_answered:
        seconds = draw.randint(60, 4 * DAY)
        row |= {"working_seconds": seconds, "is_within_target": seconds <= DAY}
    else:
        row |= {"waiting_working_seconds": draw.randint(60, 30 * DAY)}
    return row


@pytest.fixture
def town(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    publish(tmp_path, is_demo=True, **_town(request.param))
    monkeypatch.setenv("SVARVAKT_DATA", str(tmp_path))
    st.cache_data.clear()
    viewer.use(access.LOCAL)
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("town", [1, 2], indirect=True)
def test_a_figure_has_one_value_on_every_page() -> None:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    period = {"fra": "2026-06-01", "til": "2026-10-01"}
    for page, places in PLACES.items():
        unit = {"enhet": ONE_UNIT} if page == "min-enhet" else {}
        said = re.sub(r"\s+", " ", words(visit(page, **period, **unit)))
        for name, pattern in places.items():
            value = re.findall(pattern, said)
            assert value, (page, name, said)
            # A pattern without a group is said once for each.
            found[name][page] = value[0] if "(" in pattern else str(len(value))
    differing = {name: pages for name, pages in found.items() if len(set(pages.values())) > 1}
    assert differing == {}
    twice = {name for name, pages in found.items() if len(pages) > 1}
    assert twice == {name for names in PLACES.values() for name in names} - {"to_case"}


def test_an_empty_period_offers_the_months_that_have_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = datetime(2025, 5, 6, 8, tzinfo=UTC)
    items = [{"received_at": came, "working_seconds": 60} for _n in range(7)]
    coverage = [{"month": date(2025, 5, 1), "items": 7}, {"posts": 3}]
    publish(tmp_path, items=items, coverage=coverage, accounts=[{}], units=[])
    monkeypatch.setenv("SVARVAKT_DATA", str(tmp_path))
    st.cache_data.clear()
    app = visit("svarandel")
    assert "Det finnes kommentarer fra mai 2025: 7." in words(app)
    app.button(key="months-with-comments").click().run()
    assert "mai 2025 · Alle enheter og kontoer" in words(app)
    assert "Av 7 henvendelser som trengte svar" in words(app)
    st.cache_data.clear()
    st.cache_resource.clear()
