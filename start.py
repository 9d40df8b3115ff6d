#!/usr/bin/env python3
"""Setter opp og starter Svarvakt. Trenger bare Python 3.11 eller nyere.

python3 start.py [--port N] [--no-browser]   laster nye eksporter og starter
python3 start.py setup                       lager bare .venv
python3 start.py test [pytest-valg]          setter opp alt og kjører alle testene
python3 start.py check                       format, stil, typer og lag
python3 start.py words                       henter tekstene fra koden inn i språkfilene
python3 start.py bench [DEL] [valg]          måler import, sider og rapporter
python3 start.py soak [DEL] [valg]           dreper programmet, skader filer, ser på hver side og
                                              prøver hver dør; DEL er kills, pages, doors
                                              eller spark (en annen motor leser de samme filene)

På Windows: py start.py
"""

import sys

# Before anything that an older Python could stumble over; the file must still parse there.
if sys.version_info < (3, 11):
    sys.exit(
        f"Svarvakt trenger Python 3.11 eller nyere, og dette er {sys.version.split()[0]}: "
        "hent den nyeste fra python.org og start på nytt."
    )

import argparse
import contextlib
import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from svarvakt import errors, settings

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "svarvakt-stamp"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
FIRST_PORT = 8501
SETUP_BYTES = 1_500_000_000  # pip's environment was measured at 838 MB, and it unpacks beside it
DATA_BYTES = 200_000_000
MOST_WORKERS = 4  # each may have a Chromium, a server and a database of its own
DEBIAN_PACKAGES = (
    "chromium",
    "chromium-headless-shell",
    "fonts-dejavu-core",
    "fonts-liberation",
    "fonts-noto-color-emoji",
    "nginx-light",
    "postgresql",
    "systemd",
)


SKIPPED = (
    "Tester som trenger Chromium, PostgreSQL, nginx eller systemd, hoppes over hvis de mangler"
)


def say(text: str) -> None:
    """One line to the person, before whatever the next program prints."""
    print(text, flush=True)


def stop(text: str) -> NoReturn:
    """Ends with what is wrong and what mends it."""
    raise SystemExit(text)


# --- The environment ---------------------------------------------------------------------------


def venv_python() -> Path:
    """The environment's own Python."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def fingerprint(*files: Path) -> str:
    """Changes with this Python, this folder and the content of the files."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_ready(lock: Path) -> bool:
    """True when the environment already holds what the lock file names."""
    return (
        venv_python().exists()
        and STAMP.exists()
        and fingerprint(lock) in STAMP.read_text(encoding="ascii").split()
    )


def venv_matches() -> bool:
    """True when an environment made by this version of Python is there."""
    config = VENV / "pyvenv.cfg"
    if not (venv_python().exists() and config.exists()):
        return False
    wanted = ".".join(map(str, sys.version_info[:2])) + "."
    return any(
        line.partition("=")[2].strip().startswith(wanted)
        for line in config.read_text(encoding="utf-8").splitlines()
        if line.startswith("version")
    )


def find_uv() -> str | None:
    """uv, which sets up in seconds, when it is on the PATH and works."""
    uv = shutil.which("uv")
    return uv if uv and call([uv, "--version"], quiet=True) == 0 else None


def venv_command(uv: str | None) -> list[str]:
    """The command that makes an empty environment."""
    if uv:
        return [uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]
    return [sys.executable, "-m", "venv", str(VENV)]


def install_command(uv: str | None, lock: Path) -> list[str]:
    """The command that installs exactly what the lock file names, wheels only, hashes checked."""
    python = str(venv_python())
    pip = [uv, "pip", "install", "--quiet", "--python", python] if uv else [python, "-m", "pip"]
    if not uv:
        pip += ["install", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]


def check_disk(folder: Path, needed: int) -> None:
    """Stops when the disk under the folder has less than `needed` bytes left."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        stop(
            f"For lite plass på disken: {folder} trenger {needed // 1_000_000} MB, og "
            f"{free // 1_000_000} MB er ledig. Frigjør plass og start på nytt."
        )


def set_up(lock: Path = RUN_LOCK) -> None:
    """Makes `.venv`, or brings it up to date; returns at once when nothing changed."""
    if is_ready(lock):
        return
    check_disk(VENV, SETUP_BYTES)
    uv = find_uv()
    if not venv_matches():
        say("Lager .venv …")
        shutil.rmtree(VENV, ignore_errors=True)
        if call(venv_command(uv)):
            stop(
                "Fikk ikke laget .venv. På Debian og Ubuntu: installer python3-venv og prøv igjen."
            )
    if not uv:
        # An environment made by uv has no pip.
        call([str(venv_python()), "-m", "ensurepip"], quiet=True)
    say("Henter pakkene; første gang tar det opptil et par minutter …")
    if call(install_command(uv, lock)):
        stop("Pakkene kunne ikke hentes. Sjekk nettforbindelsen og start på nytt.")
    done = [fingerprint(lock)] + ([fingerprint(RUN_LOCK)] if lock == DEV_LOCK else [])
    STAMP.write_text("\n".join(done), encoding="ascii")


# --- Running programs --------------------------------------------------------------------------


def environment(data: Path) -> dict[str, str]:
    """The environment variables of everything we start."""
    return {**settings.environment(data), "PYTHONUTF8": "1"}


def call(command: Sequence[str], data: Path | None = None, *, quiet: bool = False) -> int:
    """Runs a program in the project's folder and returns its exit code."""
    output = subprocess.DEVNULL if quiet else None
    env = environment(data or settings.data_dir())
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=output, stderr=output)
    return done.returncode


