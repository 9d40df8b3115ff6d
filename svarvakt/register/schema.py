"""The files and columns of the register (register.md). This table is the only place they stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from svarvakt.platforms import PLATFORMS
from svarvakt.register.models import Access, Account, Administrator, Setting, Target, Unit
from svarvakt.register.opening_hours import CalendarRow


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its English name, the Norwegian alias, how a cell is read (cell_types.py).

    `choices` maps a word as we store it to other words that mean the same. `if_bad` is what an
    optional cell counts as that can't be read.
    """

    name: str
    alias: str
    kind: str = "text"
    is_required: bool = False
    choices: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    if_bad: Any = None


@dataclasses.dataclass(frozen=True)
class Table:
    """One file (or sheet): what a line becomes, its columns, how people are kept out of messages.

    `is_restricted`: holds personal data, so that no cell is ever quoted in a problem.
    `is_strict`: a line with any bad cell is left out, because an emptied one would mean more.
    """

    name: str
    record: type[Any]
    columns: tuple[Column, ...]
    is_restricted: bool = False
    is_strict: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


def _words(*words: str) -> Mapping[str, tuple[str, ...]]:
    return dict.fromkeys(words, ())


PLATFORM = {**_words(*PLATFORMS), "x": ("twitter",)}
BELONGING = {"ja": ("yes", "true", "1"), "nei": ("no", "false", "0"), "unntak": (), "ukjent": ()}
LANGUAGE = {"bokmal": ("nb",), "nynorsk": ("nn",), "noytral": ("nøytral", "spraknoytral")}
UNIT_KINDS = {
    **_words("sektor", "fagavdeling", "enhet", "avdeling"),
    "KF": ("kommunalt foretak",),
    "samarbeid": (),
    "ekstern": (),
}
ACCOUNT_KINDS = {"official": ("offisiell",), "unit": ("enhet", "enhetskonto")}
ADMINISTRATOR_ROLES = _words("administrator", "reserve", "kommunikasjon")
ACCESS_ROLES = _words("kommunikasjon", "enhetsleder", "administrator", "ledelse")
TARGET_UNITS = {
    "working_hours": ("arbeidstimer",),
    "working_days": ("arbeidsdager", "virkedager"),
    "hours": ("timer",),
    "days": ("dager",),
    "percent": ("prosent", "%"),
}
# What a target can be set for, and the units that make sense; the first is meant when none stands.
TARGET_METRICS = {
    "answer_within": ("working_hours", "working_days"),  # M5: the working clock only
    "answered_within_share": ("percent",),  # M5, G6b
    "response_rate": ("percent",),  # M4, G6b
    "longest_gap": ("working_days", "days"),  # M13, G6a
    "correction_within": ("working_hours", "working_days", "hours", "days"),  # M11, G7
}
# Settings of municipality.csv: how the value is read. Others are kept, with a problem.
SETTING_KINDS = {
    "name": "text",
    "name_patterns": "list",
    "contact": "text",
    "accessibility_url": "url",
    "privacy_url": "url",
    "dpia_ref": "text",
    "dpo_contact": "text",
    "guidelines_url": "url",
    "employees_discussed_on": "date",  # R36
    "long_wait_reference": "text",  # R46
    "raw_days": "whole",
    "text_months": "whole",
    "row_months": "whole",
    "fetch_again_days": "whole",
    "min_administrators_for_response_time": "whole",
    "stale_after_days": "whole",
    "recipients": "list",
    "demonstration": "text",
}

