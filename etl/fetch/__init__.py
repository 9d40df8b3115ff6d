"""Fetching: the municipality's own posts and comments from the platforms' own APIs.

What is fetched lands in `data/exports/<platform>/<account>/` as the same JSON that a person
could have put there, and goes through the same import; `etl.pipeline.load_exports` reads it and
removes it at once. A page shows `accounts` and offers `fetch`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from etl.fetch import messages
from etl.fetch.client import RetryPolicy
from etl.fetch.credentials import NAMES, channels, from_environment, keys
from etl.fetch.report import Fetched, Problem, Report
from etl.fetch.run import ENDPOINTS, Endpoints, FetchRequest, Job, run_request
from etl.lake import fetch_state
from etl.lake import store as lake
from etl.progress import Progress
from svarvakt import settings
from svarvakt.decisions import current_register

__all__ = (
    "PLATFORMS",
    "Endpoints",
    "Fetchable",
    "Fetched",
    "Problem",
    "Report",
    "RetryPolicy",
    "accounts",
    "fetch",
    "from_environment",
)

PLATFORMS = tuple(NAMES)
Credentials = Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Fetchable:
    """One platform: what can be fetched from it, and if nothing, why and what mends it."""

    platform: str
    why_not: str | None  # Norwegian; None = `fetch` can be tried
    key_names: tuple[str, ...]  # where the keys are set, never the keys
    fetched: Mapping[str, datetime]  # account → when its last whole fetch began


def accounts(credentials: Credentials, data: Path | None = None) -> list[Fetchable]:
    """What can be fetched, by platform. Asks nobody: which pages a key opens, a fetch finds out.

    `credentials` holds the names of `etl.fetch.credentials`, as the environment does.
    """
    data = data or settings.data_dir()
    return [_fetchable(platform, credentials, data) for platform in PLATFORMS]


def fetch(
    platform: str,
    credentials: Credentials,
    progress: Progress,
    *,
    data: Path | None = None,
    since: date | None = None,
    account: str | None = None,
    wire: Endpoints = ENDPOINTS,
) -> Report:
    """Fetches what is new of every account that the keys open, into the inbox; loads nothing.

    Each account is fetched whole or not at all, and one that fails stops no other. Posts of the
    last `fetch_again_days` (60) are read again each time, as comments arrive on old posts; the
    first fetch goes twelve months back. `since` overrules both. `account` is one id, handle or
    name of those the keys open. `wire` lets a test say where the APIs are and how to wait.
    """
    data = data or settings.data_dir()
    report = Report(platform)
    if why_not := _why_not(platform, credentials, data):
        report.problems.append(Problem(NAMES[platform], *why_not))
        return report
    names: list[str | None] = [None]
    if platform == "youtube":
        names = [*_channels(credentials, data)]
    jobs = [Job(key, name) for key in keys(platform, credentials) for name in names]
    # Two fetches at once, the page's and the night's, would clear each other's half-written files.
    with lake.exclusive_lock(data / "exports"):
        run_request(FetchRequest(data, platform, since, account, progress, wire), jobs, report)
    if account and not report.accounts and not report.problems:
        words_for_it = messages.no_such_account(account)
        report.problems.append(Problem(account, "no_such_account", words_for_it))
    progress(1.0, "Ferdig hentet")
    return report


def _fetchable(platform: str, credentials: Credentials, data: Path) -> Fetchable:
    why_not = _why_not(platform, credentials, data)
    return Fetchable(
        platform,
        why_not[1] if why_not else None,
        tuple(key.name for key in keys(platform, credentials)),
        fetch_state.last_fetches(data, platform),
    )


def _why_not(platform: str, credentials: Credentials, data: Path) -> tuple[str, str] | None:
    if not keys(platform, credentials):
        return "no_key", messages.no_key(platform)
    if platform == "youtube" and not _channels(credentials, data):
        return "no_channel", messages.no_channel()
    return None


def _channels(credentials: Credentials, data: Path) -> list[str]:
    """The channels beside the key, else those of the register that are not closed down."""
    named = channels(credentials)
    if named:
        return named
    own = (one for one in current_register(data).accounts if one.platform == "youtube")
    today = settings.today()
    open_ones = [one for one in own if one.closed_on is None or one.closed_on > today]
    return [one.known_as[0].value for one in open_ones if one.known_as]