def tool(*arguments: str, data: Path | None = None, quiet: bool = False) -> int:
    """Runs a module or script with the environment's Python and returns its exit code."""
    return call([str(venv_python()), *arguments], data, quiet=quiet)


# --- What the dashboard shows ------------------------------------------------------------------


def has_files(folder: Path) -> bool:
    """True when a person has put something into the folder."""
    return any(
        path.is_file() and not path.name.startswith(".") and path.name != "README.md"
        for path in folder.rglob("*")
    )


def load_exports(data: Path) -> None:
    """Loads what is new in the inbox, and counts anew where the program or the register changed."""
    exports = data / "exports"
    say(f"Ser etter nye eksporter i {exports} …")
    if tool("-m", "etl", "load", str(exports), data=data) == 1:
        say("Noen filer ble ikke lest; grunnen står over og på siden for datagrunnlag.")


def prepare_demonstration(demo: Path) -> None:
    """Makes the invented municipality in its own data folder, anew when its program changed."""
    program = fingerprint(*(path for path in (ROOT / "etl/demo").rglob("*") if path.is_file()))
    stamp = demo / "made-by"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != program:
        say("Ingen eksporter ennå: lager en oppdiktet kommune å vise fram (et halvt minutt) …")
        shutil.rmtree(demo, ignore_errors=True)
        if tool("-m", "etl", "demo", str(demo), data=demo):
            stop("Eksempelkommunen kunne ikke lages; grunnen står over.")
        stamp.write_text(program, encoding="ascii")
    load = ("-m", "etl", "load", str(demo / "exports"))
    # Eighty invented files are no news; when something is wrong, the second try says what.
    if tool(*load, data=demo, quiet=True) and tool(*load, data=demo):
        stop("Eksempelkommunen kunne ikke lastes; grunnen står over.")


def prepare_data(data: Path) -> None:
    """Loads what is new; with no data at all, makes the demonstration municipality."""
    check_disk(data, DATA_BYTES)
    if settings.is_copy(data):
        return say("Tallene her er en kopi, og regnes ut på en annen maskin.")
    exports = data / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    if has_files(exports) or settings.has_warehouse(data):
        load_exports(data)
    if not settings.has_warehouse(data):
        prepare_demonstration(settings.demo_dir())
    return None


# --- The dashboard -----------------------------------------------------------------------------


def is_free(port: int) -> bool:
    """True when nobody on this machine listens on the port, neither in IPv4 nor in IPv6."""
    for family, kind, _, _, address in socket.getaddrinfo(
        "localhost", port, type=socket.SOCK_STREAM
    ):
        with socket.socket(family, kind) as probe:
            if os.name != "nt":
                # What ended a minute ago does not keep its port (on Windows this means sharing).
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno != errno.EADDRNOTAVAIL:
                    return False
    return True


def free_port(first: int) -> int:
    """The first free port from `first`."""
    for port in range(first, min(first + 100, 65536)):
        if is_free(port):
            return port
    stop(f"Ingen ledig port fra {first} og oppover: velg en annen med --port.")


def dashboard_command(port: int) -> list[str]:
    """The command that serves the dashboard to this machine only."""
    return [str(venv_python()), "-m", "ui.server", str(port)]


def answers(port: int) -> bool:
    """True when the dashboard says that it is healthy."""
    # A proxy of the network has no way to this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://localhost:{port}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Returns when the dashboard answers; stops when it ended or is silent for a minute."""
    deadline = time.monotonic() + 60
    while not answers(port):
        if server.poll() is not None:
            stop("Svarvakt kom ikke i gang; grunnen står over.")
        if time.monotonic() > deadline:
            stop(
                "Svarvakt svarer ikke etter ett minutt: start på nytt, gjerne med en annen --port."
            )
        time.sleep(0.2)


def wants_browser() -> bool:
    """True when a person sits in front of this machine."""
    has_display = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return has_display and sys.stdout.isatty() and not os.environ.get("CI")


