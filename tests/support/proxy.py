"""nginx for one test, with the files of deploy/ and a certificate of its own."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.paths import ROOT

DEPLOY = ROOT / "deploy"
SERVERS, SITE = "# --- The servers", "# --- The site ---"


def ours() -> str:
    """deploy/nginx.conf: one server."""
    return (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def ours_for_many() -> str:
    """The same with deploy/nginx-many.conf in place of its servers, as its first line says."""
    before, _mark, rest = ours().partition(SERVERS)
    many = (DEPLOY / "nginx-many.conf").read_text(encoding="utf-8")
    return before + many + SITE + rest.partition(SITE)[2]


def trusted(folder: Path) -> ssl.SSLContext:
    """What believes the certificate of this folder and no other."""
    return ssl.create_default_context(cafile=str(folder / "tls.crt"))


def certificate(folder: Path) -> None:
    """A certificate of its own for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "tls.crt").write_bytes(made.public_bytes(pem))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "tls.key").write_bytes(key.private_bytes(pem, form, plain))


def configuration(
    folder: Path, text: str, https: int, http: int, addresses: Mapping[str, str]
) -> Path:
    """A configuration as it is, but for the ports, the name, the addresses and the places."""
    for written, real in {
        "listen 443 ssl": f"listen 127.0.0.1:{https} ssl",
        "listen 80": f"listen 127.0.0.1:{http}",
        "server_name svarvakt.kommunen.example": "server_name localhost",
        "/etc/svarvakt/": f"{folder}/",
        **addresses,
    }.items():
        assert written in text
        text = text.replace(written, real)
    folder.chmod(0o755)  # nginx's workers are somebody else
    (folder / "svarvakt.conf").write_text(text, encoding="utf-8")
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off;\n"
        "events {}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"include {folder}/svarvakt.conf; }}\n",
        encoding="utf-8",
    )
    return path


@contextmanager
def standing(path: Path, https: int) -> Iterator[None]:
    """nginx with this configuration until the block ends. Skips where it is not installed."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("needs nginx (Debian: apt-get install nginx-light)")
    nginx = subprocess.Popen([program, "-p", str(path.parent), "-c", str(path)])
    try:
        _wait(https, nginx, path.parent)
        yield
    finally:
        nginx.terminate()
        nginx.wait(timeout=10)


def _wait(port: int, nginx: subprocess.Popen[bytes], folder: Path) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        log = folder / "error.log"
        assert nginx.poll() is None, log.read_text("utf-8") if log.exists() else "nginx ended"
        time.sleep(0.1)
    raise TimeoutError(f"nginx on {port}")
