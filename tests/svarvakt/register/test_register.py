"""The register: what people write is read, checked and never a reason to stop."""

from __future__ import annotations

import dataclasses
import stat
import sys
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svarvakt import register
from svarvakt.register import (
    Access,
    Account,
    Administrator,
    Identity,
    Register,
    Setting,
    Target,
    Told,
    Unit,
    read_register,
    write_register,
)
from svarvakt.register.account_identities import names_in_url, platform_of_address
from svarvakt.register.duckdb_tables import COLUMNS
from svarvakt.register.opening_hours import CalendarRow
from svarvakt.register.text import clean, is_org_number
from tests.support.paths import ROOT

EXAMPLE = ROOT / "docs" / "register-example"
TODAY = date(2026, 11, 2)

UNITS = (
    "unit_id;name;kind;parent_id;valid_from;valid_to;org_number;is_sensitive_service;replaced_by"
)
ACCOUNTS = "account_id;platform;url;kind;handle;native_id;unit_id;told_on;identities"
PAGE = "facebook:fjordvik;facebook;https://facebook.com/fjordvik;official"


def read(folder: Path, **files: str | bytes) -> Register:
    """Writes files as given and reads them; `units` stands for `units.csv`."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / f"{name}.csv").write_bytes(data)
    return read_register(folder)


def lines(*rows: str) -> str:
    return "\r\n".join(rows) + "\r\n"


def told(problems: Register) -> list[str]:
    return [str(problem) for problem in problems.problems]


# --- what people write -----------------------------------------------------------------


def test_no_register_at_all_is_a_normal_state(tmp_path: Path) -> None:
    assert read_register(tmp_path / "nowhere") == Register()
    assert read_register(tmp_path) == Register()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_way_to_save_a_csv_is_read(
    tmp_path: Path, delimiter: str, encoding: str, newline: str
) -> None:
    text = "unit_id;name;kind;valid_from\n10;Øvre Årdal skule;enhet;2026-01-01\n"
    content = text.replace(";", delimiter).replace("\n", newline).encode(encoding)
    found = read(tmp_path, units=content)
    assert found.units == (Unit("10", "Øvre Årdal skule", "enhet", date(2026, 1, 1)),)
    assert found.problems == ()


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    text = "unit_id;name;kind;valid_from\n10;Ås skole;enhet;2026-01-01\n"
    found = read(tmp_path, units=text.encode("cp1252"))
    assert found.units[0].name == "Ås skole"
    assert told(found) == [
        "units.csv: Filen er ikke lagret som UTF-8. Kontroller æ, ø og å, og lagre den som UTF-8."
    ]


@pytest.mark.parametrize(
    "header", ["enhet_id;navn;type;gyldig_fra", "ENHET-ID;Navn*;Type;Gyldig fra"]
)
def test_norwegian_headers_are_understood_however_they_are_typed(
    tmp_path: Path, header: str
) -> None:
    found = read(tmp_path, units=lines(header, "10;Skolen;Enhet;1.2.2026"))
    assert found.units == (Unit("10", "Skolen", "enhet", date(2026, 2, 1)),)
    assert found.problems == ()


def test_excels_separator_line_keeps_the_line_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, municipality=lines("sep=,", "key,value", "raw_days,30", "raw_days,x"))
    assert found.municipality == (Setting("raw_days", "30"),)
    assert found.problems[0].line == 4


@pytest.mark.parametrize(
    "written, value",
    [("ja", True), ("Nei", False), ("TRUE", True), ("false", False), ("1", True), ("0", False)],
)
def test_yes_and_no_in_all_their_forms(tmp_path: Path, written: str, value: bool) -> None:
    header = "unit_id;name;kind;valid_from;saarbar_tjeneste"
    found = read(tmp_path, units=lines(header, f"10;A;enhet;2026-01-01;{written}"))
    assert found.units[0].is_sensitive_service is value


@pytest.mark.parametrize(
    "written, value",
    [
        ("2026-03-01", Told(date(2026, 3, 1))),
        ("01.03.2026", Told(date(2026, 3, 1))),
        ("kjent per 01.03.2026", Told(date(2026, 3, 1), is_declared=True)),
        ("Kjent per 2026-03-01", Told(date(2026, 3, 1), is_declared=True)),
    ],
)
def test_told_may_be_the_start_up_declaration(tmp_path: Path, written: str, value: Told) -> None:
    found = read(tmp_path, accounts=lines(ACCOUNTS, f"{PAGE};;;;{written};"))
    assert found.accounts[0].told_on == value


@pytest.mark.parametrize(
    "written, value",
    [
        ("man", (1,)),
        ("Mandag", (1,)),
        ("lør|søn", (6, 7)),
        ("man-fre", (1, 2, 3, 4, 5)),
        ("man \u2013 ons", (1, 2, 3)),
        ("Wed", (3,)),
        ("thursday", (4,)),
        ("", ()),
    ],
)
def test_weekdays(tmp_path: Path, written: str, value: tuple[int, ...]) -> None:
    row = f"apningstid;{written};;;08:00;15.30"
    found = read(tmp_path, calendar=lines("type;ukedag;fra;til;apner;stenger", row))
    assert found.calendar == (CalendarRow("apningstid", value, None, None, 480, 930),)


def test_decimal_comma_and_percent(tmp_path: Path) -> None:
    rows = ("answer_within;7,5;;2026-01-01", "answered_within_share;90 %;prosent;2026-01-01")
    found = read(tmp_path, targets=lines("maal;verdi;enhet;fra", *rows))
    assert [(t.value, t.unit) for t in found.targets] == [(7.5, "working_hours"), (90, "percent")]


# --- what is wrong is said, and nothing else stops ------------------------------------------

UNIT = "10;Skolen;enhet;;2026-01-01;;;;"
UNITS_2 = "unit_id;name;kind;valid_from"
CALENDAR = "kind;weekday;date_from;date_to;opens;closes"
TARGETS = "metric;value;unit;valid_from"
OTHER = "facebook:b;facebook;https://facebook.com/b;unit"
NO_ADDRESS = "facebook:a;facebook;javascript:alert(1);official"
UPPER = PAGE.replace("facebook:f", "facebook:F")
# file, lines, then line, column and the heart of the message
FAULTS: list[tuple[str, tuple[str, ...], int, str | None, str]] = [
    ("units", (UNITS, "10;A;skole;;2026-01-01;;;;"), 2, "kind",
     "ett av ordene sektor, fagavdeling, enhet, avdeling, KF, samarbeid, ekstern, men det står"),
    ("units", (UNITS, "10;;enhet;;2026-01-01;;;;"), 2, "name", "en tekst, men cellen er tom. Linj"),
    ("units", (UNITS, "10;A;enhet;;31.02.2026;;;;"), 2, "valid_from", "17.05.2026, men det står"),
    ("units", (UNITS, "10;A;enhet;;0206-01-01;;;;"), 2, "valid_from", "«0206-01-01». Linjen"),
    ("units", (UNITS, "10;A;enhet;;2026-01-01;;123456789;;"), 2, "org_number",
     "ni sifre der det siste stemmer, men det står «123456789». Cellen leses som tom."),
    ("units", (UNITS, "10;A;enhet;99;2026-01-01;;;;"), 2, "parent_id", "«99» finnes ikke i units"),
    ("units", (UNITS, "10;A;enhet;;2026-01-01;;;;99"), 2, "replaced_by", "«99» finnes ikke"),
    ("units", (UNITS, "10;A;enhet;10;2026-01-01;;;;"), 2, "parent_id", "viser til seg selv. Cell"),
    ("units", (UNITS, "10;A;enhet;;2026-01-01;2025-01-01;;;"), 2, "valid_to", "Datoen er før"),
    ("units", (UNITS, UNIT, UNIT), 3, "valid_from", "Det samme står på linje 2. Linj"),
    ("units", (UNITS, "10;A;enhet;;2026-01-01;;;kanskje;"), 2, "is_sensitive_service",
     "«kanskje». Cellen leses som ja til det er rettet."),
    ("units", (UNITS, "10;A;enhet;;2026-01-01;;;;;;;x"), 2, None, "Linjen har 12 celler"),
    ("units", ("unit_id;name;valid_from", "1;A;2026-01-01"), 1, None,
     "Kolonnen kind mangler, så filen kan ikke leses. Her står unit_id, name, valid_from."),
    ("units", (f"{UNITS_2};farge", "1;A;enhet;2026-01-01;b"), 1, "farge", "Kolonnen er ukjent"),
    ("units", (f"{UNITS_2};navn", "1;A;enhet;2026-01-01;b"), 1, "navn", "står to ganger"),
    ("units", (f"{UNITS_2};kanalvalg", "1;A;enhet;2026-01-01;ingen|x"), 2, "kanalvalg", "ingen"),
    ("accounts", (ACCOUNTS, "a;facebook;https://a.no;unit;;;;;"), 2, "account_id", "plattform, ko"),
    ("accounts", (ACCOUNTS, "facebook:a;x;https://a.no;unit;;;;;"), 2, "platform",
     "Kontoens id begynner med facebook, men her står x. Linjen er ikke tatt med."),
    ("accounts", (ACCOUNTS, f"{NO_ADDRESS};;;;;"), 2, "url", "https://, men det står «java"),
    ("accounts", (ACCOUNTS, f"{PAGE};;1,78414E+16;;;"), 2, "native_id", "Excel har gjort"),
    ("accounts", (ACCOUNTS, f"{PAGE};;;;i fjor;"), 2, "told_on", "eller «kjent per 17.05"),
    ("accounts", (ACCOUNTS, f"{PAGE};;;;;", f"{UPPER};;;;;"), 3, "account_id", "på linje 2."),
    ("accounts", (ACCOUNTS, f"{PAGE};;;;;", f"{OTHER};;;;;fjordvik"), 3, "identities",
     "«fjordvik» er også brukt på linje 2, som beholder det."),
    ("calendar", (CALENDAR, "halvdag;;2026-12-24;;;"), 2, "closes", "når dere åpner eller stenger"),
    ("calendar", (CALENDAR, "stengt;;;;;"), 2, "date_from", "må ha en dato eller en ukedag."),
    ("calendar", (CALENDAR, "stengt;;2026-12-24;;08:00;"), 2, "opens", "Bruk halvdag. Linjen"),
    ("calendar", (CALENDAR, "apningstid;fre;;;8;15:30"), 2, "opens", "et klokkeslett som 08:00"),
    ("calendar", (CALENDAR, "apningstid;fre;;;08:00;"), 2, "opens", "både når dere åpner og når"),
    ("calendar", (CALENDAR, "apningstid;;;;16:00;08:00"), 2, "closes", "Dere må stenge senere"),
    ("calendar", (CALENDAR, "apningstid;fre-man;;;08:00;16:00"), 2, "weekday", "eller man-fre"),
    ("targets", (TARGETS, "answer_within;90;percent;2026-01-01"), 2, "unit",
     "Enheten til answer_within er en av disse: working_hours, working_days. Linjen er ikke"),
    ("targets", (TARGETS, "answer_within;0;;2026-01-01"), 2, "value", "En frist må være over 0."),
    ("targets", (TARGETS, "answer_within;inf;;2026-01-01"), 2, "value", "et tall som 7,5, ikke"),
    ("targets", (TARGETS, "hurtighet;1;;2026-01-01"), 2, "metric", "ett av ordene answer_with"),
    ("municipality", ("key;value", "raw_days;mange"), 2, "value", "raw_days skal være"),
]  # fmt: skip


@pytest.mark.parametrize("name, content, line, column, message", FAULTS)
def test_a_problem_says_where_what_was_expected_and_what_was_found(
    tmp_path: Path,
    name: str,
    content: tuple[str, ...],
    line: int,
    column: str | None,
    message: str,
) -> None:
    found = read(tmp_path, **{name: lines(*content)}).problems
    assert [(p.file, p.line, p.column) for p in found] == [(f"{name}.csv", line, column)]
    assert message in found[0].message


def test_a_problem_reads_as_plain_norwegian(tmp_path: Path) -> None:
    found = read(tmp_path, units=lines(UNITS, "10;A;enhet;;32.01.2026;;;;"))
    expected = (
        "units.csv, linje 2, kolonne «valid_from»: Her skal det stå en dato som 2026-05-17 eller"
        " 17.05.2026, men det står «32.01.2026». Linjen er ikke tatt med."
    )
    assert told(found) == [expected]


def test_one_bad_line_never_stops_the_others(tmp_path: Path) -> None:
    found = read(
        tmp_path, units=lines(UNITS, "1;A;feil;;x;;;;", UNIT, ";;;;;;;;", "2;B;enhet;;i;;;;")
    )
    assert [unit.unit_id for unit in found.units] == ["10"]
    assert [(p.line, p.column) for p in found.problems] == [(2, "kind"), (5, "valid_from")]


@pytest.mark.parametrize(
    "bad", ['11;"Skole;enhet;;2026-01-01;;;;', '11;5" rør;skole;;2026-01-01;;;;']
)
def test_a_quote_that_is_never_closed_swallows_no_other_line(tmp_path: Path, bad: str) -> None:
    after = [
        "12;C;enhet;;2026-01-01;;;;",
        '13;"D;enhet;;2026-01-01;;;;',
        "14;E;enhet;;2026-01-01;;;;",
    ]
    found = read(tmp_path, units=lines(UNITS, UNIT, bad, *after))
    assert {"10", "12", "14"} <= {unit.unit_id for unit in found.units}


def test_a_line_break_within_a_cell_is_one_line(tmp_path: Path) -> None:
    found = read(
        tmp_path, municipality=lines("key;value", 'contact;"Servicetorget\n""alle"""', "x;")
    )
    assert found.municipality == (Setting("contact", 'Servicetorget\n"alle"'),)
    assert found.problems[0].line == 4


