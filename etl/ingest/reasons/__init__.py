"""Every reason and warning of the import: a code with its values, worded when it is shown.

`ROWS` say what became of a row, `FILES` what became of a file and what its reader should know,
`COLUMN_MAPPINGS` what is wrong with a mapping of columns that a person made. The
templates are bokmål, the language of `--json` and of what is stored; `ui/reason_words.py` has the
reader's. In SQL a reason is its code, and behind a colon the one value that it may have.
"""

from __future__ import annotations

import re
from functools import cache

import duckdb

from etl.ingest.reasons.column_mappings import COLUMN_MAPPINGS
from etl.ingest.reasons.files import FILES
from etl.ingest.reasons.rows import ROWS

__all__ = ("ALL", "ROWS", "Reason", "read_reason", "reason", "row_reason", "row_reasons_table")

ALL = ROWS | FILES | COLUMN_MAPPINGS

_VALUE = re.compile(r"\{(\w+)\}")


class Reason(str):
    """A sentence in bokmål that knows its `code` and `values`."""

    __slots__ = ("code", "values")
    code: str
    values: dict[str, str]


def reason(code: str, **values: object) -> Reason:
    """The sentence of a code. Raises KeyError for a code or value that it does not have."""
    texts = {name: str(value) for name, value in values.items()}
    sentence = Reason(ALL[code].format_map(texts))
    sentence.code, sentence.values = code, texts
    return sentence


def row_reason(text: str) -> Reason:
    """What SQL writes of a row: `code`, or `code:value`."""
    code, _, value = text.partition(":")
    return reason(code, **dict.fromkeys(_VALUE.findall(ROWS[code]), value))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each template as a pattern, those with the most fixed text first."""
    ordered = sorted(ALL, key=lambda code: -len(_VALUE.sub("", ALL[code])))
    return tuple((code, _pattern(ALL[code])) for code in ordered)


def _pattern(template: str) -> re.Pattern[str]:
    text, seen = "", set()
    for part in re.split(r"(\{\w+\})", template):
        name = part[1:-1]
        if not _VALUE.fullmatch(part):
            text += re.escape(part)
        elif name in seen:
            text += f"(?P={name})"
        else:
            text += f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(text, re.DOTALL)


def read_reason(sentence: str) -> Reason | None:
    """The reason behind a stored sentence; None for one that no template gives."""
    for code, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            return reason(code, **found.groupdict())
    return None


def row_reasons_table(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `row_reasons(code, template)`, and the macros that word a row's reason."""
    con.execute("CREATE OR REPLACE TEMP TABLE row_reasons (code VARCHAR, template VARCHAR)")
    con.executemany("INSERT INTO row_reasons VALUES (?, ?)", [list(row) for row in ROWS.items()])
    con.execute(
        "CREATE OR REPLACE TEMP MACRO reason_code(reason) AS split_part(reason, ':', 1);"
        "CREATE OR REPLACE TEMP MACRO reason_value(reason) AS "
        r"nullif(regexp_extract(reason, '^\w+:(.*)$', 1, 's'), '');"
        "CREATE OR REPLACE TEMP MACRO worded(template, reason) AS "
        r"regexp_replace(template, '\{\w+\}', coalesce(reason_value(reason), ''))"
    )
