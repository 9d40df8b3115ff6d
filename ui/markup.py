"""Text made safe for the page, and the small shapes that Streamlit has no element for.

Everything that comes from data goes through `escape` here: a comment is never
read as Markdown or HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere. An unsafe address leaves the text alone."""

    text: str
    address: str | None


Cell = str | Link


def escape(text: str) -> str:
    return html.escape(text, quote=True)


def is_safe(address: str | None) -> bool:
    """Only web addresses may be followed (no javascript:, data: or file:)."""
    try:
        return bool(address) and urlsplit(address or "").scheme in ("http", "https")
    except ValueError:
        return False


def link(text: str, address: str | None) -> str:
    """An anchor that opens beside the dashboard, or the escaped text alone."""
    if not is_safe(address):
        return escape(text)
    return (
        f'<a href="{escape(str(address))}" target="_blank" rel="noopener noreferrer">'
        f"{escape(text)}</a>"
    )


def mark(key: str) -> None:
    """Says to whoever watches the page (a test, a monitor) how far it came; readers see nothing."""
    with st.container(key=key):
        st.html("<span hidden></span>")


def paragraph(text: str, style: str = "") -> None:
    """A paragraph of plain text in one of our styles."""
    if text:
        st.html(f'<p class="{style}">{escape(text)}</p>')


def paragraphs(texts: Iterable[str]) -> None:
    """Several under each other, as one element; what is empty is left out."""
    st.html("".join(f"<p>{escape(text)}</p>" for text in texts if text))


def note(text: str, kind: str = "") -> None:
    """A remark beside the figures; `kind` is '', 'done', 'warning' or 'demo'."""
    role = ' role="status"' if kind else ""
    st.html(f'<div class="sv-note sv-{kind}"{role}>{escape(text)}</div>')


def beside(words: str, width: int, *, horizontal: bool = False) -> DeltaGenerator:
    """Shows HTML and gives a place beside it, so many pixels wide; below it where it is narrow.

    Two columns are three blocks to send, row by row; this is two.
    """
    row = st.container(horizontal=True, vertical_alignment="center")
    row.html(f'<div class="sv-beside">{words}</div>')
    return row.container(horizontal=horizontal, gap="small", width=width)


def table(
    caption: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    numbers: frozenset[int] = frozenset(),
    *,
    is_titled: bool = False,
) -> None:
    """A table with headers that a screen reader knows; `numbers` are right-aligned columns.

    `is_titled`: the heading above it says the same, so the caption is for screen readers alone.
    """
    head = "".join(
        f'<th scope="col"{_style(i, numbers)}>{escape(text)}</th>' for i, text in enumerate(headers)
    )
    body = "".join(f"<tr>{_row(row, numbers)}</tr>" for row in rows)
    hidden = ' class="sv-for-screen-readers"' if is_titled else ""
    st.html(
        f'<div class="sv-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="sv-table"><caption{hidden}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _style(column: int, numbers: frozenset[int]) -> str:
    return ' class="sv-number"' if column in numbers else ""


def _row(row: Sequence[Cell], numbers: frozenset[int]) -> str:
    first = f'<th scope="row">{_cell(row[0])}</th>'
    return first + "".join(
        f"<td{_style(i, numbers)}>{_cell(cell)}</td>" for i, cell in enumerate(row) if i
    )


def _cell(cell: Cell) -> str:
    return link(cell.text, cell.address) if isinstance(cell, Link) else escape(cell)