def test_the_problem_names_the_header_that_the_person_sees(tmp_path: Path) -> None:
    found = read(tmp_path, units=lines("Enhet-ID;navn;Type;gyldig_fra", "1;A;skole;2026-01-01"))
    assert found.problems[0].column == "Type"


def test_unknown_files_are_said(tmp_path: Path) -> None:
    found = read(tmp_path, enheter="navn\nA\n")
    assert [(p.file, p.line) for p in found.problems] == [("enheter.csv", None)]
    assert "Registeret har units.csv, accounts.csv, " in told(found)[0]


def test_an_unknown_setting_is_kept_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, municipality=lines("key;value", "slagord;Nær"))
    assert found.settings(TODAY) == {"slagord": "Nær"}
    assert "«slagord» er ukjent" in told(found)[0]


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    assert "Filen er tom" in told(read(tmp_path, units=""))[0]


@pytest.mark.parametrize(
    "digits, is_valid",
    [
        ("974760673", True),
        ("974760674", False),
        ("97476067", False),
        ("310500011", True),
        ("", False),
    ],
)
def test_modulus_eleven(digits: str, is_valid: bool) -> None:
    assert is_org_number(digits) is is_valid


# --- units over time -----------------------------------------------------------------------


def test_a_newer_version_ends_the_older_the_day_before(tmp_path: Path) -> None:
    rows = ("10;Ny;enhet;;2026-08-01;;;;", "10;Gammel;enhet;;2020-01-01;;;;")
    found = read(tmp_path, units=lines(UNITS, *rows))
    assert [(u.name, u.valid_to) for u in found.units] == [
        ("Ny", None),
        ("Gammel", date(2026, 7, 31)),
    ]
    assert [(p.line, p.column) for p in found.problems] == [(3, "valid_to")]
    assert "Overlapper med linje 2, som gjelder fra 01.08.2026." in told(found)[0]
    days = (date(2026, 7, 31), date(2026, 8, 1), date(2019, 1, 1))
    names = [unit.name for day in days if (unit := found.unit_on("10", day))]
    assert names == ["Gammel", "Ny", "Ny"]


