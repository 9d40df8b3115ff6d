"""Our own template as an empty workbook to fill in (docs/template.md)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from etl.ingest.sources._template import Template
from etl.ingest.sources.svarvakt_workbook import GUIDANCE, OURS

WIDTH = 22  # characters
LANGUAGES = ("nb", "en")  # the order of the names in the templates
SHEETS = {"svarvakt_posts": ("Innlegg", "Posts"), "svarvakt_comments": ("Kommentarer", "Comments")}
EXAMPLE = "EKSEMPEL"  # rows whose id begins so are never read
# What the example's cells say, and what each column is for.
CELLS = {
    "platform": ("facebook", "facebook, instagram, linkedin, x, youtube, tiktok, threads …"),
    "account": ("fjordvik", "Kontoens brukernavn, slik det står i lenken til profilen."),
    "post_id": (f"{EXAMPLE}-1", "ID-en i lenken til innlegget. Den samme i begge ark."),
    "post_url": ("https://www.facebook.com/fjordvik/posts/1", "Lenken til innlegget."),
    "created_at": ("02.03.2026 08:15", "Dag, måned, år og klokkeslett, norsk tid."),
    "post_type": ("bilde", "Bilde, video, lenke eller tekst."),
    "text": ("Når åpner badet?", "Teksten, uten navn på privatpersoner."),
    "comment_id": (f"{EXAMPLE}-2", "Et nummer eller en ID som bare denne kommentaren har."),
    "comment_url": ("", "Lenken til kommentaren."),
    "parent_id": ("", "ID-en til kommentaren som denne svarer på. Tomt for nye henvendelser."),
    "direction": ("nei", "«ja» for kontoens egne svar, «nei» for alt andre har skrevet."),
    "hidden": ("nei", "«ja» når kommentaren er skjult."),
    "attachment": ("nei", "«ja» når kommentaren har et bilde eller klistremerke."),
    "likes": ("0", "Likerklikk på kommentaren. Tomt når du ikke vet."),
    "replies": ("1", "Hvor mange svar plattformen viser. Tomt når du ikke vet."),
    "agent": ("", "Hvem som svarte. Sammenlignes med registeret og slettes straks."),
}
FIGURE = ("", "Et helt tall. La ruten stå tom når du ikke vet.")


def empty_workbook(language: str = "nb") -> bytes:
    """The template as .xlsx: the two sheets with an example, and one that explains the columns.

    Every cell is text, so that Excel cannot destroy ids or turn dates. The example is not read.
    """
    at = LANGUAGES.index(language)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for template in OURS[::-1]:
            sheet = book.add_worksheet(SHEETS[template.name][at])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(template.columns) - 1, WIDTH, text)
            for number, (field, names) in enumerate(template.columns.items()):
                sheet.write_string(0, number, _name(names, at), bold)
                sheet.write_string(1, number, CELLS.get(field, FIGURE)[0], text)
        _explain(book, at, {"bold": bold, "wrapped": wrapped})
    return out.getvalue()


def _name(names: tuple[str, ...], at: int) -> str:
    return names[min(at, len(names) - 1)]


def _explain(book: Any, at: int, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(GUIDANCE)
    sheet.set_column(0, 1, WIDTH)
    sheet.set_column(2, 2, 3 * WIDTH, formats["wrapped"])
    sheet.write_row(0, 0, ("Ark", "Kolonne", "Hva du skriver"), formats["bold"])
    rows = [row for template in OURS[::-1] for row in _lines(template, at)]
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)


def _lines(template: Template, at: int) -> list[tuple[str, str, str]]:
    return [
        (
            SHEETS[template.name][at],
            _name(names, at),
            ("Må fylles ut. " if field in template.required else "") + CELLS.get(field, FIGURE)[1],
        )
        for field, names in template.columns.items()
    ]
