"""«Hent nå» on the page: from a key to figures with one press, against the platforms' stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from etl import fetch
from etl.lake import store as lake
from tests.support.fetching import CREDENTIALS, PAGE, TOKEN, Stand, page, thread_of_five
from tests.support.platform_apis import Platforms, served
from tests.test_import_page import _municipality, once, visit
from tests.test_pages import words

__all__ = ["_municipality", "once"]  # fixtures: a municipality with one import


@pytest.fixture
def stand(free_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    platforms = Platforms(
        tokens={TOKEN: PAGE}, pages={PAGE: page()}, feed={PAGE: [thread_of_five()]}
    )
    with served(platforms, free_port) as address:
        found = Stand(platforms, address)
        monkeypatch.setattr(fetch, "fetch", partial(fetch.fetch, wire=found.wire()))
        yield found


def test_without_a_key_the_page_says_what_it_takes() -> None:
    said = words(visit())
    assert "Hent kommentarer rett fra plattformen" in [one.label for one in visit().expander]
    assert "SVARVAKT_FACEBOOK_TOKEN" in said


def test_one_press_fetches_and_reads_in(
    stand: Stand, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "SVARVAKT_FACEBOOK_TOKEN"
    monkeypatch.setenv(name, CREDENTIALS[name])
    before = lake.imported(data_dir)
    app = visit()
    assert "Aldri hentet." in words(app)
    app.button(key="fetch-facebook").click().run()
    assert not app.exception
    assert "Fjordvik kommune: 1 innlegg og 5 kommentarer er hentet." in words(app)
    assert len(lake.imported(data_dir) - before) == 1
    assert "Sist hentet" in words(visit())


def test_a_key_that_has_expired_is_said_with_what_to_do(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVARVAKT_FACEBOOK_TOKEN", "utgått")
    app = visit()
    app.button(key="fetch-facebook").click().run()
    said = words(app)
    assert "Lag en ny nøkkel" in said or "har tegn som ingen nøkkel har" in said
    assert "utgått" not in said
