"""Words, numbers and dates in the reader's language.

The catalogues (`locale/<language>/LC_MESSAGES/svarvakt.po` beside this module) are compiled in
memory at start, so that no compiled file can lag behind its source. The
language belongs to the running script: Streamlit gives each rerun a thread of
its own, and a context variable follows it.
"""

from __future__ import annotations

import gettext
import io
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from svarvakt import platforms
from svarvakt.settings import ZONE

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
DEFAULT = "nb"
NBSP = "\u00a0"

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_FOLDER = Path(__file__).resolve().parent / "locale"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def use(language: str) -> str:
    """Choose the language of this script run; an unknown one gives bokmål."""
    chosen = language if language in LANGUAGES else DEFAULT
    _language.set(chosen)
    return chosen


def language() -> str:
    return _language.get()


def catalogue_path(code: str) -> Path:
    return _FOLDER / code / "LC_MESSAGES" / "svarvakt.po"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    with catalogue_path(code).open("rb") as file:
        catalogue = read_po(file, locale=_LOCALES[code])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    return _catalogue(language()).gettext(message)


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for it
    """Marks a text of a table for the catalogues; `_` translates it when it is shown."""
    return message


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n`, with `{n}` filled in."""
    return _catalogue(language()).ngettext(one, many, n).replace("{n}", number(n))


def locale() -> Locale:
    return _locale(language())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES[code])


def number(value: float, decimals: int = 0) -> str:
    """`1 234,5` in Norwegian, `1,234.5` in English; always `decimals` digits."""
    return _number(value, decimals, language())


# A page says some hundred numbers and days, mostly the same ones from choice to choice.
@lru_cache(maxsize=20_000)
def _number(value: float, decimals: int, code: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale(code))


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 as `87,3 %`.

    Never rounded up to 100 or down to 0: «100 %» must mean every single one.
    """
    if 0 < share < 1 and round(share * 100, decimals) in (0, 100):
        decimals = max(decimals, 1)
        share = min(max(share, 0.001), 0.999)
    sign = "%" if language() == "en" else NBSP + "%"
    return number(share * 100, decimals) + sign


def signed(value: float, decimals: int = 0) -> str:
    """A change with its sign (a real minus), `+1,2` or `−0,4`."""
    text = number(abs(value), decimals)
    if float(round(value, decimals)) == 0:
        return text
    return ("+" if value > 0 else "\u2212") + text


def local(moment: datetime) -> datetime:
    """A UTC time on the clock in Oslo."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(ZONE)


def day(value: date | datetime) -> str:
    """`7. mai 2026`."""
    moment = local(value) if isinstance(value, datetime) else value
    return str(
        format_date(
            moment, format="d MMM yyyy" if language() == "en" else "d. MMMM yyyy", locale=locale()
        )
    )


def day_and_time(value: datetime) -> str:
    """`7. mai 2026 kl. 08.05` (Språkrådet's form)."""
    moment = local(value)
    clock = format_datetime(moment, "HH:mm" if language() == "en" else "HH.mm", locale=locale())
    return _("{day} at {clock}").format(day=day(value), clock=clock)


def short_day(value: date | datetime) -> str:
    """`07.05.2026`, for columns."""
    moment = local(value) if isinstance(value, datetime) else value
    return str(
        format_date(moment, "dd/MM/yyyy" if language() == "en" else "dd.MM.yyyy", locale=locale())
    )


def month(value: date) -> str:
    """`oktober 2026`."""
    return _month(value, "MMMM yyyy", language())


def short_month(value: date) -> str:
    """`okt. 26`, for axes; short enough for twelve side by side."""
    return _month(value, "LLL yy", language()).replace(".", "")


@lru_cache(maxsize=5_000)
def _month(value: date, pattern: str, code: str) -> str:
    return str(format_date(value, pattern, locale=_locale(code)))


def platform(code: str) -> str:
    """The name of a platform, «Annen plattform» of one that has none here."""
    return platforms.NAMES.get(code) or _("Other platform")


def hours(seconds: float) -> str:
    """Working or elapsed time in hours, in minutes under one hour."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return ngettext("{n} minute", "{n} minutes", minutes)
    value = seconds / 3600
    return _("{n} h").format(n=number(value, 0 if value >= 100 else 1))


def working_days(seconds: float, day_seconds: float) -> str:
    """Working time in the calendar's own days, `2,5 arbeidsdager`."""
    value = seconds / day_seconds
    if value < 1:
        return _("less than a working day")
    return ngettext("{n} working day", "{n} working days", int(value))
