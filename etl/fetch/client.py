"""The only way out: waits when asked to, gives up after a bounded time, tells nobody its key.

The key travels in a header, so that no address, log line or error can hold it. What an API
says in words is never passed on either: Meta quotes the key in some of its messages.
"""

from __future__ import annotations

import dataclasses
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Self

import httpx

Node = dict[str, Any]
Headers = Mapping[str, str]
ErrorClassifier = Callable[[int, Node, Headers], "Failure | None"]

# What a later try may mend by itself.
PASSING = {"slow", "unreachable", "damaged", "temporary", "rate_limit"}


class Failure(Exception):
    """Why an API gave no answer, as one of the kinds that `etl.fetch.messages` has words for.

    `names` are the fields or permissions it is about; `wait` is the seconds that the API asks
    for, None where it does not say.
    """

    def __init__(self, kind: str, names: tuple[str, ...] = (), wait: float | None = None) -> None:
        super().__init__(kind)
        self.kind, self.names, self.wait = kind, names, wait


@dataclasses.dataclass(frozen=True)
class RetryPolicy:
    """How long a fetch may wait, in seconds, and how often it tries the same request."""

    attempts: int = 5
    timeout: float = 30.0
    longest_wait: float = 180.0
    sleep: Callable[[float], None] = time.sleep


@dataclasses.dataclass(frozen=True)
class Owner:
    """A page, account or channel that a key opens; `key` is its own one, None = the same key."""

    native_id: str
    name: str
    handle: str | None = None
    key: str | None = dataclasses.field(default=None, repr=False)


@dataclasses.dataclass(frozen=True)
class Service:
    """What differs between the APIs: the address, the key's header, what an answer means."""

    base: str
    header: Callable[[str], dict[str, str]]
    judge: ErrorClassifier
    pause: Callable[[Headers], float]  # seconds to wait after a good answer


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities whose certificates are believed; reading them takes a while, so once."""
    return httpx.create_ssl_context()


class Client:
    """Asks one API with one key."""

    def __init__(self, service: Service, key: str, patience: RetryPolicy) -> None:
        self.service, self.patience = service, patience
        # A header may hold no more than this; httpx would quote the key in its complaint.
        if not (key.isascii() and key.isprintable() and " " not in key and key):
            raise Failure("malformed_key")
        self._http = httpx.Client(
            base_url=service.base,
            headers=service.header(key) | {"Accept": "application/json"},
            timeout=patience.timeout,
            follow_redirects=False,
            verify=_trusted(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, params: Mapping[str, str | int]) -> Node:
        """The answer as an object. Raises `Failure` when there is none after bounded tries."""
        for attempt in range(1, self.patience.attempts):
            try:
                return self._once(path, params)
            except Failure as failure:
                wait = _wait(failure, attempt)
                if failure.kind not in PASSING or wait > self.patience.longest_wait:
                    raise
            self.patience.sleep(wait)
        return self._once(path, params)

    def _once(self, path: str, params: Mapping[str, str | int]) -> Node:
        answer = self._ask(path, params)
        try:
            body = answer.json()
        except ValueError:  # cut in the middle, or a page of a proxy
            body = None
        is_whole = isinstance(body, dict)
        failure = self.service.judge(answer.status_code, body if is_whole else {}, answer.headers)
        if failure:
            raise failure
        if not is_whole:
            raise Failure("damaged")
        self.patience.sleep(self.service.pause(answer.headers))
        return dict(body)

    def _ask(self, path: str, params: Mapping[str, str | int]) -> httpx.Response:
        try:
            return self._http.get(path, params=dict(params))
        except httpx.TimeoutException:
            raise Failure("slow") from None
        except (httpx.RemoteProtocolError, httpx.DecodingError):
            raise Failure("damaged") from None
        except httpx.HTTPError:
            raise Failure("unreachable") from None


def _wait(failure: Failure, attempt: int) -> float:
    """What the API asks for, else twice as long each time, a little apart from everybody else."""
    return failure.wait if failure.wait is not None else 2**attempt * random.uniform(0.5, 1)


def retry_after(headers: Headers) -> float | None:
    """Seconds of `Retry-After`; None where it is missing or a date."""
    told = headers.get("retry-after", "")
    return float(told) if told.isdigit() else None


def still_there(pages: Iterator[list[Node]]) -> Iterator[Node]:
    """What a list holds; nothing more of it once what it hangs under was deleted meanwhile."""
    try:
        for page in pages:
            yield from page
    except Failure as failure:
        if failure.kind != "not_found":
            raise
