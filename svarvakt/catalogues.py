"""Keeps the catalogues of the interface in step with the code: `python3 start.py words`.

Extracts every text that the code says and every definition of a metric, adds what is new to each
catalogue with an empty translation, and drops what nobody says any more. The English catalogue
holds only what differs from its own id: gettext answers with the id for the rest.
"""

from __future__ import annotations

import io
import re
import sys

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from svarvakt.i18n import LANGUAGES, catalogue_path
from svarvakt.settings import PROJECT

# Where the interface speaks.
INTERFACE = (
    "dashboard.py",
    "pages/**/*.py",
    "reports/*.py",
    "svarvakt/charts/*.py",
    "svarvakt/i18n.py",
    "ui/**/*.py",
)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
WIDTH = 100
ENGLISH = "en"
COMMENT = re.compile(r"COMMENT ON VIEW \w+ IS\s+'((?:[^']|'')*)'")
HEADER = """\
# Svarvakt: {name}.
msgid ""
msgstr ""
"Project-Id-Version: Svarvakt\\n"
"Language: {code}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Id = str | tuple[str, str]


def extracted() -> dict[str, Id]:
    """Every text by its (singular) id, the definitions of the metrics among them."""
    found: dict[str, Id] = {text: text for text in definitions()}
    for pattern in INTERFACE:
        for path in sorted(PROJECT.glob(pattern)):
            for _line, text, _comments, _context in extract_from_file(
                "python", path, keywords=KEYWORDS
            ):
                one: Id = text if isinstance(text, str) else (text[0], text[1])
                found[first(one)] = one
    return found


def definitions() -> dict[str, str]:
    """The comments on the metrics' views, bokmål, each with the file that it stands in."""
    found = {}
    for path in sorted((PROJECT / "svarvakt/metrics").glob("*.sql")):
        for text in COMMENT.findall(path.read_text("utf-8")):
            found[text.replace("''", "'")] = path.name
    return found


def first(text: object) -> str:
    """A message's id; of a plural one the singular."""
    return text if isinstance(text, str) else str(text[0])  # type: ignore[index]


def forms(words: object) -> list[str]:
    """The one form of a message, or those of a plural one."""
    return [words] if isinstance(words, str) else [str(each) for each in words or ()]  # type: ignore[attr-defined]


def is_its_own(message: Message) -> bool:
    """Whether an English message says what its id says."""
    return forms(message.string) == forms(message.id)


def merged(code: str, texts: dict[str, Id]) -> Catalog:
    """The catalogue of a language with exactly these texts, sorted by id; new ones are empty."""
    with catalogue_path(code).open("rb") as file:
        known = read_po(file)
    catalogue, from_sql = Catalog(locale=known.locale), definitions()
    for name in sorted(texts):
        message = known.get(name)
        if code == ENGLISH and name not in from_sql and (not message or is_its_own(message)):
            continue
        empty: Id = "" if isinstance(texts[name], str) else ("", "")
        comment = [f"Definition: {from_sql[name]}"] if name in from_sql else []
        catalogue.add(texts[name], message.string if message else empty, auto_comments=comment)
    return catalogue


def written(code: str, texts: dict[str, Id]) -> bytes:
    """The file of a language with exactly these texts."""
    body = io.BytesIO()
    write_po(body, merged(code, texts), width=WIDTH, sort_output=True, omit_header=True)
    return HEADER.format(name=LANGUAGES[code], code=code).encode() + body.getvalue()


def update() -> dict[str, list[str]]:
    """Writes the three catalogues; returns by language the ids that lack a translation."""
    texts, lacking = extracted(), {}
    for code in LANGUAGES:
        content = written(code, texts)
        catalogue_path(code).write_bytes(content)
        said = read_po(io.BytesIO(content))
        lacking[code] = [first(each.id) for each in said if each.id and not any(forms(each.string))]
    return lacking


def main() -> int:
    """Updates the catalogues and says what is to be translated."""
    lacking = update()
    for code, names in lacking.items():
        for name in names:
            print(f"{catalogue_path(code).relative_to(PROJECT)}: {name}")
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
