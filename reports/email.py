"""Mails the month's report: the municipality's to management, a digest to each unit leader.

Counts and the platforms' own links, never a comment's text; the report itself is enclosed, so
that it is useful without signing in. Dry run unless told otherwise, tried again when the line is
bad, never sent twice: the claim is stored before the sending, and given back if it failed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import smtplib
import ssl
import time
from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from reports.figures import NoData
from reports.monthly_report import make, report, warehouse
from svarvakt import decisions, i18n, metrics, settings
from svarvakt.i18n import ngettext
from svarvakt.metrics import Scope
from svarvakt.register import Unit

TRIES = 3
PAUSE = 5.0  # seconds before the second try; doubled for each next
MOST_LINKS = 10
WAIT = 30  # seconds for the mail server


class NotSet(Exception):
    """Something that sending needs is not configured; says what, in Norwegian."""


class NobodyToSendTo(Exception):
    """Neither management nor any unit leader has an address; says where one is written."""


@dataclasses.dataclass(frozen=True)
class Email:
    """One mail. `unit_id` None = to management, all of them in one."""

    addresses: tuple[str, ...]
    unit_id: str | None
    subject: str
    body: str
    file_name: str
    enclosed: bytes

    @property
    def whom(self) -> str:
        """Without the address: a log of addresses would be a list of persons."""
        return f"lederen for {self.unit_id}" if self.unit_id else "ledelsen"


@dataclasses.dataclass(frozen=True)
class Server:
    """Where mail goes out; from the environment only, never written anywhere."""

    host: str
    port: int
    security: str  # "starttls" or "tls"
    user: str
    password: str = dataclasses.field(repr=False)
    sender: str
    authority: str | None = None  # a file with the certificate to trust besides the usual ones


def send(data: Path, when: date, *, is_dry: bool = True, pause: float = PAUSE) -> list[str]:
    """Sends what has not been sent; a line per letter.

    Raises NotSet, NobodyToSendTo, or NoData where there is nothing to tell of the month.
    """
    report(data, when)
    found = letters(data, when)
    if not found:
        raise NobodyToSendTo(
            "Det er ingen å sende til. Skriv ledelsens adresser i «recipients» i municipality.csv, "
            "eller en adresse for enhetslederen i units.csv."
        )
    told = {each.unit_id for each in found}
    left_out = [
        f"ikke til lederen for {unit.unit_id}: enheten har ingen kontoer eller tall for måneden"
        for unit in _led(data)
        if unit.unit_id not in told
    ]
    if is_dry:
        return [f"ville sendt «{each.subject}» til {each.whom}" for each in found] + left_out
    server = _server(os.environ)
    return [_send_once(data, when, each, server, pause) for each in found] + left_out


def letters(data: Path, when: date) -> list[Email]:
    """Management's letter, and one to each unit leader whose unit has something to be told."""
    register = decisions.current_register(data)
    chosen = register.settings(settings.today()).get("recipients", "")
    management = tuple(filter(None, (part.strip() for part in chosen.split("|"))))
    found = [_letter(data, when, None, management)] if management else []
    for unit in _led(data):
        with contextlib.suppress(NoData, KeyError):  # without accounts or data: nothing to be told
            found.append(_letter(data, when, unit.unit_id, (str(unit.leader_email),)))
    return found


def _led(data: Path) -> list[Unit]:
    """The units of today whose leader has an address."""
    units = decisions.current_register(data).units
    return [each for each in units if each.leader_email and each.is_valid(settings.today())]


def _letter(data: Path, when: date, unit_id: str | None, addresses: tuple[str, ...]) -> Email:
    one = report(data, when, unit_id)
    language = i18n.language()
    said = one.document(language)
    body = [said.subtitle, "", *said.sentences]
    if unit_id:
        body += ["", *_waiting(data, when, unit_id)]
    body += ["", *said.foot]
    name = f"manedsrapport-{when:%Y-%m}" + (f"-{unit_id}" if unit_id else "") + ".pdf"
    return Email(
        addresses,
        unit_id,
        f"{said.title} – {said.subtitle}",
        "\n".join(body),
        name,
        make(one, language, ("pdf",), {})["pdf"],
    )


def _waiting(data: Path, when: date, unit_id: str) -> list[str]:
    """How many wait, and the platforms' own links to the oldest; no text of anybody's."""
    with warehouse(data) as con:
        scope = Scope(when, when, (unit_id,))
        found = metrics.items(con, scope, "waiting", limit=MOST_LINKS)
        count = metrics.waiting(con, scope).count
    said = ngettext("{n} enquiry waits for an answer", "{n} enquiries wait for an answer", count)
    return [f"{said}.", *(each.permalink for each in found if each.permalink)]


def _server(given: Mapping[str, str]) -> Server:
    def value(name: str, default: str = "") -> str:
        return given.get(f"SVARVAKT_SMTP_{name}", default).strip()

    if not value("HOST") or not value("SENDER"):
        raise NotSet(
            "Sett SVARVAKT_SMTP_HOST og SVARVAKT_SMTP_SENDER for å sende; se docs/sending.md."
        )
    security = value("SECURITY", "starttls")
    if security not in ("starttls", "tls"):
        raise NotSet("SVARVAKT_SMTP_SECURITY må være starttls eller tls: e-post sendes kryptert.")
    port = value("PORT", "587" if security == "starttls" else "465")
    return Server(
        value("HOST"),
        int(port),
        security,
        value("USER"),
        given.get("SVARVAKT_SMTP_PASSWORD", ""),
        value("SENDER"),
        value("CA_FILE") or None,
    )


def _send_once(data: Path, when: date, letter: Email, server: Server, pause: float) -> str:
    store = decisions.open_store(data)
    version = report(data, when, letter.unit_id).version
    if not decisions.remember_sent(store, when, version, letter.unit_id or ""):
        return f"sendt før: «{letter.subject}» til {letter.whom}"
    for attempt in range(TRIES):
        try:
            _deliver(letter, server)
        except (OSError, smtplib.SMTPException) as problem:
            if attempt + 1 == TRIES or isinstance(problem, smtplib.SMTPRecipientsRefused):
                decisions.forget_sent(store, when, version, letter.unit_id or "")
                return (
                    f"ikke sendt: «{letter.subject}» til {letter.whom} ({type(problem).__name__})"
                )
            time.sleep(pause * 2**attempt)
        else:
            return f"sendt: «{letter.subject}» til {letter.whom}"
    raise AssertionError("unreachable")


def _deliver(letter: Email, server: Server) -> None:
    message = EmailMessage()
    message["From"], message["To"] = server.sender, ", ".join(letter.addresses)
    message["Subject"] = letter.subject
    message.set_content(letter.body)
    message.add_attachment(
        letter.enclosed, maintype="application", subtype="pdf", filename=letter.file_name
    )
    trusted = ssl.create_default_context(cafile=server.authority)
    if server.security == "tls":
        with smtplib.SMTP_SSL(server.host, server.port, timeout=WAIT, context=trusted) as line:
            _hand_over(line, message, server)
    else:
        with smtplib.SMTP(server.host, server.port, timeout=WAIT) as line:
            line.starttls(context=trusted)
            _hand_over(line, message, server)


def _hand_over(line: smtplib.SMTP, message: EmailMessage, server: Server) -> None:
    if server.user:
        line.login(server.user, server.password)
    line.send_message(message)
