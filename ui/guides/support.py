"""What each source can show: the honest matrix of formats.md 13, and what nothing gives (14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from svarvakt.i18n import NBSP, _
from ui.words import NONE

Says = Literal["yes", "no", "depends"]


@dataclass(frozen=True)
class Support:
    """One yes, no or «it depends», with what it rests on."""

    says: Says
    why: str = ""

    @property
    def words(self) -> str:
        """Symbol and word, never a colour alone: `✓ ja: ett nivå`."""
        symbol, word = {
            "yes": ("✓", _("yes")),
            "no": (NONE, _("no")),
            "depends": ("?", _("depends")),
        }[self.says]
        said = f"{symbol}{NBSP}{word}"
        return f"{said}: {self.why}" if self.why else said


@dataclass(frozen=True)
class Source:
    """One row: whom an answer is for, who we are, whether all comments are there, and so what."""

    name: str
    parent: Support
    owner: Support
    everything: Support
    verdict: str


YES, NO = Support("yes"), Support("no")


def sources() -> list[Source]:
    """Every source of formats.md 13: those with a key, services, then the rest."""
    return [*_with_a_key(), *_by_services(), *_others()]


def _with_a_key() -> list[Source]:
    all_answers = _("whether people get answers, and how fast")
    return [
        Source(
            _("Facebook with the page's key («Fetch now»)"),
            YES,
            Support("yes", _("the page's id")),
            Support("yes", _("when fetched to the end")),
            all_answers,
        ),
        Source(
            _("Facebook without author («from»)"),
            YES,
            NO,
            YES,
            _("threads only; cannot tell who answered"),
        ),
        Source(
            _("Instagram with the account's key («Fetch now»)"),
            Support("yes", _("one level")),
            Support("yes", _("the user name")),
            Support("yes", _("except from people whom the account has restricted")),
            all_answers,
        ),
        Source(
            _("YouTube with the Data API («Fetch now»)"),
            YES,
            Support("yes", _("the channel's id")),
            Support("yes", _("when all answers are fetched")),
            all_answers,
        ),
    ]


def _by_services() -> list[Source]:
    return [
        Source(
            _("apify, Facebook"),
            Support("yes", _("one level")),
            Support("yes", _("name or address")),
            Support("depends", _("the limit you set")),
            _("whether people get answers, with a note on what is missing"),
        ),
        Source(
            _("ExportComments, Excel"),
            YES,
            Support("yes", _("id or name")),
            Support("yes", _("for one post")),
            _("whether people get answers, one post at a time"),
        ),
        Source(
            _("ExportComments, CSV"),
            NO,
            Support("yes", _("the user name")),
            Support("yes", _("for one post")),
            _("how many answers we gave, not to whom"),
        ),
        Source(
            "Facepager",
            YES,
            Support("depends", _("only with «from»")),
            Support("depends", _("what you ask for")),
            _("depends on what you ask for"),
        ),
        Source(
            _("yt-dlp, YouTube"),
            YES,
            YES,
            YES,
            _("whether people get answers, but not how fast; Svarvakt does not read the comments"),
        ),
    ]


def _others() -> list[Source]:
    return [
        Source(
            _("Inbox tools"),
            Support("yes", _("the conversation")),
            Support("yes", _("in or out")),
            Support("yes", _("in connected channels")),
            _("whether people get answers, and how fast"),
        ),
        Source(
            _("Archives and Google Takeout"),
            Support("depends", _("partly")),
            Support("yes", _("every row is ours")),
            NO,
            _("our own activity only"),
        ),
        Source(
            _("LinkedIn, X, TikTok Studio, Meta Business Suite"),
            NO,
            NO,
            NO,
            _("the number of comments only"),
        ),
    ]


def answers_by_platform() -> list[tuple[str, Support, str]]:
    """«Får folk svar?» platform by platform: yes or no, and what it takes."""
    return [
        (
            "Facebook",
            YES,
            _("«Fetch now», or Facepager, ExportComments (Excel) or apify"),
        ),
        ("Instagram", YES, _("«Fetch now», or ExportComments (Excel)")),
        ("YouTube", YES, _("«Fetch now» (Data API)")),
        ("Bluesky, Mastodon, Threads", Support("depends"), _("a technician has to fetch them")),
        ("TikTok", Support("depends"), _("apify; TikTok Studio gives the number of comments only")),
        ("LinkedIn, X", NO, _("they give the number of comments only")),
        (_("Several channels in an inbox tool"), YES, _("the tool's own export")),
    ]


def never_given() -> list[str]:
    """What no platform tells anybody (formats.md 14)."""
    return [
        _("Which employee wrote an answer. Svarvakt would not have kept it."),
        _("Age, sex or home of those who comment."),
        _("How many people the municipality reached in all. Reach is never added up."),
        _("Answers in private messages."),
        _(
            "One long line of views: Meta went from impressions to views in autumn 2024. We keep "
            "the two apart."
        ),
    ]
