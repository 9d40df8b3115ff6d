"""Tables about files: what each one is and holds; columns of noughts are left out."""

from __future__ import annotations

from collections.abc import Sequence

from etl.ingest.batch import FileReport
from svarvakt.i18n import _, number
from ui import importing, markup
from ui.format_words import format_name
from ui.reason_words import worded
from ui.words import NONE, platform

Counts = dict[str, list[int]]


def file_tables(useful: Sequence[FileReport], refused: Sequence[FileReport]) -> None:
    """What files give or gave, what is worth knowing of them, and why others cannot be used."""
    if useful:
        texts = [
            [importing.file_name(one), format_name(one.format), account_words(one.account_id)]
            for one in useful
        ]
        counted = counts([(f.posts, f.comments, f.replies, f.days, f.rejected) for f in useful])
        table_with_counts(_("What the files give"), file_headers(), texts, counted)
    said = [
        [importing.file_name(one), worded(warning)] for one in useful for warning in one.warnings
    ]
    if said:
        markup.table(_("Worth knowing"), [_("File"), _("Remark")], said)
    if refused:
        markup.table(
            _("Cannot be used as they are"),
            [_("File"), _("Why, and what to do")],
            [[importing.file_name(one), worded(one.reason or "")] for one in refused],
        )


def file_headers() -> list[str]:
    """The columns of words that every such table begins with."""
    return [_("File"), _("What it is"), _("Account")]


def counts(rows: Sequence[Sequence[int]]) -> Counts:
    """Header → counts, file by file, of (posts, comments, own replies, daily figures, rejected)."""
    names = (
        _("Posts"), _("Comments"), _("Own replies"), _("Daily figures"), _("Rejected rows"),
    )  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)]
    return dict(zip(names, columns, strict=True)) if columns else {}


def table_with_counts(
    caption: str, headers: Sequence[str], texts: Sequence[Sequence[str]], counted: Counts
) -> None:
    """Words first, then the counts that anything is in, as numbers."""
    used = {name: column for name, column in counted.items() if any(column)}
    rows = [
        [*text, *(number(column[at]) for column in used.values())] for at, text in enumerate(texts)
    ]
    numbers = range(len(headers), len(headers) + len(used))
    markup.table(caption, [*headers, *used], rows, frozenset(numbers))


def account_words(account_id: str | None, name: str | None = None) -> str:
    """`Facebook · kommunen`, or that the file does not say."""
    code, _colon, own = (account_id or "").partition(":")
    if not code:
        return NONE
    named = name if name and name != account_id else own
    if named == "unknown":
        named = _("not said")
    return f"{platform(code)} · {named}"