@contextlib.contextmanager
def dashboard(port: int, data: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """The running dashboard; it ends with the block."""
    server = subprocess.Popen(dashboard_command(port), cwd=ROOT, env=environment(data))
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def interrupt(*_: object) -> NoReturn:
    """Being told to end is the same as Ctrl+C."""
    raise KeyboardInterrupt


def serve(port: int, data: Path, *, browser: bool) -> int:
    """Serves until the person presses Ctrl+C; returns the exit code."""
    signal.signal(signal.SIGTERM, interrupt)
    try:
        with dashboard(port, data) as server:
            wait_until_ready(server, port)
            address = f"http://localhost:{port}"
            say(f"Svarvakt er klar: {address}  (stopp med Ctrl+C)")
            if browser:
                webbrowser.open(address)
            return server.wait()
    except KeyboardInterrupt:
        say("Svarvakt er stoppet.")
        return 0


# --- The commands ------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """`start.py`: sets up, loads what is new, serves."""
    parser = argparse.ArgumentParser(prog="start.py", add_help=False)
    parser.add_argument("--port", type=int, default=FIRST_PORT)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args(arguments)
    set_up()
    data = settings.data_dir()
    prepare_data(data)
    port = free_port(options.port)
    if port != options.port:
        say(f"Port {options.port} er opptatt; bruker {port}.")
    return serve(port, data, browser=wants_browser() and not options.no_browser)


def setup_only(_: list[str]) -> int:
    """`start.py setup`: makes `.venv`."""
    set_up()
    say("Klart. Start med: python3 start.py")
    return 0


def install_system_packages() -> None:
    """What the tests need of Debian, by apt-get; says why where it cannot."""
    if shutil.which("apt-get") is None:
        return say(f"{SKIPPED} (ikke Debian eller Ubuntu).")
    query = ["dpkg-query", "--show", *DEBIAN_PACKAGES]
    if call(query, quiet=True) == 0:
        return None
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return say(f"{SKIPPED}: apt-get trenger root.")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES]
    if call(["apt-get", "update", "-qq"]) or call(install):
        return say(f"{SKIPPED}: apt-get feilet, se over.")
    return None


CHECKS = {
    "format": ("ruff", "format", "--check", "."),
    "stil": ("ruff", "check", "."),
    "typer": ("mypy", "."),
    "lag": ("pytest", "-q", "tests/project/test_layers.py"),
}


def checked(*names: str) -> int:
    """Runs these checks, which print what they find, and says which failed; the exit code."""
    failed = [name for name in names if tool("-m", *CHECKS[name])]
    done = ", ".join(names)
    say(f"Feilet: {', '.join(failed)}" if failed else f"I orden: {done}.")
    return 1 if failed else 0


def check(_: list[str]) -> int:
    """`start.py check`: format, style, types and layers."""
    set_up(DEV_LOCK)
    return checked(*CHECKS)


def test(arguments: list[str]) -> int:
    """`start.py test`: everything from nothing; with arguments only pytest with these."""
    set_up(DEV_LOCK)
    install_system_packages()
    if arguments:
        return tool("-m", "pytest", *arguments)
    check_code = checked("format", "stil", "typer")  # the layers are among the tests
    return tool("-m", "pytest", *side_by_side()) or check_code


def words(_: list[str]) -> int:
    """`start.py words`: the catalogues hold what the code says; names what is not translated."""
    set_up(DEV_LOCK)
    return tool("-m", "svarvakt.catalogues")


def side_by_side() -> tuple[str, ...]:
    """The options of pytest that share the tests among this machine's cores."""
    # One more than cores: a browser's test waits as long as it works.
    workers = min((os.cpu_count() or 1) + 1, MOST_WORKERS)
    # Who is done takes half of what is left of another's: a file's tests stay together mostly.
    return ("-n", str(workers), "--dist", "worksteal")


def bench(arguments: list[str]) -> int:
    """`start.py bench`: measures import, pages and reports beside their baselines; or one part."""
    set_up(DEV_LOCK)
    return tool("-m", "bench", *arguments)


def soak(arguments: list[str]) -> int:
    """`start.py soak`: kills, pages, doors and Spark in turn; or one of them by its name."""
    set_up(DEV_LOCK)
    part, rest = (arguments[0], arguments[1:]) if arguments[:1] else ("", [])
    if part in SOAKS:
        return tool("-m", SOAKS[part], *rest)
    first, *others = SOAKS.values()
    codes = [tool("-m", first, *arguments), *(tool("-m", other) for other in others)]
    return max(codes)


SOAKS = {
    "kills": "tests.faults.soak",
    "pages": "tests.browser.sweep",
    "doors": "tests.doors.soak",
    "spark": "tests.spark.soak",
}
COMMANDS = {
    "run": run,
    "setup": setup_only,
    "test": test,
    "check": check,
    "words": words,
    "bench": bench,
    "soak": soak,
}


def main(arguments: list[str]) -> int:
    """Runs the named command, `run` when none is named; returns the exit code."""
    if {"-h", "--help"} & set(arguments[:1]):
        print(__doc__)
        return 0
    name, rest = "run", arguments
    if arguments and not arguments[0].startswith("-"):
        name, rest = arguments[0], arguments[1:]
    if name not in COMMANDS:
        stop(f"«{name}» finnes ikke. Velg mellom {', '.join(COMMANDS)}.")
    return COMMANDS[name](rest)


def guarded(arguments: list[str]) -> int:
    """Runs a command; what a person can mend is one sentence, never a traceback."""
    try:
        return main(arguments)
    except ValueError as error:
        stop(str(error))
    except OSError as error:
        reason = errors.user_message(error)
        if reason is None:
            raise
        stop(reason)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:]))
