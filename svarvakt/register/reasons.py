"""What the register's check says, in bokmål: a code with its values.

`ui/register_reasons.py` has the reader's words.
A problem's message is a fault, and behind it what became of the line or the cell (`OUTCOMES`).
"""

from __future__ import annotations

from svarvakt.reasons import Reason, ReasonTable

# How the sentence «Her skal det stå …» ends, by the kind of a column.
EXPECTED = {
    "expected_text": "en tekst",
    "expected_list": "en liste skilt med |",
    "expected_choice": "ett av ordene {words}",
    "expected_date": "en dato som 2026-05-17 eller 17.05.2026",
    "expected_told": "en dato som 17.05.2026, eller «kjent per 17.05.2026»",
    "expected_yes_no": "ja eller nei",
    "expected_platforms": "plattformer skilt med | ({platforms}), eller ingen",
    "expected_account_id": "plattform, kolon og id, som facebook:fjordvik",
    "expected_native_id": "hele id-en (Excel har gjort om tallet; gjør kolonnen om til tekst)",
    "expected_identities": "id-er og navn skilt med |, i en kolonne som Excel ser som tekst",
    "expected_url": "en nettadresse som begynner med https://",
    "expected_org_number": "et organisasjonsnummer: ni sifre der det siste stemmer",
    "expected_number": "et tall som 7,5, ikke under 0",
    "expected_whole": "et helt tall, ikke under 0",
    "expected_time": "et klokkeslett som 08:00",
    "expected_weekdays": "ukedager som man, man|ons eller man-fre",
    "expected_subject": "en e-postadresse, eller role: og navnet på en rolle",
}
OUTCOMES = {
    "line_left_out": "Linjen er ikke tatt med.",
    "cell_emptied": "Cellen leses som tom.",
    "cell_read_as_yes": "Cellen leses som ja til det er rettet.",
}
FAULTS = {
    # A cell.
    "cell_is_empty": "Her skal det stå {expected}, men cellen er tom.",
    "cell_is_other": "Her skal det stå {expected}, men det står noe annet.",
    "cell_is_email": "Her skal det stå {expected}, men det står en e-postadresse.",
    "cell_is_text": "Her skal det stå {expected}, men det står «{text}».",
    # A header or a line.
    "columns_missing": ("Kolonnen {columns} mangler, så filen kan ikke leses. Her står {headers}."),
    "column_unknown": "Kolonnen er ukjent og blir ikke lest.",
    "column_twice": "Kolonnen står to ganger ({column}). Den første gjelder.",
    "too_many_cells": "Linjen har {cells} celler, men det er {columns} kolonner.",
    "line_repeated": "Det samme står på linje {line}.",
    # A file.
    "table_unknown": "Filen er ikke lest. Registeret har {tables}.",
    "sheet_unknown": "Arket er ikke lest; navnet er ukjent.",
    "table_twice": "Finnes også som ark i {workbook}. CSV-filen gjelder.",
    "file_not_opened": "Filen kan ikke åpnes. Er den åpen i Excel?",
    "file_not_utf8": (
        "Filen er ikke lagret som UTF-8. Kontroller æ, ø og å, og lagre den som UTF-8."
    ),
    "file_empty": "Filen er tom; den skal begynne med kolonnene.",
    "workbook_not_opened": (
        "Arbeidsboken kan ikke åpnes. Er den skadet, låst med passord eller åpen?"
    ),
    # Units.
    "unit_unknown": "Enheten «{unit}» finnes ikke i units.csv.",
    "unit_not_found": "Enheten finnes ikke i units.csv.",
    "unit_refers_to_itself": "Enheten viser til seg selv.",
    "unit_above_itself": "Enheten er, ledd for ledd, overordnet seg selv.",
    "before_first_day": "Datoen er før datoen i {column}.",
    "versions_overlap": (
        "Overlapper med linje {line}, som gjelder fra {day}. Linjen leses som om den gjelder til "
        "dagen før."
    ),
    # Accounts and people.
    "id_of_other_platform": "Kontoens id begynner med {named}, men her står {platform}.",
    "address_of_other_platform": "Adressen er på {named}, men her står {platform}.",
    "identity_taken": "«{identity}» er også brukt på linje {line}, som beholder det.",
    "account_not_found": "Kontoen finnes ikke i accounts.csv.",
    "role_needs_cell": "Rollen {role} gjelder bare det som står her, men cellen er tom.",
    "role_needs_empty_cell": "Rollen {role} kan ikke avgrenses her; cellen skal være tom.",
    # Opening hours.
    "exception_needs_day": "En linje av typen {kind} må ha en dato eller en ukedag.",
    "closed_day_with_time": "En stengt dag har ikke klokkeslett. Bruk halvdag.",
    "half_day_without_time": ("En halv dag må ha et klokkeslett for når dere åpner eller stenger."),
    "hours_need_both_times": "En åpningstid må si både når dere åpner og når dere stenger.",
    "closes_before_opening": "Dere må stenge senere enn dere åpner.",
    # Targets and settings.
    "target_unit": "Enheten til {metric} er en av disse: {units}.",
    "target_zero": "En frist må være over 0.",
    "target_over_100": "Et mål i prosent er høyst 100.",
    "target_ends_first": "Målet slutter før det begynner.",
    "setting_unknown": "«{key}» er ukjent. Kjente innstillinger: {known}.",
    "setting_value": "{key} skal være {expected}, men det står «{text}».",
    # A pasted list of units.
    "pasted_column_unknown": "Kolonnen «{column}» er ukjent og blir ikke lest.",
    "pasted_name_missing": "Her mangler navnet på enheten.",
    "pasted_id_known": "Id-en «{unit}» finnes fra før. Enheten er ikke lagt til på nytt.",
    "pasted_name_known": "«{unit}» finnes fra før. Enheten er ikke lagt til på nytt.",
    "pasted_kind_unknown": "Typen «{kind}» er ukjent. Her står det «enhet».",
    "pasted_parent_unknown": "Den overordnede enheten «{unit}» finnes ikke. Feltet er tomt.",
}
ALL = FAULTS | OUTCOMES | EXPECTED

reason = ReasonTable(ALL).reason
read_expected = ReasonTable(EXPECTED).read
LEFT_OUT, EMPTIED, READ_AS_YES = map(reason, OUTCOMES)
_FAULTS = ReasonTable(FAULTS)


def read_message(message: str) -> list[Reason]:
    """The fault of a problem's message and what became of it; empty for other sentences."""
    outcomes = [each for each in (LEFT_OUT, EMPTIED, READ_AS_YES) if message.endswith(f" {each}")]
    fault = _FAULTS.read(message.removesuffix(f" {outcomes[0]}") if outcomes else message)
    return [] if fault is None else [fault, *outcomes]