TABLES = (
    Table(
        "units",
        Unit,
        (
            Column("unit_id", "enhet_id", is_required=True),
            Column("name", "navn", is_required=True),
            Column("short_name", "kortnavn"),
            Column("kind", "type", "choice", is_required=True, choices=UNIT_KINDS),
            Column("parent_id", "overordnet_id"),
            Column("leader_role", "enhetsleder_rolle"),
            Column("leader_email", "leder_epost"),
            Column("language_form", "malform", "choice", choices=LANGUAGE),
            Column("org_number", "orgnr", "org_number"),
            Column("is_sensitive_service", "saarbar_tjeneste", "yes_no", if_bad=True),
            Column("valid_from", "gyldig_fra", "date", is_required=True),
            Column("valid_to", "gyldig_til", "date"),
            Column("replaced_by", "erstattet_av"),
            Column("channel_choice", "kanalvalg", "platforms"),
        ),
    ),
    Table(
        "accounts",
        Account,
        (
            Column("account_id", "konto_id", "account_id", is_required=True),
            Column("platform", "plattform", "choice", is_required=True, choices=PLATFORM),
            Column("handle", "handle"),
            Column("native_id", "plattform_id", "native_id"),
            Column("url", "url", "url", is_required=True),
            Column("name", "visningsnavn"),
            Column("identities", "identiteter", "identities"),
            Column("kind", "kontotype", "choice", is_required=True, choices=ACCOUNT_KINDS),
            Column("unit_id", "eier_enhet_id"),
            Column("editor_role", "redaktoransvarlig_rolle"),
            Column("purpose", "formal"),
            Column("opened_on", "opprettet", "date"),
            Column("told_on", "meldt_dato", "told"),
            Column("closed_on", "avviklet", "date"),
            Column("shows_belonging", "viser_tilhorighet", "choice", choices=BELONGING),
            Column(
                "comments_field",
                "kommentarfelt",
                "choice",
                choices=_words("apent", "begrenset", "stengt"),
            ),
            Column(
                "status",
                "status",
                "choice",
                choices=_words("planlagt", "meldt", "aktiv", "pause", "avviklet"),
            ),
            Column("pause_from", "pause_fra", "date"),
            Column("pause_to", "pause_til", "date"),
            Column("risk_assessed_on", "risikovurdert", "date"),
            Column("two_factor", "tofaktor", "yes_no"),
            Column("recovery_email", "gjenoppretting", "yes_no"),
            Column("confirmed_on", "bekreftet", "date"),
            Column("note", "merknad"),
        ),
    ),
    Table(
        "administrators",
        Administrator,
        (
            Column("account_id", "konto_id", "account_id", is_required=True),
            Column("person_ref", "person_ref", is_required=True),
            Column("role", "rolle", "choice", choices=ADMINISTRATOR_ROLES),
            Column("valid_from", "fra", "date", is_required=True),
            Column("valid_to", "til", "date"),
        ),
        is_restricted=True,
        is_strict=True,
    ),
    Table(
        "calendar",
        CalendarRow,
        (
            Column(
                "kind",
                "type",
                "choice",
                is_required=True,
                choices={
                    "apningstid": (),
                    "halvdag": (),
                    "stengt": (),
                    "sommertid": ("sommerarbeidstid",),
                },
            ),
            Column("weekday", "ukedag", "weekdays"),
            Column("date_from", "fra", "date"),
            Column("date_to", "til", "date"),
            Column("opens", "apner", "time"),
            Column("closes", "stenger", "time"),
        ),
        is_strict=True,
    ),
    Table(
        "targets",
        Target,
        (
            Column("metric", "maal", "choice", is_required=True, choices=_words(*TARGET_METRICS)),
            Column("value", "verdi", "number", is_required=True),
            Column("unit", "enhet", "choice", choices=TARGET_UNITS),
            Column("valid_from", "fra", "date", is_required=True),
            Column("adopted_on", "vedtatt", "date"),
            Column("adopted_by_role", "vedtatt_av"),
            Column("valid_to", "til", "date"),
        ),
    ),
    Table(
        "access",
        Access,
        (
            Column("subject", "bruker", "subject", is_required=True),
            Column("role", "rolle", "choice", is_required=True, choices=ACCESS_ROLES),
            Column("unit_id", "enhet_id"),
            Column("account_id", "konto_id", "account_id"),
        ),
        is_restricted=True,
        is_strict=True,
    ),
    Table(
        "municipality",
        Setting,
        (
            Column("key", "nokkel", is_required=True),
            Column("value", "verdi", is_required=True),
            Column("valid_from", "fra", "date"),
        ),
    ),
)
