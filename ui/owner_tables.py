"""The tables of the ownership page: requirements, the matrix, what to do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from svarvakt.i18n import _, number, short_day
from svarvakt.metrics import OwnershipFigures, OwnershipRow, OwnershipUnit, Rate
from svarvakt.metrics.reference_data import RegisterProblem
from ui import download, markup
from ui.markup import Cell, Link, paragraph
from ui.owner_words import mark
from ui.register_reasons import worded
from ui.words import platform, rate_and_counts, unit


def legend() -> None:
    paragraph(_("✓ meets the requirement, – does not, ? nobody has looked yet."), "sv-muted")


def _requirements() -> list[str]:
    return [
        _("Has a unit"),
        _("Has an editor"),
        _("Has an administrator"),
        _("Communications told"),
        _("Shows that it is the municipality's"),
    ]


def requirements(figures: OwnershipFigures) -> None:
    """Each requirement by itself, and good practice beside it, never mixed in."""
    met = (
        figures.has_unit,
        figures.has_editor,
        figures.has_administrator,
        figures.is_told,
        figures.shows_belonging,
    )
    unknown = (None, None, None, None, figures.belonging_unknown)
    rows = [
        [
            name,
            rate_and_counts(Rate(n, figures.accounts)),
            number(figures.accounts - n - (unsure or 0)),
            "–" if unsure is None else number(unsure),
        ]
        for name, n, unsure in zip(_requirements(), met, unknown, strict=True)
    ]
    markup.table(
        _("Accounts that meet each requirement, of {n}").format(n=number(figures.accounts)),
        [_("Requirement"), _("Meets it"), _("Lacks it"), _("Not looked at")],
        rows,
        frozenset({1, 2, 3}),
    )
    if figures.told_declared:
        paragraph(
            _("Of those told, {n} are known from before, date unknown.").format(
                n=number(figures.told_declared)
            ),
            "sv-muted",
        )


def matrix(accounts: Sequence[OwnershipRow]) -> None:
    """Account x requirement, alphabetical."""
    legend()
    headers = [_("Account"), _("Platform"), _("Unit"), *_requirements()]
    markup.table(
        _("Requirements per account"),
        headers,
        [
            [_named(each), platform(each.platform), unit(each.unit_name), *_marks(each)]
            for each in accounts
        ],
    )
    download.button(
        "kontoeierskap",
        [*headers, _("Meets all"), _("Told on")],
        lambda: [
            [
                each.account_name,
                platform(each.platform),
                unit(each.unit_name),
                *_marks(each),
                each.meets_all,
                each.told_on,
            ]
            for each in accounts
        ],
    )


def _named(account: OwnershipRow) -> Cell:
    return Link(account.account_name, account.url)


def _marks(account: OwnershipRow) -> list[str]:
    return [
        mark(each)
        for each in (
            account.unit,
            account.editor,
            account.administrator,
            account.told,
            account.belonging,
        )
    ]


def good_practice(accounts: Sequence[OwnershipRow]) -> None:
    """Beside the requirements, never mixed in."""
    confirmation = {"never": _("never"), "expired": _("expired"), "valid": _("valid")}
    markup.table(
        _("Good practice per account"),
        [
            _("Account"),
            _("Two administrators"),
            _("Two-factor"),
            _("Municipal recovery e-mail"),
            _("Risk assessed"),
            _("Confirmed"),
        ],
        [
            [
                _named(each),
                *(
                    mark(value)
                    for value in (
                        each.two_administrators,
                        each.two_factor,
                        each.recovery_email,
                        each.risk_assessed,
                    )
                ),
                confirmation[each.confirmation],
            ]
            for each in accounts
        ],
    )


def units(figures: Sequence[OwnershipUnit]) -> None:
    """Units with accounts, alphabetical."""
    markup.table(
        _("Accounts that meet the requirements, per unit"),
        [
            _("Unit"),
            _("Accounts"),
            _("Meets all"),
            _("Editor"),
            _("Administrator"),
            _("Told"),
            _("Shows belonging"),
        ],
        [
            [
                unit(each.unit_name),
                *(
                    number(n)
                    for n in (
                        each.accounts,
                        each.meets_all,
                        each.has_editor,
                        each.has_administrator,
                        each.is_told,
                        each.shows_belonging,
                    )
                ),
            ]
            for each in figures
        ],
        frozenset(range(1, 7)),
    )


def to_do(title: str, advice: str, accounts: Sequence[OwnershipRow]) -> None:
    """One list: what is missing, the next step, the accounts."""
    with st.expander(f"{title} ({number(len(accounts))})"):
        paragraph(advice)
        markup.table(
            title,
            [_("Account"), _("Platform"), _("Unit"), _("Told on")],
            [
                [
                    _named(each),
                    platform(each.platform),
                    unit(each.unit_name),
                    short_day(each.told_on) if each.told_on else "–",
                ]
                for each in accounts
            ],
        )


def problems(found: Sequence[RegisterProblem]) -> None:
    """What could not be read in the register, with the place to mend it."""
    if not found:
        return
    with st.expander(
        _("Lines in the register that could not be read") + f" ({len(found)})", expanded=True
    ):
        markup.table(
            _("Problems in the register"),
            [_("File"), _("Line"), _("Column"), _("Problem")],
            [
                [
                    each.file,
                    "–" if each.line is None else str(each.line),
                    each.column or "–",
                    worded(each.problem),
                ]
                for each in found
            ],
            frozenset({1}),
        )
