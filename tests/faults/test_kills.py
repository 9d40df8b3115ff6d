"""Killed with SIGKILL: nothing acknowledged is lost, no half state is read, the next start heals.

`python3 start.py soak` does the same a thousand times.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faults import soak
from tests.faults.victims import zygote

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of Unix")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[soak.Soak]:
    with zygote() as victim:
        yield soak.Soak(tmp_path_factory.mktemp("soak"), victim, seed=20260302)


@pytest.fixture
def soaking(templates: soak.Soak) -> soak.Soak:
    templates.result = soak.Result()
    return templates


@pytest.mark.slow
@pytest.mark.parametrize("name", [*soak.SCENARIOS])
def test_a_killed_command_is_healed_by_the_next_start(soaking: soak.Soak, name: str) -> None:
    soaking.learn(name)
    soaking.round(name)
    assert soaking.result.broken == []
    assert soaking.result.kills[name] + soaking.result.finished[name] > 0
    assert soaking.result.heals == 1


@pytest.mark.slow
def test_no_acknowledged_decision_is_lost(soaking: soak.Soak) -> None:
    soak.decide(soaking)
    assert soaking.result.broken == []
    assert soaking.result.kills["decide"] == 3
    assert soaking.result.decisions > 0


@pytest.mark.slow
def test_the_soak_sees_what_is_lost(soaking: soak.Soak) -> None:
    """A heal that does nothing, and a lost decision, must not pass."""
    act, _heal, template = soak.SCENARIOS["load"]
    data = soaking.place / "untouched"
    data.symlink_to(template(soaking))
    assert act(soaking, data)
    soaking.compare("load", soak.contents(data), soaking.golden)
    assert len(soaking.result.broken) == 1
