"""What became of a fetch."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

NO_KEY = {"no_key", "no_channel", "no_such_account"}


@dataclasses.dataclass
class Fetched:
    """One account that was fetched to the end."""

    account_id: str
    name: str
    since: date
    files: list[Path] = dataclasses.field(default_factory=list)
    posts: int = 0  # YouTube: threads
    comments: int = 0  # and replies
    changed: int = 0  # posts that are new or not as they were at the last fetch
    warnings: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Problem:
    """One account or key that could not be fetched: why, and what mends it (Norwegian)."""

    where: str  # the account's name, else the name that the key is set under
    kind: str
    words: str


@dataclasses.dataclass
class Report:
    """All accounts of one platform."""

    platform: str
    accounts: list[Fetched] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """Every file that was written."""
        return [path for account in self.accounts for path in account.files]

    @property
    def posts(self) -> int:
        """Posts that were read again or for the first time; YouTube: threads."""
        return sum(account.posts for account in self.accounts)

    @property
    def comments(self) -> int:
        """Comments and replies under them."""
        return sum(account.comments for account in self.accounts)

    @property
    def exit_code(self) -> int:
        """0 fetched or nothing new, 1 something failed, 2 nothing to fetch with."""
        if any(problem.kind in NO_KEY for problem in self.problems):
            return 2
        return int(bool(self.problems))

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        accounts = [
            dataclasses.asdict(one)
            | {"since": one.since.isoformat(), "files": [str(path) for path in one.files]}
            for one in self.accounts
        ]
        return {
            "platform": self.platform,
            "accounts": accounts,
            "problems": [dataclasses.asdict(one) for one in self.problems],
            "totals": {"files": len(self.files), "posts": self.posts, "comments": self.comments},
        }
