"""A municipality of two units behind sign-in, and words that give away who was told what.

Everything about the other unit has «zissel» in it but the ids, everything that was written by
somebody has «hvisk», and the own account is «rugle».
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from etl.pipeline import load
from tests.browser.serving import free_port, running, serving

OWN, OTHERS = "facebook:kulturen", "instagram:fremmed77"
OTHERS_UNIT = "u7700"
COOKIE_SECRET = "a-secret-that-only-this-test-knows-0123456789"
CLIENT_SECRET = "only-a-test"
LEADER, ADMINISTRATOR = "leder@fjordvik.example", "admin@fjordvik.example"
ACCESS = f"""bruker;rolle;enhet_id;konto_id
role:svarvakt-kommunikasjon;kommunikasjon;;
{LEADER};enhetsleder;kultur;
{ADMINISTRATOR};administrator;;{OWN}
role:svarvakt-ledelse;ledelse;;
"""
REGISTER = {
    "access": ACCESS,
    "units": (
        "enhet_id;navn;type;gyldig_fra\nkultur;Kulturetaten;enhet;2020-01-01\n"
        f"{OTHERS_UNIT};Zisselrud skole;enhet;2020-01-01\n"
    ),
    "accounts": (
        "konto_id;plattform;url;visningsnavn;kontotype;eier_enhet_id;status\n"
        f"{OWN};facebook;https://www.facebook.com/kulturen;Ruglekontoen;enhet;kultur;aktiv\n"
        f"{OTHERS};instagram;https://www.instagram.com/fremmed77;Zisselnett;enhet;"
        f"{OTHERS_UNIT};aktiv\n"
    ),
    "administrators": (
        "konto_id;person_ref;rolle;fra;til\n"
        f"{OTHERS};zisselperson@fjordvik.example;administrator;2024-01-01;\n"
    ),
    "municipality": "nokkel;verdi\ncontact;kommunikasjon@fjordvik.example\n",
}
ROLES = ("kommunikasjon", "enhetsleder", "administrator", "ledelse")
PEOPLE: dict[str, dict[str, Any]] = {
    "kommunikasjon": {"roles": ["svarvakt-kommunikasjon"]},
    "enhetsleder": {"email": LEADER, "email_verified": True},
    "administrator": {"email": ADMINISTRATOR},
    "ledelse": {"roles": ["svarvakt-ledelse"]},
    "fremmed": {"roles": ["noe-annet"], "email": "fremmed@fjordvik.example"},
    "ubekreftet": {"email": LEADER, "email_verified": False},
    "hundre-grupper": {"groups": [f"{n:08d}-aaaa-bbbb-cccc-ddddeeeeffff" for n in range(100)]},
    "i-gar": {"roles": ["svarvakt-kommunikasjon"], "iat_ago": 9 * 3600},
    "i-morgen": {"roles": ["svarvakt-kommunikasjon"], "iat_ago": -3600},
    "diger": {"roles": ["svarvakt-kommunikasjon"], "name": "x" * 60_000},
    "uten-signatur": {"roles": ["svarvakt-kommunikasjon"], "signed_with": "none"},
    "annen-nokkel": {"roles": ["svarvakt-kommunikasjon"], "signed_with": "another key"},
    "var-hemmelighet": {"roles": ["svarvakt-kommunikasjon"], "signed_with": "client secret"},
    "annen-mottaker": {"roles": ["svarvakt-kommunikasjon"], "aud": "another-app"},
    "annen-mottaker-azp": {
        "roles": ["svarvakt-kommunikasjon"],
        "aud": ["another-app"],
        "azp": "svarvakt-test",
    },
    "annen-utsteder": {"roles": ["svarvakt-kommunikasjon"], "iss": "https://angriper.example"},
    "utlopt": {"roles": ["svarvakt-kommunikasjon"], "exp": 1},
    "annen-nonce": {"roles": ["svarvakt-kommunikasjon"], "nonce": "stolen"},
}
# What may be in no byte that somebody gets, in small letters.
NEVER: dict[str, Sequence[bytes]] = {
    "kommunikasjon": (),
    "enhetsleder": (b"zissel",),
    "administrator": (b"zissel",),
    "ledelse": (b"hvisk", b"ruglekonto", b"zisselnett", b"zisselperson"),
}
ACCOUNT_NAMES = (b"ruglekonto", b"zisselnett")
NOTHING = (b"zissel", b"hvisk", b"rugle", b"kulturetaten")
# Said to nobody at all, in answers, logs and files alike.
SECRETS = (COOKIE_SECRET.encode(), CLIENT_SECRET.encode())


def never(who: str) -> Sequence[bytes]:
    return NEVER.get(who, NOTHING)


def leaks(told: bytes, who: str) -> list[bytes]:
    """What these bytes give away that this person may not know."""
    small = told.lower()
    return [word for word in (*never(who), *SECRETS) if word in small]


@dataclass(frozen=True)
class Ground:
    """The running server, its data and what it wrote to its window."""

    address: str
    data: Path
    log: Path
    secrets: Path


@contextmanager
def standing(folder: Path) -> Iterator[Ground]:
    """The municipality behind a server and a provider of its own, until the block ends."""
    data, log = folder / "data", folder / "window.log"
    make(data)
    provider_port, port = free_port(), free_port()
    secrets, people = folder / "secrets.toml", folder / "people.json"
    secrets.write_text(secrets_for(port, provider_port), encoding="utf-8")
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    provider = ("-m", "tests.support.oidc_provider", "{port}", str(people))
    with (
        running(provider, provider_port, "/keys"),
        serving(data, port=port, log=log, SVARVAKT_SECRETS=str(secrets)) as address,
    ):
        yield Ground(address, data, log, secrets)


def secrets_for(port: int, provider_port: int) -> str:
    return f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "svarvakt-test"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "http://localhost:{provider_port}/.well-known/openid-configuration"
"""