def test_versions_that_follow_each_other_are_fine(tmp_path: Path) -> None:
    rows = ("10;A;enhet;;2020-01-01;2026-07-31;;;", "10;B;enhet;;2026-08-01;;;;")
    assert read(tmp_path, units=lines(UNITS, *rows)).problems == ()


def test_a_circle_of_units_is_cut(tmp_path: Path) -> None:
    rows = (
        "1;A;enhet;2;2026-01-01;;;;",
        "2;B;enhet;1;2026-01-01;;;;",
        "3;C;enhet;2;2026-01-01;;;;",
    )
    found = read(tmp_path, units=lines(UNITS, *rows))
    assert [u.parent_id for u in found.units] == [None, "1", "2"]
    assert [p.line for p in found.problems] == [2]


def test_the_sector_is_the_topmost_unit_of_that_kind_else_the_topmost(tmp_path: Path) -> None:
    rows = (
        "0;Direktøren;enhet;;2020-01-01;;;;",
        "1;Oppvekst;sektor;0;2020-01-01;;;;",
        "2;Skolen;enhet;1;2020-01-01;;;;",
        "3;Havna;KF;;2020-01-01;;;;",
        "4;Kaia;avdeling;3;2020-01-01;;;;",
    )
    found = read(tmp_path, units=lines(UNITS, *rows))
    assert [found.sector_of(u) for u in found.units] == [
        "Direktøren",
        "Oppvekst",
        "Oppvekst",
        "Havna",
        "Havna",
    ]


