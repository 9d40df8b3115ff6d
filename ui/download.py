"""Files for Norwegian Excel: semicolons, decimal commas, a byte order mark, no live formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

import streamlit as st

from svarvakt.i18n import _, local
from ui import gate, handed_out, markup
from ui.base_path import base_path

Value = str | int | float | bool | date | datetime | None
# The wide signs, too: some spreadsheets take them for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Value) -> str:
    """One value as Excel in Norwegian reads it; a text that Excel would run is made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime):
        return local(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "'" + value if value.lstrip(" \u00a0").startswith(_FORMULA) else value


def csv_file(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel sees æ, ø and å."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(header) for header in headers])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def button(
    name: str, headers: Sequence[str], rows: Callable[[], Iterable[Sequence[Value]]]
) -> None:
    """A link that downloads a table; the file is made when it is asked for."""
    label = _("Download the table (CSV)")
    file(label, f"{name}.csv", "text/csv", lambda: csv_file(headers, rows()), f"download-{name}")


def file(label: str, file_name: str, mime: str, make: Callable[[], bytes], key: str) -> None:
    """A link that downloads a file, for this reader alone (ui.handed_out)."""
    known = f"token-of-{key}"
    token = handed_out.offer(st.session_state.get(known), gate.owner(), file_name, mime, make)
    st.session_state[known] = token
    address = f"{base_path()}{handed_out.ADDRESS}/{token}"
    with st.container(key=key):
        st.html(
            f'<p><a class="sv-download" href="{address}" download="{markup.escape(file_name)}">'
            f'<span aria-hidden="true">↓</span> {markup.escape(label)}</a></p>'
        )
