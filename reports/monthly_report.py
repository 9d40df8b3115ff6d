"""From the published warehouse, or from a locked month, to a report and its files."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import duckdb

from reports.document import Document, document
from reports.figures import Figures, NoData, Ownership, Unfinished, collect
from reports.pdf import pdf
from reports.pptx import pptx
from reports.serialization import from_json, to_json
from reports.summary import draft
from reports.xlsx import xlsx
from svarvakt import decisions, i18n, metrics
from svarvakt import warehouse as published
from svarvakt.decisions.action_items import action_items_of_month
from svarvakt.i18n import _, ngettext
from svarvakt.metrics import Scope, add_months, newest_full_month, reference_data

LANGUAGES = ("nb", "nn", "en")
FORMATS = ("pdf", "xlsx", "pptx")


@dataclasses.dataclass(frozen=True)
class Report:
    """The figures of a month and what is said of them; locked or as they are now."""

    figures: Figures
    sentences: Mapping[str, tuple[str, ...]]  # by language
    locked: decisions.Locked | None = None
    late: int = 0  # enquiries that came into the data after the month was locked

    @property
    def version(self) -> int:
        """0 while the month is not locked."""
        return self.locked.version if self.locked else 0

    def document(self, language: str) -> Document:
        """The report in words. The language in use is put back afterwards."""
        with _in(language):
            said = document(self.figures, self.sentences[language])
            notes = tuple(filter(None, (self._version(), self._changed())))
        return dataclasses.replace(said, foot=(*notes, *said.foot))

    def _version(self) -> str:
        if self.locked is None:
            return _("Not locked: the figures may still change.")
        return _("Locked {day}, version {n}.").format(
            day=i18n.day(self.locked.locked_at), n=self.locked.version
        )

    def _changed(self) -> str:
        if not self.late:
            return ""
        return ngettext(
            "Changed after locking: {n} new.", "Changed after locking: {n} new.", self.late
        )


def report(data: Path, month: date, unit_id: str | None = None) -> Report:
    """A month's report: the newest locked version, else what the warehouse says now.

    Raises NoData when neither has the month.
    """
    store = decisions.open_store(data) if decisions.is_used(data) else None
    versions = decisions.locked(store, month, unit_id or "") if store else []
    now = _now(data, month, unit_id)
    if not versions:
        if now is None:
            raise NoData(f"{month:%Y-%m}")
        return Report(now, _sentences(store, now))
    kept: Figures = from_json(Figures, versions[0].figures)
    said = {code: tuple(lines) for code, lines in versions[0].sentences.items()}
    late = max(0, now.received - kept.received) if now else 0
    return Report(kept, said, versions[0], late)


def lock_month(
    data: Path, month: date, role: str, reason: str | None = None, *, unfinished: bool = False
) -> int:
    """Locks the municipality's report and every unit's; returns the version.

    Raises NoData, Unfinished unless `unfinished` allows a month that is not over, or BadDecision
    when the month is locked and no reason is given.
    """
    store = decisions.open_store(data)
    now = _now(data, month, None)
    if now is None:
        raise NoData(f"{month:%Y-%m}")
    if now.unfinished_on and not unfinished:
        raise Unfinished(month, now.unfinished_on)
    found = [now, *(each for unit in units(data) if (each := _now(data, month, unit)))]
    return decisions.lock(
        store,
        role,
        month,
        [
            decisions.ToLock(
                each.unit_id or "",
                to_json(each),
                {code: list(lines) for code, lines in _sentences(store, each).items()},
            )
            for each in found
        ],
        reason,
    )


def make(
    one: Report, language: str, formats: tuple[str, ...], definitions: Mapping[str, str]
) -> dict[str, bytes]:
    """The files of a report, by format."""
    said = one.document(language)
    with _in(language):
        return {name: render(said, name, definitions) for name in formats}


def render(said: Document, name: str, definitions: Mapping[str, str]) -> bytes:
    """One file. Raises KeyError for a format that there is not."""
    made: Mapping[str, Callable[[], bytes]] = {
        "pdf": lambda: pdf(said),
        "pptx": lambda: pptx(said),
        "xlsx": lambda: xlsx(said, definitions),
    }
    return made[name]()


def units(data: Path) -> list[str]:
    """The ids of the units that have accounts."""
    with warehouse(data) as con:
        return [each.id for each in reference_data.unit_choices(con, Scope(date.min, date.max))]


def newest_month(data: Path) -> date:
    """The newest month that the data cover to its end. Raises NoData without any."""
    with warehouse(data) as con:
        months = reference_data.months_with_data(con)
        day = reference_data.measured_day(con)
    if months is None:
        raise NoData
    return max(months[0], min(months[1], newest_full_month(day)))


def definitions(data: Path) -> dict[str, str]:
    """What every metric means, in the language in use."""
    with warehouse(data) as con:
        return {name: _(text) for name, text in metrics.definitions(con).items()}


def _now(data: Path, month: date, unit_id: str | None) -> Figures | None:
    with contextlib.suppress(NoData):
        return dataclasses.replace(
            _collected(*_version(data), month, unit_id),
            action_items=tuple(action_items_of_month(data, unit_id, month)),
            ownership_before=_owned(data, add_months(month, -1), unit_id),
            ownership_year=_owned(data, add_months(month, -12), unit_id),
        )
    return None


@functools.lru_cache(maxsize=500)
def _collected(
    published: Path,
    changed: int,  # noqa: ARG001 -- part of what is remembered
    month: date,
    unit_id: str | None,
) -> Figures:
    """What a warehouse says of a month: as long as its file is the same, it is asked once."""
    with _reading(published) as con:
        return collect(con, month, unit_id)


def _owned(data: Path, month: date, unit_id: str | None) -> Ownership | None:
    """The ownership that a locked month keeps."""
    store = decisions.open_store(data) if decisions.is_used(data) else None
    versions = decisions.locked(store, month, unit_id or "") if store else []
    if not versions:
        return None
    kept: Figures = from_json(Figures, versions[0].figures)
    return kept.ownership


def _sentences(store: decisions.Store | None, figures: Figures) -> dict[str, tuple[str, ...]]:
    """As they were edited, else the draft, in every language."""
    subject = f"report:{figures.month:%Y-%m}:{figures.unit_id or ''}"
    edited = {
        each.details["language"]: tuple(json.loads(each.details["sentences"]))
        for each in (store.history(subject) if store else ())
        if each.kind == "report_text"
    }
    found = {}
    for code in LANGUAGES:
        with _in(code):
            found[code] = edited.get(code) or draft(figures)
    return found


@contextlib.contextmanager
def _in(language: str) -> Iterator[None]:
    before = i18n.language()
    i18n.use(language)
    try:
        yield
    finally:
        i18n.use(before)


@contextlib.contextmanager
def warehouse(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, read-only. Raises NoData when there is none."""
    with _reading(_published(data)) as con:
        yield con


def _version(data: Path) -> tuple[Path, int]:
    """The file that the pointer names, and when it was written. Raises NoData."""
    file = _published(data)
    return file, file.stat().st_mtime_ns


def _published(data: Path) -> Path:
    """The file of the published warehouse. Raises NoData when there is none."""
    pointer = published.pointer(data)
    if pointer is None:
        raise NoData
    return published.warehouse_path(data, pointer)


@contextlib.contextmanager
def _reading(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        yield con
