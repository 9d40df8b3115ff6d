"""Erasure on request (R17): one comment by its link or id. It never comes back by an import."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from etl import pseudonymization
from etl.lake import store as lake
from etl.operations import rewrite
from etl.operations.retention import ROLE, waiting_for_archive, withhold
from etl.progress import Progress
from etl.pseudonymization import keyed_hashes
from etl.warehouse import build, item_ids
from svarvakt import decisions, warehouse

# Where a platform puts the comment's own id in a link; the innermost first.
ID_IN_LINK = ("reply_comment_id", "comment_id", "lc")


class NotErased(ValueError):
    """Nothing was erased; says why, in plain words."""


def erase(data: Path, link: str, *, progress: Progress, override: bool = False) -> dict[str, Any]:
    """Erases the item that a link or an id names; returns the receipt. Raises NotErased."""
    with lake.exclusive_lock(data), lake.noticing_damage(data):
        lake.sweep(data)
        withhold(data)
        build.build_if_needed(data, progress)
        item_id, ids = _find(data, link.strip())
        if item_id in waiting_for_archive(data) and not override:
            raise NotErased(
                "Henvendelsen er merket for arkivet og er ikke overført ennå. "
                "Overfør den først, eller bruk --override."
            )
        keys = keyed_hashes(lake.secret(data), ids)
        lake.remember_erased(data, _all_keys(data, item_id, keys))
        _scrub(data, keys)  # before the item loses the id that finds it again after a stop
        rewritten = _rewrite(data)
        build.build(data, progress)
        left = rewrite.remove_old_warehouses(data)
    done: dict[str, Any] = {
        "what": "erase",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "erased": keys[item_id],
        "overrides_archive": override,
        "counts": {"items": 1, "imports_rewritten": rewritten, "older_warehouses_left": left},
    }
    path = rewrite.receipt(data, "erase", done)
    event = "erase_override" if override else "erase"
    decisions.open_store(data).log(ROLE, event, path.name)
    return done | {"receipt": str(path)}


def _rewrite(data: Path) -> int:
    with rewrite.open_plan(data, rewrite.RetentionCutoffs()) as con:
        return rewrite.apply_plan(con, data)


def _find(data: Path, link: str) -> tuple[str, list[str]]:
    """The item's id, and with it the ids that name the same message. Raises NotErased."""
    try:
        with warehouse.reading(data) as con:
            rows = con.execute(
                "SELECT item_id, permalink, item_kind, thread_id FROM items"
            ).fetchall()
    except warehouse.NotBuilt:
        raise NotErased("Det er ikke lest inn noe ennå.") from None
    known = {link, *item_ids.current_ids(data, [link]), *_keyed_ids(data, link)}
    found = [row for row in rows if row[0] in known] or _by_link(rows, link)
    if not found:
        raise NotErased("Fant ingen henvendelse med den lenken eller id-en.")
    if len(found) > 1:
        raise NotErased(
            f"Lenken passer på {len(found)} henvendelser. Oppgi lenken til selve kommentaren, "
            "eller id-en fra arbeidslisten."
        )
    item_id, _permalink, kind, thread_id = found[0]
    return item_id, [item_id, thread_id] if kind == "visitor_post" else [item_id]


def _by_link(rows: list[tuple[Any, ...]], link: str) -> list[tuple[Any, ...]]:
    """Items with this link; where several share it (the post's), the one whose id stands in it."""
    if "://" not in link:
        return []
    wanted = _normal(link)
    own = _id_in(link)
    if own:
        by_id = [
            row
            for row in rows
            if re.split(r"[:_]", row[0])[-1] == own or row[0].endswith(f":{own}")
        ]
        if by_id:
            return by_id
    return [row for row in rows if row[1] and _normal(row[1]) == wanted]


def _keyed_ids(data: Path, link: str) -> list[str]:
    """The ids that a link may have where ids lead to their writer (`writer_ids.sql`)."""
    given = re.sub(r"^(bluesky|mastodon|threads):(?!//)", "", link)
    sky = re.sub(
        r"^https://bsky\.app/profile/(did:[^/]+)/post/([^/?]+).*", r"at://\1/app.bsky.feed.post/\2",
        given,
    )  # fmt: skip
    last = urlsplit(given).path.rstrip("/").rpartition("/")[2]
    with pseudonymization.connection(lake.secret(data)) as con:
        return [
            str(found[0])
            for platform in ("bluesky", "mastodon", "threads")
            for native in (sky, last)
            if (found := con.execute(KEYED_ID, [platform, native]).fetchone())
        ]


KEYED_ID = "SELECT $1 || ':' || writer_id($1, $2)"


def _id_in(link: str) -> str | None:
    query = parse_qs(urlsplit(link).query)
    return next((query[name][0].rpartition("_")[2] for name in ID_IN_LINK if name in query), None)


def _normal(link: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What makes two links the same: neither scheme, www., m. nor what counts visits."""
    parts = urlsplit(link)
    host = re.sub(r"^(www|m|mobile|web|[a-z]{2}-[a-z]{2})\.", "", (parts.hostname or "").lower())
    kept = {name: values[0] for name, values in parse_qs(parts.query).items() if name in MEANING}
    return host, parts.path.rstrip("/"), tuple(sorted(kept.items()))


MEANING = {*ID_IN_LINK, "v", "id", "story_fbid", "fbid"}


def _all_keys(data: Path, item_id: str, keys: dict[str, str]) -> dict[str, str]:
    """The keys of every id that an export may give the item, each with the key that names it."""
    others = keyed_hashes(lake.secret(data), item_ids.ids_in_exports(data, item_id))
    return dict.fromkeys(others.values(), keys[item_id]) | {key: key for key in keys.values()}


def _scrub(data: Path, keys: dict[str, str]) -> None:
    """What was decided about it stays as a count, under the id that the row has now."""
    if not decisions.is_used(data):
        return
    for each, key in keys.items():
        for subject in (each, *item_ids.former_ids(data, each)):
            decisions.open_store(data).anonymize(subject, f"{each.partition(':')[0]}:erased-{key}")
