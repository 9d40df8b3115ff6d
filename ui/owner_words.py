"""What the ownership page says about its figures."""

from __future__ import annotations

from collections.abc import Sequence

from svarvakt.i18n import _, ngettext, number
from svarvakt.metrics import (
    Mark,
    OwnershipFigures,
    OwnershipRow,
    Rate,
    ToldFigures,
    accounts_status,
    official_status,
)
from ui.cards import MOODS, State

SYMBOLS: dict[Mark, str] = {
    "yes": "✓",
    "no": "–",
    "unknown": "?",
    "exception": "✓",
    "declared": "✓",
}


def mark(value: Mark) -> str:
    """Symbol and word together: `✓ ja`, `– nei`, `? ukjent`."""
    words = {
        "yes": _("yes"),
        "no": _("no"),
        "unknown": _("unknown"),
        "exception": _("exception"),
        "declared": _("known from before"),
    }
    return f"{SYMBOLS[value]}\u00a0{words[value]}"


def finding(figures: OwnershipFigures) -> str:
    """How many accounts meet every requirement, and how many nobody registered."""
    if not figures.accounts:
        return _(
            "No account is known yet. Register the accounts in accounts.csv, or read in a "
            "file from a platform."
        )
    said = _("{part} of {accounts} meet every requirement").format(
        part=number(figures.meets_all),
        accounts=ngettext("{n} account", "{n} accounts", figures.accounts),
    )
    if figures.unregistered == 0:
        return said + "."
    return f"{said}. {denominator(figures.accounts, figures.unregistered)}"


def denominator(accounts: int, unregistered: int) -> str:
    """`36 = 35 registrerte + 1 sett i eksporter`: what every figure and list of the page is of."""
    return _("{accounts} = {registered} registered + {seen} seen in exports.").format(
        accounts=number(accounts),
        registered=number(accounts - unregistered),
        seen=number(unregistered),
    )


def meets_state(figures: OwnershipFigures) -> State | None:
    """M14: all, at least 90 % or less, however few the accounts are."""
    if figures.rate.share is None:
        return None
    status = accounts_status(figures.rate)
    lacking = ngettext("{n} lacks something", "{n} lack something", figures.rate.missing)
    return State(_("all in order") if status.state == "kept" else lacking, MOODS[status.state])


def unregistered_state(figures: OwnershipFigures) -> State:
    """G5: an account in an export that nobody registered = not kept."""
    if figures.unregistered:
        return State(_("register them"), "late")
    return State(_("none found"), "good")


def official_state(official: Rate) -> State | None:
    """G1 (M19)."""
    if official.share is None:
        return State(_("no official account is registered"))
    status = official_status(official)
    missing = ngettext(
        "{n} without an administrator from communications",
        "{n} without an administrator from communications",
        official.missing,
    )
    is_kept = status.state == "kept"
    words = _("communications is administrator of all") if is_kept else missing
    return State(words, MOODS[status.state])


def confirmed_state(figures: OwnershipFigures) -> State:
    """Good practice: never coloured."""
    return State(
        _("{never} never, {expired} expired").format(
            never=number(figures.confirmed_never), expired=number(figures.confirmed_expired)
        )
    )


def to_do(accounts: Sequence[OwnershipRow]) -> list[tuple[str, str, list[OwnershipRow]]]:
    """What is missing, the next step, and the accounts it concerns; empty lists left out.

    Each list is as long as the figure beside it says, so what nobody registered stands in all that
    it lacks.
    """
    lists = (
        (
            _("Not registered"),
            _("Add a line in accounts.csv with unit, editor and date told."),
            [each for each in accounts if not each.is_registered],
        ),
        (
            _("Without a unit, editor or administrator"),
            _(
                "Fill in the unit and the editor in accounts.csv and the administrators in "
                "administrators.csv."
            ),
            [each for each in accounts if _lacks(each.unit, each.editor, each.administrator)],
        ),
        (
            _("Communications has not been told"),
            _(
                "Fill in the date told in accounts.csv, or «kjent per» and a date if it was "
                "known from before."
            ),
            [each for each in accounts if _lacks(each.told)],
        ),
        (
            _("Ownership never confirmed"),
            _(
                "Ask the unit whether the line in the register is still right, and fill in the "
                "date."
            ),
            [each for each in accounts if each.confirmation == "never"],
        ),
    )
    return [each for each in lists if each[2]]


def _lacks(*marks: Mark) -> bool:
    """What nobody has registered is not met either: no figure counts it as met."""
    return any(mark in ("no", "unknown") for mark in marks)


def told_words(told: ToldFigures) -> str:
    """M15: days from opened to told, unknown dates apart."""
    parts = _(
        "Told: {dated} with both dates known, {declared} known from before, {missing} not "
        "told, {unregistered} of them not registered."
    ).format(
        dated=number(told.dated),
        declared=number(told.declared),
        missing=number(told.not_told + told.unregistered),
        unregistered=number(told.unregistered),
    )
    if told.median_days is None:
        return parts + " " + _("Fewer than five have both dates: no median is shown.")
    return (
        parts
        + " "
        + ngettext(
            "Half were told within {n} day.",
            "Half were told within {n} days.",
            round(told.median_days),
        )
    )
