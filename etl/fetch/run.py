"""One fetch: every account of a platform, each of them whole or not at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType

from etl.fetch import facebook, graph_api, inbox_writer, instagram, messages, youtube
from etl.fetch.changed_posts import ChangedPosts, Steps
from etl.fetch.client import Client, Failure, Owner, RetryPolicy, Service
from etl.fetch.credentials import Key
from etl.fetch.graph_lists import without_unknown
from etl.fetch.report import Fetched, Problem, Report
from etl.lake import fetch_state
from etl.lake import store as lake
from etl.progress import Progress
from svarvakt import settings
from svarvakt.decisions import current_register

SOURCES: Mapping[str, ModuleType] = {
    "facebook": facebook,
    "instagram": instagram,
    "youtube": youtube,
}
FIRST_DAYS = 365
AGAIN_DAYS = 60


@dataclasses.dataclass(frozen=True)
class Endpoints:
    """Where the APIs are, and how long to wait for them. Another one is for tests alone."""

    services: Mapping[str, Service]
    patience: RetryPolicy


ENDPOINTS = Endpoints(
    {
        "facebook": graph_api.service(),
        "instagram": graph_api.service(),
        "youtube": youtube.service(),
    },
    RetryPolicy(),
)


@dataclasses.dataclass(frozen=True)
class Job:
    """A key, and on YouTube the channel to use it for."""

    key: Key
    name: str | None


@dataclasses.dataclass(frozen=True)
class FetchRequest:
    """What a fetch was asked to do."""

    data: Path
    platform: str
    since: date | None
    account: str | None
    progress: Progress
    wire: Endpoints

    def client(self, key: str) -> Client:
        """A client for the platform's API with one key."""
        return Client(self.wire.services[self.platform], key, self.wire.patience)


def run_request(order: FetchRequest, jobs: Sequence[Job], report: Report) -> None:
    """Fetches what the keys open and says in the report what became of it."""
    for number, job in enumerate(jobs):
        try:
            with order.client(job.key.value) as client:
                owners = SOURCES[order.platform].owners(client, job.name)
        except Failure as failure:
            _note(report, job, job.name or job.key.name, failure)
            continue
        known = {one.account_id for one in report.accounts}
        mine = [one for one in owners if _account_id(order, one) not in known]
        wanted = [one for one in mine if _is_wanted(one, order)]
        for place, owner in enumerate(wanted):
            part = 1 / (len(jobs) * len(wanted))
            start = number / len(jobs) + place * part
            _try(order, job, owner, report, Steps(order.progress, start, part))


def _try(order: FetchRequest, job: Job, owner: Owner, report: Report, steps: Steps) -> None:
    try:
        with order.client(owner.key or job.key.value) as client:
            report.accounts.append(_fetch(order, client, owner, steps))
    except Failure as failure:
        if failure.kind == "comments_disabled":  # nothing to fetch, and nothing wrong
            report.accounts.append(_closed(order, owner, failure))
        else:
            _note(report, job, owner.name or owner.native_id, failure)
    except OSError as error:
        said = f"Filene kunne ikke skrives ({error.strerror})."
        report.problems.append(Problem(owner.name or owner.native_id, "not_written", said))


def _closed(order: FetchRequest, owner: Owner, failure: Failure) -> Fetched:
    said = messages.problem(failure, order.platform, "")
    return Fetched(_account_id(order, owner), owner.name, settings.today(), warnings=[said])


def _note(report: Report, job: Job, where: str, failure: Failure) -> None:
    said = messages.problem(failure, report.platform, job.key.name)
    report.problems.append(Problem(where, failure.kind, said))


def _fetch(order: FetchRequest, client: Client, owner: Owner, steps: Steps) -> Fetched:
    """One account to the end. Raises `Failure` or OSError; nothing is then left behind."""
    source = SOURCES[order.platform]
    began = datetime.now(UTC)
    place = inbox_writer.folder(order.data, order.platform, (owner.handle, owner.native_id))
    account_id = _account_id(order, owner)
    is_first = order.since is not None or not fetch_state.stands(order.data, place)
    known = set() if is_first else fetch_state.known_post_hashes(order.data, account_id)
    since = _since(order, account_id, began, is_first)
    done = Fetched(
        account_id, owner.name or owner.native_id, since.astimezone(settings.ZONE).date()
    )

    def read(left_out: set[str]) -> tuple[list[Path], ChangedPosts]:
        sieve = ChangedPosts(known, lake.secret(order.data).encode(), done, source, steps)
        posts = sieve.needed(source.posts(client, owner, since, left_out))
        return inbox_writer.write(order.data, place, posts, source.wrap, began), sieve

    (done.files, sieve), left_out = without_unknown(source.OPTIONAL, read)
    if left_out:
        done.warnings.append(messages.left_out(order.platform, left_out))
    if done.comments and not sieve.authors:
        done.warnings.append(messages.no_authors(order.platform))
    last = fetch_state.last_fetch(order.data, account_id)
    # A short period on demand leaves what lies between it and the last fetch to the next one.
    until = began if last is None or since <= last else last
    with lake.exclusive_lock(order.data):
        fetch_state.remember_fetch(order.data, account_id, until, sieve.marks)
    return done


def _since(order: FetchRequest, account_id: str, now: datetime, is_first: bool) -> datetime:
    """From when: what was asked for, else some days before the last fetch, else a year ago."""
    if order.since:
        return datetime.combine(order.since, time(), settings.ZONE)
    last = fetch_state.last_fetch(order.data, account_id)
    if last is None or is_first:
        return now - timedelta(days=FIRST_DAYS)
    held = current_register(order.data).settings(settings.today()).get("fetch_again_days", "")
    return last - timedelta(days=int(held) if held.isdigit() else AGAIN_DAYS)


def _account_id(order: FetchRequest, owner: Owner) -> str:
    return f"{order.platform}:{owner.native_id}"


def _is_wanted(owner: Owner, order: FetchRequest) -> bool:
    if order.account is None:
        return True
    asked = order.account.removeprefix(f"{order.platform}:").lstrip("@").casefold()
    known = (owner.native_id, owner.handle or "", owner.name)
    return asked in {name.lstrip("@").casefold() for name in known}
