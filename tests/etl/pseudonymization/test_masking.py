"""Masks at the import line (R13): nothing leaks; dates, amounts and case numbers are unharmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import pseudonymization

MASKING = Path(pseudonymization.__file__).parent / "masking.sql"
PHONE, BIRTH, ACCOUNT, MAIL = "[telefon]", "[fødselsnummer]", "[kontonummer]", "[e-post]"

# All numbers are invented; identity numbers use the synthetic months or are not valid.
MASKED = [
    ("Ring meg på 412 34 567 etter fire", f"Ring meg på {PHONE} etter fire"),
    ("Ring meg på 41234567.", f"Ring meg på {PHONE}."),
    (
        "Nummeret mitt er 400 00 000, ring når dere har tid",
        f"Nummeret mitt er {PHONE}, ring når dere har tid",
    ),
    ("tlf 71 11 10 00", f"tlf {PHONE}"),
    ("Tlf.: 71111000", f"Tlf.: {PHONE}"),
    ("tlf41234567", f"tlf{PHONE}"),
    ("mob:91234567kl 12", f"mob:{PHONE}kl 12"),
    ("412 34 567/918 27 364", f"{PHONE}/{PHONE}"),
    ("Tlf: 71 20-30-40", f"Tlf: {PHONE}"),
    ("call me at 412 34 567", f"call me at {PHONE}"),
    ("my phone is 91 23 45 67", f"my phone is {PHONE}"),
    ("pnr 12345", f"pnr {BIRTH}"),
    ("D-nr 61879912345", f"D-nr {BIRTH}"),
    ("mitt fnr er 218799-12345.", f"mitt fnr er {BIRTH}."),
    ("+47 412 34 567", PHONE),
    ("+4741234567", PHONE),
    ("(+47) 41 23 45 67", PHONE),
    ("0047 41 23 45 67 er nummeret", f"{PHONE} er nummeret"),
    ("004741234567", PHONE),
    ("47 412 34 567", PHONE),
    ("4741234567", PHONE),
    ("+47 41 234 567", PHONE),
    ("41.23.45.67", PHONE),
    ("412-34-567", PHONE),
    ("412 34 567", PHONE),
    ("mobil 41 234 567", f"mobil {PHONE}"),
    ("ring meg gjerne på 41 234 567 da", f"ring meg gjerne på {PHONE} da"),
    ("Ring 9123 4567", f"Ring {PHONE}"),
    ("412 345 67 etter kl. 16.00", f"{PHONE} etter kl. 16.00"),
    ("Vi er 12 412 34 567", f"Vi er 12 {PHONE}"),
    ("ring 41234567/98765432", f"ring {PHONE}/{PHONE}"),
    ("41234567,98765432", f"{PHONE},{PHONE}"),
    ("vipps 300 kr til 41 23 45 67", f"vipps 300 kr til {PHONE}"),
    ("Vipps 300 kr 41234567", f"Vipps 300 kr {PHONE}"),
    ("kr 300 412 34 567", f"kr 300 {PHONE}"),
    ("saksbehandler 41234567 svarar ikkje", f"saksbehandler {PHONE} svarar ikkje"),
    ("Eg kan nåast på 915 55 123, eg", f"Eg kan nåast på {PHONE}, eg"),
    ("+46 70 123 45 67", PHONE),
    ("482 51 965 kr, seier du?", f"{PHONE} kr, seier du?"),
    ("https://wa.me/4741234567", f"https://wa.me/{PHONE}"),
    ("tel:+4741234567", f"tel:{PHONE}"),
    ("Den 24.12.2026 ringte eg 412 34 567", f"Den 24.12.2026 ringte eg {PHONE}"),
    ("_41234567_", f"_{PHONE}_"),
    ("Fødselsnr 03928445614 hvis dere trenger det", f"Fødselsnr {BIRTH} hvis dere trenger det"),
    ("039284 45614", BIRTH),
    ("039284-45614", BIRTH),
    ("039284 456 14", BIRTH),
    ("03.92.84 45614", BIRTH),
    ("03 92 84 45614", BIRTH),
    ("01018012345", BIRTH),
    ("41018012345 er D-nummeret", f"{BIRTH} er D-nummeret"),
    ("01418012345", BIRTH),
    ("01668012345", BIRTH),
    ("03.04.1980-12345", BIRTH),
    ("Personnummer: 45614", f"Personnummer: {BIRTH}"),
    ("Personnummeret er 45614", f"Personnummeret er {BIRTH}"),
    ("Kontonummer 1234.56.78903 takk", f"Kontonummer {ACCOUNT} takk"),
    ("1234 56 78903", ACCOUNT),
    ("12345678903", ACCOUNT),
    ("Konto 99995678903.", f"Konto {ACCOUNT}."),
    ("NO93 8601 1117 947", ACCOUNT),
    ("Send til ola.nordmann@epost.no i dag", f"Send til {MAIL} i dag"),
    ("Kari_N+kommune@post.fjordvik.no!", f"{MAIL}!"),
    ("bjørn.å@bø.no", MAIL),
    ("ola(at)epost.no", MAIL),
    ("ola [at] epost.no", MAIL),
    ("ola @ epost.no", MAIL),
    ("mailto:ola@epost.no", f"mailto:{MAIL}"),
]
KEPT = [
    "Det kostar 12 000 000 kroner",
    "12 000 000",
    "12.000.000 kr",
    "45000000 kr",
    "45000000kr",
    "45000000,-",
    "45000000,00",
    "kr 45000000",
    "kr 45 000 000",
    "Budsjett 41 234 567 kr",
    "41 234 567",
    "35 millioner i 2026 og 42 i 2027",
    "Møtet er 24.12.2026 kl. 18.00",
    "24.12.26",
    "24/12-2026",
    "24-12-2026",
    "2026-12-24",
    "2026-12-24T08:00:00",
    "20261122",
    "IMG_20261122",
    "+12 000 000 i pluss",
    "2025 2026",
    "2025–2029",
    "kl. 08.00–15.30",
    "kl 20.30-22.15",
    "24.12–31.12",
    "6413 Fjordvik",
    "Org.nr. 974 764 687",
    "974764687",
    "Sak 2026/12345",
    "26/1234-5",
    "Ref 25/00000",
    "saksnr 20261234",
    "Faktura 4500012345",
    "gnr. 31 bnr. 225",
    "https://www.facebook.com/permalink.php?story_fbid=41234567&id=1234567890",
    "facebook.com/fjordvik/posts/41234567",
    "www.fjordvik.no/sak/91234567/",
    "62.7375, 7.1591",
    "Ring 110, 112 eller 113. Legevakt 116 117",
    "5 000 innbyggere, 87,3 % og 45000000 kWh",
    "1. plass, 2. plass og 3. plass",
    "Fv. 64, E39 og rv. 70",
    "Åpent 10-16, 11-15 og 12-14",
]


def connection() -> duckdb.DuckDBPyConnection:
    """One connection with the macros for all tests."""
    if not CONNECTIONS:
        CONNECTIONS.append(duckdb.connect())
        CONNECTIONS[0].execute(MASKING.read_text(encoding="utf-8"))
    return CONNECTIONS[0]


CONNECTIONS: list[duckdb.DuckDBPyConnection] = []


def mask_all(texts: list[str], expression: str = "mask_text(t)") -> list[str]:
    """All texts in one query: preparing the patterns takes longer than using them."""
    rows = connection().execute(f"SELECT {expression} FROM (SELECT unnest($1) AS t)", [texts])
    return [row[0] for row in rows.fetchall()]


def mask(expression: str, *values: Any) -> Any:
    row = connection().execute(f"SELECT {expression}", list(values)).fetchone()
    assert row is not None
    return row[0]


def test_numbers_and_addresses_are_masked() -> None:
    assert mask_all([text for text, _ in MASKED]) == [expected for _, expected in MASKED]


def test_dates_amounts_and_case_numbers_are_unharmed() -> None:
    assert mask_all(KEPT) == KEPT


def test_masking_twice_changes_nothing() -> None:
    once = mask_all([text for text, _ in MASKED])
    assert mask_all(once) == once


TAGS = [
    ("@kari.n når er dette?", "@… når er dette?"),
    ("Sjå her @Kari", "Sjå her @…"),
    ("@Kari Nordmann kjem du", "@… kjem du"),
    ("@ola-n5x, @bjørn_å!", "@…, @…!"),
    ("@[100012:2048:Kari Nordmann] kom", "@… kom"),
    ("@ola@mastodon.social hei", "@… hei"),
    ("@ola.bsky.social", "@…"),
    ("@Fjordvik. når åpner dere", "@Fjordvik. når åpner dere"),
    ("@[77:2048:Fjordvik kommune] og @per", "@Fjordvik kommune og @…"),
    ("post@epost.no @per", f"{MAIL} @…"),
    ("Møt oss @ torget", "Møt oss @ torget"),
    ("@… allerede", "@… allerede"),
]


def test_tags_go_but_own_accounts_stay() -> None:
    found = mask_all([text for text, _ in TAGS], "mask_tags(mask_text(t), ['fjordvik', '77'])")
    assert found == [expected for _, expected in TAGS]


def test_tags_without_own_accounts() -> None:
    assert mask("mask_tags('@fjordvik hei', NULL)") == "@… hei"
    assert mask("mask_tags('@[77:2048:Fjordvik]', []::VARCHAR[])") == "@…"


def test_names_are_replaced_longest_first() -> None:
    names = ["Kari", "Kari Nordmann", "", "K"]
    assert mask("mask_names('Hei Kari Nordmann, @Kari', $1)", names) == "Hei @…, @…"
    assert mask("mask_names('Kari', NULL)") == "Kari"


def test_nothing_stays_nothing() -> None:
    assert mask("[mask_text(NULL), mask_tags(NULL, ['x']), mask_names(NULL, ['x'])]") == [
        None,
        None,
        None,
    ]
    assert mask("mask_text('')") == ""


digit = st.sampled_from("0123456789")
around = st.text(
    st.characters(
        exclude_categories=("Nd", "No", "Nl", "Cs", "Co"), exclude_characters="\x00/%€$£²,"
    ),
    max_size=12,
)


@st.composite
def formatted_numbers(draw: st.DrawFn) -> str:
    """A phone, identity or account number as people write it."""
    first = draw(st.sampled_from("3456789"))
    phone = first + draw(st.text(digit, min_size=7, max_size=7))
    day, month = draw(st.integers(1, 31)), draw(st.integers(1, 12))
    birth = f"{day:02}{month:02}" + draw(st.text(digit, min_size=7, max_size=7))
    account = draw(st.text(digit, min_size=11, max_size=11))
    return draw(
        st.sampled_from(
            [
                phone,
                f"{phone[:3]} {phone[3:5]} {phone[5:]}",
                f"{phone[:2]} {phone[2:4]} {phone[4:6]} {phone[6:]}",
                f"+47 {phone}",
                f"0047{phone}",
                f"+47 {phone[:3]} {phone[3:5]} {phone[5:]}",
                birth,
                f"{birth[:6]} {birth[6:]}",
                account,
                f"{account[:4]}.{account[4:6]}.{account[6:]}",
                f"{account[:4]} {account[4:6]} {account[6:]}",
            ]
        )
    )


Texts = st.lists(st.tuples(around, formatted_numbers(), around), min_size=1, max_size=40)


@settings(max_examples=25)
@given(parts=Texts)
def test_a_number_is_masked_inside_any_text(parts: list[tuple[str, str, str]]) -> None:
    for masked in mask_all([" ".join(part) for part in parts]):
        assert not any(c in "0123456789" for c in masked), masked


@settings(max_examples=25)
@given(
    texts=st.lists(around.map(lambda t: t.replace("@", "a").replace("\uff20", "a")), max_size=40)
)
def test_a_text_without_digits_and_tags_is_unharmed(texts: list[str]) -> None:
    assert mask_all(texts, "mask_tags(mask_text(t), ['x'])") == texts