def make(data: Path) -> None:
    """The register, and what both accounts wrote and were told in the last weeks."""
    (data / "register").mkdir(parents=True)
    for name, text in REGISTER.items():
        (data / f"register/{name}.csv").write_text(text, encoding="utf-8")
    exports = data / "exports"
    exports.mkdir()
    for account, word in ((OWN, "rugle"), (OTHERS, "zissel")):
        _posts(exports / f"{word}-innlegg.csv", account, word)
        _comments(exports / f"{word}-kommentarer.csv", account, word)
    load(sorted(exports.iterdir()), data=data)


def _posts(path: Path, account: str, word: str) -> None:
    _table(
        path,
        ["Plattform", "Konto", "Innleggets ID", "Publisert", "Tekst", "Reaksjoner"],
        [
            [*_account(account), f"p{n}", _ago(40 - n), f"{word}hvisk fra oss", n]
            for n in range(1, 9)
        ],
    )


def _comments(path: Path, account: str, word: str) -> None:
    rows: list[list[Any]] = []
    for n in range(1, 9):
        text = f"Elendig og forferdelig dårlig {word}hvisk {n}. Når blir dette fikset?"
        rows.append([*_account(account), f"p{n}", f"c{n}", "", _ago(40 - n, 2), text, "nei"])
        if n > 5:
            said = f"Hei! {word}hvisk fra oss"
            rows.append(
                [*_account(account), f"p{n}", f"s{n}", f"c{n}", _ago(40 - n, 1), said, "ja"]
            )
    rows.append([*_account(account), "p1", "c99", "", "ikke en dato", f"{word}hvisk", "nei"])
    head = ["Plattform", "Konto", "Innleggets ID", "Kommentarens ID", "Svar på", "Tidspunkt"]
    _table(path, [*head, "Tekst", "Skrevet av kontoen"], rows)


def _account(account: str) -> list[str]:
    platform, _colon, name = account.partition(":")
    return [platform, name]


def _ago(days: int, hours: int = 3) -> str:
    return f"{datetime.now() - timedelta(days=days, hours=hours):%d.%m.%Y %H:%M}"  # noqa: DTZ005


def _table(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])
