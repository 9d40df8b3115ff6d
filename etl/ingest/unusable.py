"""Files that are known to be of no use: what they are, why, and the next click.

Asked only about what no format claims; the sentence takes the place of «unknown format».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from etl.ingest.reasons import Reason, reason
from etl.ingest.staging import FileSample, objects

# The first column of a table that splits an account's figures, and what it splits them by.
SPLITS = {
    "city": {"city", "cities", "by", "byer", "byar", "top cities", "city name"},
    "country": {"country", "countries", "geography", "geografi", "land", "top countries"},
    "age": {"age", "viewer age", "alder", "age range", "age & gender"},
    "gender": {"gender", "viewer gender", "kjønn"},
    "source": {"traffic source", "trafikkilde", "traffic sources", "external source"},
    "device": {"device type", "device", "enhetstype", "operating system", "operativsystem"},
    "other": {
        "subscription status", "subscription source", "playlist", "content type", "youtube product",
        "playback location", "sharing service", "translation use", "end screen element type",
    },
}  # fmt: skip
_YOUTUBE = {"watch time (hours)", "average view duration", "impressions click-through rate (%)"}
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)? ?%")
_AUDIENCE = re.compile(r"\b(?:followers|følgere|følgjarar|audience|publikum)\b")


def why_unusable(head: FileSample) -> Reason | None:
    """The sentence about a file that cannot be used; None where nothing is known of it."""
    checks: tuple[Callable[[FileSample], Reason | None], ...] = (
        (_api_error, _profile) if head.kind == "json" else (_split, _shares, _comments_without_ids)
    )
    return next((found for check in checks if (found := check(head))), None)


def _api_error(head: FileSample) -> Reason | None:
    """What an interface answers when it does not answer."""
    sample: Any = head.sample
    error = sample.get("error") if isinstance(sample, dict) else None
    if not isinstance(error, dict) or not {"message", "code"} & error.keys():
        return None
    is_meta = bool({"fbtrace_id", "type"} & error.keys())
    return reason("error_from_meta" if is_meta else "error_from_interface")


def _profile(head: FileSample) -> Reason | None:
    """«Download your information» of a profile: posts without ids."""
    is_profile = any(
        "timestamp" in one
        and isinstance(one.get("data"), list)
        and any(isinstance(part, dict) and "post" in part for part in one["data"])
        for one in objects(head)
    )
    return reason("profile_download") if is_profile else None


def _split(head: FileSample) -> Reason | None:
    """One row for each city, age, traffic source or device."""
    for at in range(min(3, len(head.rows))):
        names = head.header_at(at)
        if len(names) < 2:
            continue
        by = next((what for what, known in SPLITS.items() if names[0] in known), None)
        if by and _YOUTUBE & set(names):
            return reason("youtube_table_of_others", column=head.rows[at][0].strip()[:40])
        if by and by != "other":
            return reason("table_of_audience")
    return None


def _shares(head: FileSample) -> Reason | None:
    """Blocks about who the followers are."""
    has_title = any(len(row) == 1 and _AUDIENCE.search(row[0].lower()) for row in head.rows)
    has_shares = any(_SHARE.fullmatch(cell.strip()) for row in head.rows for cell in row[1:])
    return reason("table_of_audience") if has_title and has_shares else None


def _comments_without_ids(head: FileSample) -> Reason | None:
    """Some fields of a scraper's table, without what tells one comment from another."""
    names = set(head.header_at())
    is_scraper = {"facebookurl", "inputurl", "posturl", "videoweburl"} & names and "text" in names
    has_ids = {"id", "cid", "commenturl"} & names and {"date", "timestamp", "createtimeiso"} & names
    return reason("comments_without_ids") if is_scraper and not has_ids else None
