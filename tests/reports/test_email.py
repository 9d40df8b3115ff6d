"""Sending the report: a real mail server with TLS, never twice, tried again, nobody's words."""

from __future__ import annotations

import datetime
import email
import ipaddress
import ssl
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reports.__main__ import main
from reports.email import NotSet, send
from tests.support.published_warehouse import publish

OCTOBER = datetime.date(2026, 10, 1)
ITEMS: tuple[dict[str, Any], ...] = (
    *({"unit_id": "kultur", "working_seconds": 60},) * 6,
    {"text": "HEMMELIG tekst", "permalink": "https://www.facebook.com/1/posts/2"},
)
UNITS_CSV = (
    "unit_id;name;kind;valid_from;leader_email\n"
    "kultur;Kultur;enhet;2020-01-01;leder.kultur@fjordvik.example\n"
)
SETTINGS_CSV = (
    "key;value\nname;Fjordvik kommune\nrecipients;direktor@fjordvik.example|stab@fjordvik.example\n"
)


class Mailbox:
    """What came in; refuses the first `bad` times."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.bad = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        if self.bad:
            self.bad -= 1
            return "451 try again later"
        self.letters.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, key included, made for this run."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    local = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(local), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def mailbox(
    certificate: Path, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mailbox]:
    """A mail server on this machine that asks for STARTTLS."""
    box = Mailbox()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Controller(
        box, hostname="127.0.0.1", port=free_port, tls_context=context, require_starttls=True
    )
    server.start()
    for name, value in (
        ("HOST", "127.0.0.1"),
        ("PORT", str(free_port)),
        ("SENDER", "svarvakt@fjordvik.example"),
        ("CA_FILE", str(certificate)),
    ):
        monkeypatch.setenv(f"SVARVAKT_SMTP_{name}", value)
    yield box
    server.stop()


@pytest.fixture
def data(data_dir: Path) -> Path:
    publish(
        data_dir,
        items=ITEMS,
        accounts=({"account_id": "facebook:1", "unit_id": "kultur"},),
        units=({"unit_id": "kultur", "name": "Kultur"},),
        coverage=({"items": 7},),
    )
    folder = data_dir / "register"
    folder.mkdir()
    (folder / "units.csv").write_text(UNITS_CSV, encoding="utf-8")
    (folder / "municipality.csv").write_text(SETTINGS_CSV, encoding="utf-8")
    return data_dir


def body(letter: Message) -> str:
    text = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    payload = text.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_management_gets_the_report_and_the_leader_what_waits(data: Path, mailbox: Mailbox) -> None:
    lines = send(data, OCTOBER, is_dry=False)
    assert [line.partition(":")[0] for line in lines] == ["sendt", "sendt"]
    to_all, to_leader = mailbox.letters
    assert to_all["To"] == "direktor@fjordvik.example, stab@fjordvik.example"
    assert to_leader["To"] == "leder.kultur@fjordvik.example"
    assert "https://www.facebook.com/1/posts/2" in body(to_leader)
    assert "https://" not in body(to_all)
    for letter in mailbox.letters:
        assert "HEMMELIG" not in letter.as_string() + body(letter)
        (enclosed,) = [p for p in letter.walk() if p.get_content_type() == "application/pdf"]
        assert enclosed.get_payload(decode=True)[:5] == b"%PDF-"  # type: ignore[index]


def test_nothing_is_sent_twice(data: Path, mailbox: Mailbox) -> None:
    send(data, OCTOBER, is_dry=False)
    again = send(data, OCTOBER, is_dry=False)
    assert [line.partition(":")[0] for line in again] == ["sendt før", "sendt før"]
    assert len(mailbox.letters) == 2


def test_a_bad_line_is_tried_again(data: Path, mailbox: Mailbox) -> None:
    mailbox.bad = 2
    lines = send(data, OCTOBER, is_dry=False, pause=0)
    assert [line.partition(":")[0] for line in lines] == ["sendt", "sendt"]


def test_what_failed_for_good_can_be_sent_later(data: Path, mailbox: Mailbox) -> None:
    mailbox.bad = 3
    lines = send(data, OCTOBER, is_dry=False, pause=0)
    assert [line.partition(":")[0] for line in lines] == ["ikke sendt", "sendt"]
    lines = send(data, OCTOBER, is_dry=False, pause=0)
    assert [line.partition(":")[0] for line in lines] == ["sendt", "sendt før"]


def test_a_dry_run_sends_nothing_and_names_nobody(
    data: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data.is_dir()
    assert main(["send", "2026-10"]) == 0
    said = capsys.readouterr().out
    assert said.count("ville sendt") == 2
    assert "@" not in said
    assert mailbox.letters == []


def test_without_a_mail_server_it_says_what_to_set(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SVARVAKT_SMTP_HOST", raising=False)
    with pytest.raises(NotSet, match="SVARVAKT_SMTP_HOST"):
        send(data, OCTOBER, is_dry=False)


def test_mail_is_never_sent_in_the_open(
    data: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVARVAKT_SMTP_SECURITY", "none")
    with pytest.raises(NotSet, match="kryptert"):
        send(data, OCTOBER, is_dry=False)
    assert mailbox.letters == []


def test_nobody_to_send_to_and_a_unit_without_accounts_are_sentences(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(
        data_dir,
        accounts=[{"unit_id": "kultur"}],
        units=[{}, {"unit_id": "kirke", "name": "Kirkevergen"}],
        coverage=[{}],
    )
    for given, code, words in (
        (["send", "2026-10", "--now"], 3, "Det er ingen å sende til"),
        (["2026-10", "--unit", "kirke"], 1, "Kirkevergen har ingen kontoer"),
        (["2026-10", "--unit", "finnes-ikke"], 2, "ingen enhet «finnes-ikke»"),
    ):
        assert main(given) == code
        assert words in capsys.readouterr().err