# --- accounts and their names ---------------------------------------------------------------


@pytest.mark.parametrize(
    "platform, url, names",
    [
        ("facebook", "https://www.facebook.com/fjordvik/", ["fjordvik"]),
        ("facebook", "https://www.facebook.com/profile.php?id=61550000000001", ["61550000000001"]),
        ("facebook", "https://facebook.com/p/Fjordvik-61550000000001/", ["61550000000001"]),
        ("facebook", "https://facebook.com/pages/Fjordvik/123456789", ["123456789"]),
        ("instagram", "instagram.com/fjordvik_kommune?hl=nb", ["fjordvik_kommune"]),
        ("youtube", "https://www.youtube.com/@fjordvik", ["@fjordvik"]),
        ("youtube", "https://www.youtube.com/channel/UCab_c-1", ["UCab_c-1"]),
        ("linkedin", "https://no.linkedin.com/company/fjordvik-kommune/", ["fjordvik-kommune"]),
        ("tiktok", "https://www.tiktok.com/@fjordvik", ["@fjordvik"]),
        ("snapchat", "https://www.snapchat.com/add/fjordvik", ["fjordvik"]),
        ("bluesky", "https://bsky.app/profile/fjordvik.example", ["fjordvik.example"]),
        ("mastodon", "https://social.example/@fjordvik", ["fjordvik@social.example", "@fjordvik"]),
        ("x", "https://x.com/fjordvik", ["fjordvik"]),
        ("facebook", "https://www.facebook.com/", []),
    ],
)
def test_an_address_says_what_the_account_is_called(
    platform: str, url: str, names: list[str]
) -> None:
    assert list(names_in_url(platform, url)) == names


