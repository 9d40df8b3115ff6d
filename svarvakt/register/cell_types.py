"""One cell: text to value and back, by the kind of its column (svarvakt.register.schema)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from svarvakt.reasons import Reason
from svarvakt.register.models import Told
from svarvakt.register.reasons import reason
from svarvakt.register.schema import BELONGING, PLATFORM, Column
from svarvakt.register.text import fold, is_org_number, split_list

WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YES_NO = {
    **dict.fromkeys((*BELONGING["ja"], "ja", "sann"), True),
    **dict.fromkeys((*BELONGING["nei"], "nei", "usann"), False),
}
# What Excel makes of a long number: the last digits are gone for good.
_EXCEL_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


class BadCell(ValueError):
    """The cell can't be read; `expected` says what should stand there."""


class Kind(NamedTuple):
    """How cells of one kind are read and written."""

    read: Callable[[str, Column], Any]
    write: Callable[[Any], str]


def read_cell(text: str, column: Column) -> Any:
    """The value of a cleaned, non-empty cell; raises `BadCell`."""
    return KINDS[column.kind].read(text, column)


def write_cell(value: Any, column: Column) -> str:
    """What `read_cell` reads back as the same value; None and () become an empty cell."""
    return "" if value is None or value == () else KINDS[column.kind].write(value)


def expected(column: Column) -> Reason:
    """What should stand in a column, as the end of the sentence «Her skal det stå …»."""
    if column.kind == "choice":
        return reason("expected_choice", words=", ".join(column.choices))
    if column.kind == "platforms":
        return reason("expected_platforms", platforms=", ".join(PLATFORM))
    return reason(f"expected_{column.kind}")


def _org_number(text: str, _column: Column) -> str:
    digits = re.sub(r"\s", "", text)
    if not is_org_number(digits):
        raise BadCell
    return digits


def _date(text: str, _column: Column) -> date:
    # Excel may add a midnight to a date.
    text = re.sub(r"[T ]00:00(:00)?$", "", text)
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 a date has no zone
        except ValueError:
            continue
        if 1900 <= day.year <= 2100:
            return day
    raise BadCell


def _told(text: str, column: Column) -> Told:
    declared = re.fullmatch(r"kjen[td] per\s+(.+)", text, re.IGNORECASE)
    return Told(_date(declared[1] if declared else text, column), declared is not None)


def _yes_no(text: str, _column: Column) -> bool:
    if fold(text) not in _YES_NO:
        raise BadCell
    return _YES_NO[fold(text)]


def _choice(text: str, column: Column) -> str:
    for word, others in column.choices.items():
        if fold(text) in {fold(other) for other in (word, *others)}:
            return word
    raise BadCell


def _platforms(text: str, column: Column) -> tuple[str, ...]:
    platforms = Column(column.name, column.alias, choices={**PLATFORM, "ingen": ("none",)})
    found = tuple(dict.fromkeys(_choice(word, platforms) for word in split_list(text)))
    if not found or ("ingen" in found and len(found) > 1):
        raise BadCell
    return found


def _account_id(text: str, _column: Column) -> str:
    platform, _, name = text.partition(":")
    if platform.casefold() not in PLATFORM or not re.fullmatch(r"\S+", name):
        raise BadCell
    return f"{platform.casefold()}:{name}"


def _native_id(text: str, _column: Column) -> str:
    if _EXCEL_NUMBER.fullmatch(text):
        raise BadCell
    return text


def _identities(text: str, column: Column) -> tuple[str, ...]:
    return tuple(_native_id(part, column) for part in split_list(text))


def _url(text: str, _column: Column) -> str:
    """Only http(s): the address becomes a link in the pages."""
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        raise BadCell from None
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or re.search(r"\s", text):
        raise BadCell
    return address


def _number(text: str, _column: Column) -> float:
    try:
        number = float(re.sub(r"\s", "", text.removesuffix("%")).replace(",", "."))
    except ValueError:
        raise BadCell from None
    if not math.isfinite(number) or number < 0:
        raise BadCell
    return number


def _whole(text: str, _column: Column) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise BadCell
    return int(text)


def _time(text: str, _column: Column) -> int:
    found = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?", text)
    if not found or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > 1440:
        raise BadCell
    return int(found[1]) * 60 + int(found[2])


def _weekday(word: str) -> int:
    for names in (WEEKDAYS, _ENGLISH_WEEKDAYS):
        for number, name in enumerate(names, 1):
            if re.fullmatch(rf"{fold(name)}(d?ag|(e?s|nes|rs|ur)?day)?\.?", fold(word)):
                return number
    raise BadCell


def _weekdays(text: str, _column: Column) -> tuple[int, ...]:
    days: set[int] = set()
    for part in split_list(text):
        first, _, last = re.sub(r"\s*[\u2013-]\s*", "-", part).partition("-")
        start, end = _weekday(first), _weekday(last or first)
        if start > end:
            raise BadCell
        days.update(range(start, end + 1))
    return tuple(sorted(days))


def _subject(text: str, _column: Column) -> str:
    if re.fullmatch(r"role:\S[^\n]*", text):
        return text
    if not re.fullmatch(r"[^@\s|]+@[^@\s|]+\.[^@\s|]+", text):
        raise BadCell
    return text.casefold()


def _write_told(told: Told) -> str:
    return f"kjent per {told.on.isoformat()}" if told.is_declared else told.on.isoformat()


def _as_is(text: str, _column: Column) -> str:
    return text


KINDS = {
    "text": Kind(_as_is, str),
    "choice": Kind(_choice, str),
    "date": Kind(_date, date.isoformat),
    "told": Kind(_told, _write_told),
    "yes_no": Kind(_yes_no, lambda value: "ja" if value else "nei"),
    "list": Kind(lambda text, _: split_list(text), "|".join),
    "platforms": Kind(_platforms, "|".join),
    "account_id": Kind(_account_id, str),
    "native_id": Kind(_native_id, str),
    "identities": Kind(_identities, "|".join),
    "url": Kind(_url, str),
    "org_number": Kind(_org_number, str),
    "number": Kind(_number, lambda value: f"{value:.15g}"),
    "whole": Kind(_whole, str),
    "time": Kind(_time, lambda value: f"{value // 60:02}:{value % 60:02}"),
    "weekdays": Kind(_weekdays, lambda value: "|".join(WEEKDAYS[day - 1] for day in value)),
    "subject": Kind(_subject, str),
}
