"""What a person chooses of a table: its row of names, its columns, how its times are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from etl.ingest.column_templates import name_of
from etl.ingest.staging import FileSample
from svarvakt.i18n import _
from svarvakt.platforms import PLATFORMS
from ui import labels, markup
from ui.import_guesses import (
    column_for,
    holds_guess,
    looks_like_clocks,
    looks_like_platforms,
    time_pattern,
)
from ui.words import platform

Cells = Sequence[str]
Said = Mapping[str, Any]
_SAMPLE = 24  # characters of a value shown beside its column
_ROWS = 3
_MOST_WORDS = 6  # a column with more of them says who wrote by name, and names are never kept
_IN_TABLE = ""  # the platform, where a column says it


def header_row(head: FileSample, key: str, before: Said | None) -> int:
    """The position of the row of names: the known one, or the first with most cells."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in head.rows[:10]]
    guess = filled.index(max(filled))
    if before:
        names = {name for group in before["columns"].values() for name in group}
        known = [at for at, row in enumerate(head.rows[:10]) if names <= set(row)]
        guess = known[0] if known else guess
    row = st.number_input(
        _("Which row holds the names of the columns?"),
        1,
        min(10, len(head.rows)),
        guess + 1,
        key=f"wizard-row-{key}",
    )
    return int(row) - 1


def answers(head: FileSample, at: int, key: str, before: Said | None) -> dict[str, Any]:
    """A template as `template_from` takes it, made of what is chosen; `times` may be None."""
    names = head.rows[at]
    # Rows without a cell for every name are titles, sums or cut.
    rows = [row for row in head.rows[at + 1 :] if len(row) >= len(names)][:_ROWS]
    known = before or {}
    left, middle, right = st.columns(3)
    title = left.text_input(
        _("What do you call this table?"),
        known.get("title", _("My own table")),
        key=f"wizard-title-{key}",
        max_chars=60,
        disabled=before is not None,
    )
    kinds = {"comments": _("comments"), "posts": _("posts"), "both": _("posts and comments")}
    holds = middle.selectbox(
        _("What is in it?"),
        list(kinds),
        index=list(kinds).index(known.get("holds") or holds_guess(names)),
        format_func=kinds.__getitem__,
        key=f"wizard-holds-{key}",
    )
    platforms = [*PLATFORMS, _IN_TABLE]
    says_it = any(looks_like_platforms(_cells(name, names, rows)) for name in names if name)
    usual = known.get("platform") if known else _IN_TABLE if says_it else platforms[0]
    code = right.selectbox(
        _("Platform"),
        platforms,
        index=_place(platforms, usual),
        format_func=lambda one: platform(one) if one else _("a column says it"),
        key=f"wizard-network-{key}",
    )
    # Other rows of names and other fields are other questions, with guesses of their own.
    asked = f"{holds}-{at}-{key}"
    chosen = _columns(names, rows, _fields(holds, has_platform=not code), asked, known)
    words = _own_words(head, at, chosen, key, known)
    times = _times(_moments(names, rows, chosen), _moment_key(key, chosen), known)
    zone = _zone(key, known)
    return {
        "name": known.get("name") or name_of(title),
        "title": title,
        "platform": code or None,
        "holds": holds,
        "columns": {field: [name] for field, name in chosen.items()},
        "required": list(chosen),
        "times": times,
        "time_zone": zone,
        "ignored": ["*"],
        **({"words": words} if words else {}),
    }


def shown_mapping(said: Said) -> None:
    """What was said of a table, as a table of its own."""
    fields = field_words()
    markup.table(
        _("Columns of {title}").format(title=said["title"]),
        [_("What it is"), _("Column")],
        [[fields.get(field, field), ", ".join(names)] for field, names in said["columns"].items()],
    )


def field_words() -> dict[str, str]:
    """What each field is called."""
    return _fields("both", has_platform=True)


def _place(options: Sequence[str], value: str | None) -> int:
    return options.index(value or _IN_TABLE) if (value or _IN_TABLE) in options else 0


def _fields(holds: str, *, has_platform: bool) -> dict[str, str]:
    """The fields that a person is asked about, with the reader's words."""
    both = {
        "created_at": _("Time"),
        "clock": _("Clock, where it has a column of its own"),
        "text": _("Text"),
        "post_id": _("The post's id"),
        "post_url": _("Link to the post"),
    }
    comments = {
        "comment_id": _("The comment's id"),
        "comment_url": _("Link to the comment"),
        "parent_id": _("The id of the comment that is answered"),
        "thread_id": _("The conversation's id"),
        "author_id": _("The writer's id or user name (never stored)"),
        "author_name": _("The writer's name (never stored)"),
        "direction": _("Who wrote: the account or somebody else"),
        "hidden": _("Whether it is hidden"),
        "likes": _("Likes"),
    }
    posts = {
        "reach": _("Reach"), "views": _("Views"), "reactions": _("Reactions"),
        "comments": _("Number of comments"), "shares": _("Shares"), "clicks": _("Clicks"),
    }  # fmt: skip
    return {
        **both,
        **(comments if holds != "posts" else {}),
        **(posts if holds != "comments" else {}),
        "account": _("The account's user name or link"),
        **({"platform": _("Platform")} if has_platform else {}),
        **({"row_kind": _("Whether the row is a post or a comment")} if holds == "both" else {}),
    }