def test_an_account_is_known_by_every_name_once() -> None:
    account = Account(
        "youtube:@Fjordvik",
        "youtube",
        "https://youtube.com/@fjordvik",
        "official",
        native_id="UCx",
        identities=("fjordvik", "Fjordvik kommune"),
    )
    assert account.known_as == (
        Identity("native_id", "UCx", "ucx"),
        Identity("account_id", "@Fjordvik", "fjordvik"),
        Identity("extra", "Fjordvik kommune", "fjordvik kommune"),
    )


def test_administrators_may_name_the_account_by_any_of_its_names(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        accounts=lines(ACCOUNTS, f"{PAGE};;4711;;;"),
        administrators=lines("konto_id;person_ref;fra", "facebook:4711;p1;2026-01-01"),
    )
    assert [a.account_id for a in found.administrators] == ["facebook:fjordvik"]


def test_confirmation_has_three_states() -> None:
    account = Account("x:a", "x", "https://x.com/a", "unit", confirmed_on=date(2026, 1, 1))
    assert [account.confirmation(d) for d in (date(2025, 12, 31), date(2026, 6, 30), TODAY)] == [
        "never",
        "valid",
        "expired",
    ]


def test_units_that_are_missing_altogether_empty_no_cell(tmp_path: Path) -> None:
    found = read(tmp_path, accounts=lines(ACCOUNTS, f"{PAGE};;;10;;"))
    assert (found.accounts[0].unit_id, found.problems) == ("10", ())


# --- people ---------------------------------------------------------------------------------

PERSON = "kari.nordmann@fjordvik.example"


def counted(folder: Path, *rows: str) -> dict[str, tuple[int, int]]:
    header = "account_id;person_ref;role;valid_from;valid_to"
    found = read(
        folder,
        accounts=lines(ACCOUNTS, f"{PAGE};;;;;"),
        administrators=lines(header, *(f"facebook:fjordvik;{row}" for row in rows)),
    )
    return dict(found.administrator_counts(TODAY))


def test_administrators_are_counted_once_each_while_appointed(tmp_path: Path) -> None:
    assert counted(
        tmp_path,
        "a@x.example;administrator;2020-01-01;2024-01-01",
        "A@x.example;;2025-01-01;",
        "a@x.example;kommunikasjon;2026-01-01;2026-11-02",
        "b@x.example;reserve;2026-11-02;",
        "c@x.example;administrator;2026-11-03;",
        "d@x.example;kommunikasjon;2020-01-01;2026-11-01",
    ) == {"facebook:fjordvik": (2, 1)}


def test_no_person_reaches_the_warehouse_or_a_problem(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        units=lines("unit_id;name;kind;valid_from", f"10;A;{PERSON};2026-01-01"),
        accounts=lines(ACCOUNTS, f"{PAGE};;;;;"),
        administrators=lines(
            "account_id;person_ref;role;valid_from;valid_to",
            f"facebook:fjordvik;{PERSON};administrator;2026-01-01;",
            f"facebook:fjordvik;{PERSON};administrator;2026-01-01;",
            f"facebook:fjordvik;;{PERSON};2026-01-01;",
            f"{PERSON};p;administrator;2026-01-01;",
            f"facebook:ukjent;{PERSON};administrator;2026-01-01;;;{PERSON}",
        ),
        access=lines(
            "subject;role;unit_id;account_id",
            f"{PERSON};enhetsleder;;",
            f"{PERSON};sjef;;",
            f"{PERSON};kommunikasjon;10;",
        ),
    )
    assert len(found.problems) >= 7
    with duckdb.connect() as con:
        register.load_into(con, found, TODAY)
        loaded = [str(con.execute(f"FROM {name}").fetchall()) for name in COLUMNS
                  if name != "register_administrators"]  # fmt: skip
    everything = " ".join([*told(found), repr(found), *loaded]).lower()
    assert "kari" not in everything


