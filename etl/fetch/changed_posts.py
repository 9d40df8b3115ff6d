"""What of a fetch is needed, and how far it has come."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from collections.abc import Iterator
from types import ModuleType

from etl.fetch.client import Node
from etl.fetch.report import Fetched
from etl.progress import Progress


@dataclasses.dataclass(frozen=True)
class Steps:
    """One account's share of the progress: how many posts there are is known at the end only."""

    progress: Progress
    start: float
    part: float

    def say(self, name: str, posts: int) -> None:
        fraction = self.start + self.part * posts / (posts + 50)
        self.progress(min(fraction, 0.99), f"Henter {name}: {posts} innlegg")


class ChangedPosts:
    """Counts what is read, and lets the newest post through and each that is new or changed.

    The newest one always: without a file the account's figures would seem to be of the last
    fetch that brought something.
    """

    def __init__(
        self, known: set[str], secret: bytes, done: Fetched, source: ModuleType, steps: Steps
    ) -> None:
        self.known, self.secret, self.source, self.steps = known, secret, source, steps
        self.done, self.authors, self.marks = done, 0, set[str]()
        done.posts = done.comments = done.changed = 0

    def needed(self, posts: Iterator[Node]) -> Iterator[Node]:
        for post in posts:
            comments, with_author = self.source.counts(post)
            self.done.posts += 1
            self.done.comments += comments
            self.authors += with_author
            self.steps.say(self.done.name, self.done.posts)
            mark = self._mark(post)
            is_new = mark not in self.known
            self.done.changed += is_new
            if is_new or not self.marks:
                yield post
            self.marks.add(mark)

    def _mark(self, post: Node) -> str:
        content = json.dumps(post, sort_keys=True).encode()
        return hmac.new(self.secret, content, hashlib.sha256).hexdigest()[:20]