def _columns(
    names: Cells, rows: Sequence[Cells], fields: Mapping[str, str], key: str, before: Said
) -> dict[str, str]:
    """Field → column, as chosen; a column is used once."""
    markup.paragraph(_("Choose the column for what the table has. Leave the rest empty."))
    options = ["", *dict.fromkeys(name for name in names if name.strip())]
    shown = {name: _with_sample(name, names, rows) for name in options}
    chosen: dict[str, str] = {}
    places = st.columns(2)
    for at, (field, label) in enumerate(fields.items()):
        guess = _guess(field, names, rows, options, chosen, before)
        column = places[at % 2].selectbox(
            label,
            options,
            index=options.index(guess),
            format_func=labels.of(shown),
            key=f"wizard-{field}-{key}",
        )
        if column:
            chosen[field] = column
    return chosen


def _guess(
    field: str,
    names: Cells,
    rows: Sequence[Cells],
    options: Sequence[str],
    chosen: Mapping[str, str],
    before: Said,
) -> str:
    if before:
        (name,) = before["columns"].get(field, [""])[:1]
        return name if name in options else ""
    if field == "clock":  # a name alone does not tell a clock from a moment
        free = [one for one in options if one and one not in chosen.values()]
        return next((one for one in free if looks_like_clocks(_cells(one, names, rows))), "")
    return column_for(field, options, chosen.values())


def _cells(name: str, names: Cells, rows: Sequence[Cells]) -> list[str]:
    at = names.index(name)
    return [row[at].strip() for row in rows if len(row) > at and row[at].strip()]


def _with_sample(name: str, names: Cells, rows: Sequence[Cells]) -> str:
    if not name:
        return _("not in the table")
    value = next(iter(_cells(name, names, rows)), "")
    return f"{name} ({value[:_SAMPLE]}{'…' if len(value) > _SAMPLE else ''})" if value else name


def _moments(names: Cells, rows: Sequence[Cells], chosen: Mapping[str, str]) -> list[str]:
    """The times of the first rows, day and clock put together."""
    if "created_at" not in chosen:
        return []
    days = _cells(chosen["created_at"], names, rows)
    if "clock" not in chosen:
        return days
    clocks = [one.replace(".", ":") for one in _cells(chosen["clock"], names, rows)]
    return [f"{day} {clock}" for day, clock in zip(days, clocks, strict=False)]


def _moment_key(key: str, chosen: Mapping[str, str]) -> str:
    """Another column has other times: what was guessed of the one before does not stand."""
    return f"{key}-{chosen.get('created_at', '')}-{chosen.get('clock', '')}"


def _times(sample: Sequence[str], key: str, before: Said) -> list[str] | None:
    """strptime patterns; none at all for ISO, None while nobody has said which order it is."""
    patterns = {
        "": _("2026-04-13 08:00 (year first)"),
        "%d.%m.%Y %H:%M": _("13.04.2026 08:00 (day first)"),
        "%d/%m/%Y %H:%M": _("13/04/2026 08:00 (day first)"),
        "%m/%d/%Y %H:%M": _("04/13/2026 08:00 (month first)"),
        "%d.%m.%y %H:%M": _("13.04.26 08:00 (day first)"),
        "%d/%m/%y %H:%M": _("13/04/26 08:00 (day first)"),
        "%m/%d/%y %H:%M": _("04/13/26 08:00 (month first)"),
        "%d %b %Y %H:%M": _("13 Apr 2026 08:00"),
        "%m/%d/%Y %I:%M %p": _("04/13/2026 08:00 AM (month first)"),
        "%d.%m.%Y": _("13.04.2026 (day first)"),
        "%d/%m/%Y": _("13/04/2026 (day first)"),
        "%m/%d/%Y": _("04/13/2026 (month first)"),
        "%d %b %Y": _("13 Apr 2026"),
        "epoch": _("a long number of seconds"),
    }
    guess = time_pattern(sample, list(patterns))
    if guess is None and before:  # what was said where the table does not show it
        guess = next(iter(before["times"]), "")
    chosen = st.selectbox(
        _("How are times written?"),
        list(patterns),
        index=None if guess is None else list(patterns).index(guess),
        format_func=lambda one: patterns[one],
        placeholder=_("day or month first? The table does not show it"),
        key=f"wizard-times-{key}",
    )
    if not chosen:
        return None if chosen is None else []
    return [chosen, f"{chosen}:%S"] if chosen.endswith("%M") else [chosen]


def _zone(key: str, before: Said) -> str:
    zones = {
        "Europe/Oslo": _("Norwegian time"),
        "UTC": _("UTC"),
        "America/Los_Angeles": _("Meta's time (Los Angeles)"),
    }
    return st.selectbox(
        _("Which clock?"),
        list(zones),
        index=_place(list(zones), before.get("time_zone")),
        format_func=zones.__getitem__,
        key=f"wizard-zone-{key}",
    )


def _own_words(
    head: FileSample, at: int, chosen: Mapping[str, str], key: str, before: Said
) -> dict[str, list[str]]:
    """The words that mean that the account itself wrote, among those the column holds."""
    if "direction" not in chosen:
        return {}
    place = head.rows[at].index(chosen["direction"])
    cells = [row[place].strip() for row in head.rows[at + 1 :] if len(row) > place]
    words = sorted({cell for cell in cells if cell})
    if len(words) > _MOST_WORDS:
        markup.note(
            _(
                "This column holds many different words. Choose one that only says whether the "
                "account or somebody else wrote."
            ),
            "warning",
        )
        return {}
    own = st.multiselect(
        _("Which of these words means that the account itself wrote?"),
        words,
        default=[one for one in before.get("words", {}).get("own", []) if one in words],
        key=f"wizard-own-{key}-{chosen['direction']}",
        placeholder=_("choose one or more"),
    )
    return {"own": own, "other": [word for word in words if word not in own]}