def test_access_is_given_only_by_a_line_that_is_right_in_every_part(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        units=lines(UNITS, UNIT),
        accounts=lines(ACCOUNTS, f"{PAGE};;;;;"),
        access=lines(
            "bruker;rolle;enhet_id;konto_id",
            "Leder@x.example;enhetsleder;10;",
            "leder@x.example;enhetsleder;;",
            "leder@x.example;enhetsleder;99;",
            "leder@x.example;administrator;;feil",
            "admin@x.example;administrator;;facebook:fjordvik",
            "admin@x.example;administrator;;facebook:annen",
            "role:ledelsen;ledelse;;",
            "ledelsen;ledelse;;",
            "k@x.example;kommunikasjon;10;",
        ),
    )
    assert found.access == (
        Access("leder@x.example", "enhetsleder", "10"),
        Access("admin@x.example", "administrator", None, "facebook:fjordvik"),
        Access("role:ledelsen", "ledelse"),
    )
    assert len(found.problems) == 6


@pytest.mark.parametrize(
    "unit, account",
    [
        ("10;A;enhet;;2026-01-01;;;ja;", f"{PAGE};;;10;;"),
        ("10;A;enhet;;2026-01-01;;;kanskje;", f"{PAGE};;;10;;"),
        ("10;A;slekt;;i fjor;;;ja;", f"{PAGE};;;10;;"),
        ("10;A;enhet;;2026-01-01;;;ja;", "facebook:fjordvik;fb;ikke en adresse;konto;;;10;;"),
        (
            "10;A;enhet;;2026-01-01;;;ja;",
            "fjordvik;facebook;https://facebook.com/fjordvik;unit;;;10;;",
        ),
    ],
)
def test_a_slip_of_the_pen_never_lets_a_sensitive_text_in(
    tmp_path: Path, unit: str, account: str
) -> None:
    found = read(tmp_path, units=lines(UNITS, unit), accounts=lines(ACCOUNTS, account))
    assert ("facebook", "fjordvik") in found.sensitive_identities


def test_an_ordinary_unit_is_not_sensitive(tmp_path: Path) -> None:
    rows = lines(UNITS, "10;A;enhet;;2026-01-01;;;nei;")
    found = read(tmp_path, units=rows, accounts=lines(ACCOUNTS, f"{PAGE};;;10;;"))
    assert found.sensitive_identities == frozenset()


