"""Are factual errors corrected, and cases handed over? M11 (G7) and M12 (G8)."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import duckdb

from svarvakt.metrics._query import ACCOUNT_NAME, NAMES, UNIT_NAME, fetch, fetch_one, totals
from svarvakt.metrics.question_registry import question
from svarvakt.metrics.rates import THIN, Rate
from svarvakt.metrics.scope import Scope


@dataclasses.dataclass(frozen=True, kw_only=True)
class ErrorFigures:
    """M11 for errors found in the scope's months; `open` and later as it stands now."""

    found: int
    corrected: int
    open: int
    open_over_day: int
    median_hours_to_correction: float | None  # on the clock; None under five corrected
    suggested: int  # comments that say something is wrong, by machine assessment


@dataclasses.dataclass(frozen=True, kw_only=True)
class ErrorRow:
    """One factual error. `about` is item or post; `subject` its id."""

    subject: str
    about: str
    account_id: str
    account_name: str
    unit_id: str | None
    unit_name: str
    platform: str
    found_at: datetime
    corrected_at: datetime | None
    is_open_over_day: bool
    permalink: str | None
    text: str | None  # of the comment or the post; None where none is stored


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseFigures:
    """M12: looks like a case or was referred; months do not matter for what is still open."""

    found: int
    referred: int
    complete: int

    @property
    def not_referred(self) -> int:
        return self.found - self.referred

    @property
    def incomplete(self) -> int:
        """Referred, without a case number or without telling the citizen in the thread."""
        return self.referred - self.complete

    @property
    def rate(self) -> Rate:
        """Handled in full, of all."""
        return Rate(self.complete, self.found)


@question("figures")
def factual_errors(con: duckdb.DuckDBPyConnection, scope: Scope) -> ErrorFigures:
    """M11."""
    sql = f"""
    SELECT
        count(*) AS found, count(corrected_at) AS corrected,
        count(*) - count(corrected_at) AS open,
        count(*) FILTER (is_open_over_day) AS open_over_day,
        CASE WHEN count(corrected_at) >= {THIN}
            THEN median(correction_seconds) FILTER (corrected_at IS NOT NULL) / 3600 END
            AS median_hours_to_correction,
        (SELECT count(*) FROM measured_items
            WHERE {scope.where()} AND is_claiming_error AND standing <> 'class_none') AS suggested
    FROM factual_errors WHERE {scope.where()}
    """
    return fetch_one(con, ErrorFigures, sql, scope.parameters())


@question("items", months=False)
def error_list(
    con: duckdb.DuckDBPyConnection, scope: Scope, limit: int = 50, offset: int = 0
) -> list[ErrorRow]:
    """Every factual error, open ones first, the oldest first. Months do not matter."""
    sql = f"""
    SELECT
        x.subject, x.about, x.account_id, {ACCOUNT_NAME} AS account_name, x.unit_id,
        {UNIT_NAME} AS unit_name, x.platform, x.found_at, x.corrected_at, x.is_open_over_day,
        x.permalink, coalesce(i.text, p.text) AS text
    FROM factual_errors AS x {NAMES}
    LEFT JOIN items AS i ON i.item_id = x.item_id
    LEFT JOIN posts AS p
        ON x.about = 'post' AND p.post_id = x.post_id AND NOT p.is_shared_copy
    WHERE {scope.where("x", months=False)}
    ORDER BY x.corrected_at IS NOT NULL, x.found_at, x.subject LIMIT $limit OFFSET $offset
    """
    page = {"limit": limit, "offset": offset}
    return fetch(con, ErrorRow, sql, scope.parameters(months=False) | page)


@question("figures")
def case_handling(con: duckdb.DuckDBPyConnection, scope: Scope) -> CaseFigures:
    """M12 for items received in the scope's months."""
    sql = f"""
    SELECT {totals("found", "referred", "complete")}
    FROM metric_case_handling WHERE {scope.where()}
    """
    return fetch_one(con, CaseFigures, sql, scope.parameters())