# --- the workbook ----------------------------------------------------------------------------


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """A minimal .xlsx; numbers and booleans stay what they are, a date is a styled number."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def cell(value: object) -> str:
        if isinstance(value, bool):
            return f'<c t="b"><v>{int(value)}</v></c>'
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, int | float):
            return f"<c><v>{value!r}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    names = list(sheets)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="w"'
            f' Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
            + "".join(
                f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1)
            )
            + "</sheets></workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="r{i}" Type="{rel}/worksheet" Target="worksheets/s{i}.xml"/>'
                for i in range(1, len(names) + 1)
            )
            + f'<Relationship Id="st" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        )
        book.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for number, name in enumerate(names, 1):
            rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in sheets[name])
            book.writestr(
                f"xl/worksheets/s{number}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            )


def test_a_workbook_holds_the_same_columns_as_sheets(tmp_path: Path) -> None:
    workbook(
        tmp_path / "register.xlsx",
        {
            "Units": [
                ["enhet_id", "navn", "type", "gyldig_fra", "orgnr", "saarbar_tjeneste"],
                [10, "Skolen", "enhet", date(2026, 1, 1), 974760673, True],
                [11, "Barnehagen", "hage", date(2026, 1, 1), "", False],
            ],
            "calendar": [["type", "apner", "stenger"], ["apningstid", "08:00", "15:30"]],
            "Ark1": [["hei"]],
        },
    )
    found = read_register(tmp_path)
    assert found.units == (
        Unit("10", "Skolen", "enhet", date(2026, 1, 1), org_number="974760673",
             is_sensitive_service=True),
    )  # fmt: skip
    assert found.calendar == (CalendarRow("apningstid", opens=480, closes=930),)
    assert [(p.file, p.line, p.column) for p in found.problems] == [
        ("register.xlsx, ark Ark1", None, None),
        ("register.xlsx, ark Units", 3, "type"),
    ]


def test_an_id_that_excel_has_rounded_is_refused(tmp_path: Path) -> None:
    header = ["account_id", "platform", "url", "kind", "native_id"]
    row = ["facebook:a", "facebook", "https://facebook.com/a", "unit", 17841400944831429]
    workbook(tmp_path / "register.xlsx", {"accounts": [list(header), list(row)]})
    found = read_register(tmp_path)
    assert found.accounts[0].native_id is None
    assert found.problems[0].column == "native_id"


def test_a_csv_file_goes_before_the_sheet(tmp_path: Path) -> None:
    workbook(tmp_path / "register.xlsx", {"municipality": [["key", "value"], ["name", "Ark"]]})
    found = read(tmp_path, municipality=lines("key;value", "name;Fil"))
    assert found.settings(TODAY) == {"name": "Fil"}
    assert "CSV-filen gjelder" in told(found)[0]


def test_a_damaged_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert "Arbeidsboken kan ikke åpnes" in told(read_register(tmp_path))[0]


@pytest.mark.parametrize("place", ["A0", 'A1" t="s'])  # no row 0; no text of that number
def test_a_workbook_that_its_reader_stumbles_over_is_said(tmp_path: Path, place: str) -> None:
    workbook(tmp_path / "whole.xlsx", {"units": [["unit_id"], ["1"]]})
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "register.xlsx", "w") as made,
    ):
        for name in whole.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            cell = f'<worksheet><sheetData><row><c r="{place}"><v>99</v></c></row></sheetData>'
            made.writestr(name, f"{cell}</worksheet>" if is_sheet else whole.read(name))
    assert told(read_register(tmp_path)) != []


def test_without_a_workbook_its_reader_is_never_imported(tmp_path: Path) -> None:
    before = sys.modules.pop("python_calamine", None)
    read(tmp_path, units=lines(UNITS, UNIT))
    assert "python_calamine" not in sys.modules
    if before is not None:
        sys.modules["python_calamine"] = before


# --- written and read again -------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(clean).filter(bool)
WORD = TEXT.map(lambda text: clean(text.replace("|", ""))).filter(bool)
NASTY = st.sampled_from(["=1+1", "+47", "-x", "@skolen", "'=a", "''@b", '"', "a;b", "a\nb", "æ|ø"])
DAY = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MAYBE_TEXT = st.none() | TEXT | NASTY


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Registers without problems: what the reader accepts as it is."""
    first = draw(DAY)
    units = tuple(
        Unit(
            f"{number}{draw(WORD)}",
            draw(TEXT | NASTY),
            draw(st.sampled_from(["sektor", "enhet", "KF"])),
            first,
            draw(st.none() | st.dates(first, date(2100, 12, 31))),
            short_name=draw(MAYBE_TEXT),
            language_form=draw(st.sampled_from([None, "bokmal", "noytral"])),
            is_sensitive_service=draw(st.sampled_from([None, True, False])),
            channel_choice=draw(st.sampled_from([(), ("ingen",), ("x", "facebook")])),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    accounts = tuple(
        Account(
            f"facebook:side{number}",
            "facebook",
            f"https://facebook.com/side{number}",
            draw(st.sampled_from(["official", "unit"])),
            handle=draw(st.sampled_from([None, f"@side{number}"])),
            unit_id=draw(st.sampled_from([None, *(unit.unit_id for unit in units)])),
            identities=draw(st.sampled_from([(), (f"=navn{number}", f"-{number}")])),
            told_on=draw(st.none() | st.builds(Told, DAY, st.booleans())),
            two_factor=draw(st.sampled_from([None, True, False])),
            note=draw(MAYBE_TEXT),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    opens = draw(st.integers(0, 1439))
    return Register(
        units,
        accounts,
        tuple(Administrator(a.account_id, draw(TEXT), first, "reserve") for a in accounts),
        (
            CalendarRow(
                draw(st.sampled_from(["apningstid", "sommertid"])),
                tuple(sorted(draw(st.sets(st.integers(1, 7))))),
                first,
                None,
                opens,
                draw(st.integers(opens + 1, 1440)),
            ),
        ),
        (Target("answer_within", draw(st.floats(0.001, 1e6).map(lambda x: round(x, 3))), first,
                "working_hours"),),
        (Access(draw(st.sampled_from(["role:Leder", "=a@x.example"])), "ledelse"),),
        (Setting("contact", draw(TEXT | NASTY), draw(st.none() | DAY)),),
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(written=registers())
def test_what_is_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, written: Register
) -> None:
    folder = tmp_path_factory.mktemp("register")
    write_register(folder, written)
    found = read_register(folder)
    assert found.problems == ()
    assert dataclasses.replace(found, sensitive_identities=frozenset()) == written


def test_no_cell_is_written_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    account = Account(
        "x:a", "x", "https://x.com/a", "unit", handle="@a", note="=HYPERLINK(1)", name="+1"
    )
    write_register(tmp_path, Register(accounts=(account,)))
    content = (tmp_path / "accounts.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfaccount_id;platform;")
    cells = content.decode("utf-8-sig").replace("\r\n", ";").split(";")
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert read_register(tmp_path).accounts == (account,)


def test_files_with_errors_are_never_overwritten_by_what_could_be_read(tmp_path: Path) -> None:
    found = read(tmp_path, units=lines(UNITS, UNIT, "11;B;feil;;2026-01-01;;;;"))
    with pytest.raises(ValueError, match="feil som må rettes"):
        write_register(tmp_path, found)
    assert "11;B" in (tmp_path / "units.csv").read_text("utf-8")
    write_register(tmp_path / "copy", found)
    assert read_register(tmp_path / "copy").units == found.units


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_files_with_people_are_for_their_owner_alone(tmp_path: Path) -> None:
    write_register(tmp_path, Register())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.csv")}
    assert modes["administrators.csv"] == modes["access.csv"] == 0o600


# --- into the build ---------------------------------------------------------------------------


def test_the_example_loads_into_the_documented_tables() -> None:
    found = read_register(EXAMPLE)
    assert found.problems == ()
    with duckdb.connect() as con:
        register.load_into(con, found, TODAY)
        for name, columns in COLUMNS.items():
            if name == "register_administrators":
                continue
            rows = con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {name})").fetchall()
            assert ", ".join(" ".join(row) for row in rows) == columns
        assert con.execute(
            "SELECT account_id, handle, unit_name, told_on, told_how, administrators,"
            " communications_administrators, confirmation FROM register_accounts ORDER BY 1"
        ).fetchall() == [
            ("facebook:fjordvik.eksempel", "fjordvik.eksempel", None, date(2026, 3, 1), "declared",
             2, 1, "valid"),
            ("facebook:strandgata.eksempel", "strandgata.eksempel", "Strandgata oppvekstsenter",
             date(2025, 8, 22), "date", 1, 0, "never"),
            ("instagram:strandgata_eksempel", "strandgata_eksempel", "Strandgata oppvekstsenter",
             date(2025, 8, 22), "date", 0, 0, "never"),
        ]  # fmt: skip
        assert con.execute(
            "SELECT sector, channel_choice FROM register_units ORDER BY unit_id, valid_from"
        ).fetchall() == [
            ("Oppvekst og kultur", ["ingen"]),
            ("Oppvekst og kultur", ["facebook"]),
            ("Oppvekst og kultur", ["facebook", "instagram"]),
        ]


def test_an_empty_register_gives_empty_tables() -> None:
    with duckdb.connect() as con:
        register.load_into(con, Register(), TODAY)
        assert con.execute("FROM register_accounts").fetchall() == []


def test_settings_count_from_their_day_on(tmp_path: Path) -> None:
    rows = ("raw_days;30;", "raw_days;10;2026-06-01", "raw_days;5;2027-01-01")
    found = read(tmp_path, municipality=lines("key;value;valid_from", *rows))
    assert found.settings(date(2026, 5, 31)) == {"raw_days": "30"}
    assert found.settings(TODAY) == {"raw_days": "10"}


def test_administrators_are_loaded_only_when_asked_for() -> None:
    found = Register(administrators=(Administrator("x:a", " P@x.example", date(2026, 1, 1)),))
    with duckdb.connect() as con:
        register.load_into(con, found, TODAY)
        assert not con.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = 'register_administrators'"
        ).fetchall()
        register.load_administrators(con, found.administrators)
        assert con.execute("FROM register_administrators").fetchall() == [
            ("x:a", "p@x.example", "administrator", date(2026, 1, 1), None)
        ]


def test_the_guide_names_every_file_column_target_and_setting() -> None:
    guide = (EXAMPLE.parent / "register.md").read_text("utf-8")
    for table in register.TABLES:
        assert f"## {table.name}:" in guide
        for column in table.columns:
            assert f"`{column.name}`" in guide
            assert f"`{column.alias}`" in guide
    for word in (*register.TARGET_METRICS, *register.SETTING_KINDS):
        assert f"`{word}`" in guide


def test_a_workbook_that_we_wrote_reads_back_as_the_same_lines(tmp_path: Path) -> None:
    lines = {"units": [{"unit_id": "a", "name": "=Å", "kind": "enhet", "valid_from": "2020-01-01"}]}
    (tmp_path / "register.xlsx").write_bytes(register.as_workbook(lines))
    known = read_register(tmp_path)
    assert [(u.unit_id, u.name) for u in known.units] == [("a", "=Å")]
    assert known.problems == ()


@pytest.mark.parametrize(
    "url, platform",
    [
        ("https://www.tiktok.com/@fjordvik", "tiktok"),
        ("m.facebook.com/fjordvik", "facebook"),
        ("https://youtu.be/abc", "youtube"),
        ("https://fjordvik.kommune.no/facebook.com", None),
        ("https://toot.example/@fjordvik", None),
        ("https://[", None),
    ],
)
def test_an_address_tells_its_platform(url: str, platform: str | None) -> None:
    assert platform_of_address(url) == platform
