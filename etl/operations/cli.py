"""The commands of whoever operates Svarvakt: backup, restore, mirror, doctor (docs/)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from svarvakt import errors, settings

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_to(command: Command) -> None:
    """Adds the commands to `python -m etl`."""
    copy = command("backup", _backup, "ta en kopi av alt som ikke kan lages på nytt")
    copy.add_argument("target", type=Path, metavar="FIL|MAPPE")
    copy.add_argument(
        "--keep", type=_at_least_one, metavar="N", help="behold bare de N nyeste kopiene i mappen"
    )
    back = command("restore", _restore, "legg en kopi tilbake og regn ut tallene")
    back.add_argument("file", type=Path, metavar="FIL")
    back.add_argument(
        "--replace", action="store_true", help="flytt data som er der fra før, til side"
    )
    copies = command("mirror", _mirror, "kopier de ferdige tallene til mapper som bare viser dem")
    copies.add_argument("targets", nargs="+", type=Path, metavar="MAPPE")
    look = command("doctor", _doctor, "se etter om alt er i orden, og si hva som må gjøres")
    look.add_argument("--port", type=int, default=8501, metavar="N", help="porten Svarvakt bruker")


def _at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("skriv et tall fra 1 og oppover")
    return int(text)


def _backup(options: argparse.Namespace) -> int:
    from etl.operations.backup import backup

    done = backup(settings.data_dir(), options.target, keep=options.keep)
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
    _say(f"{done['files']} filer er kopiert til {done['path']} ({done['bytes'] // 1000} kB).")
    _say(
        "Kopien har nøkkelen (secret) og innbyggernes tekster: oppbevar den kryptert, der bare "
        "de som drifter Svarvakt, kommer til, og slett den når den er gammel."
    )
    if done["decisions"] == "server":
        _say("Avgjørelsene ligger i PostgreSQL og er ikke med: ta kopi av dem med pg_dump.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from etl.operations.restore import restore

    done = restore(settings.data_dir(), options.file, replace=options.replace, progress=_progress)
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
    _say(f"Kopien fra {done['made_at']} er lagt tilbake, og tallene er regnet ut.")
    if done["moved_aside"]:
        _say(f"Det som lå der, er flyttet til {done['moved_aside']}. Slett det når alt er i orden.")
    if done["decisions"] == "server":
        _say("Avgjørelsene ligger i PostgreSQL og er ikke i kopien: legg dem tilbake der.")
    return 0


def _mirror(options: argparse.Namespace) -> int:
    """Every folder is tried, also after one that fails: a machine may be off."""
    from etl.operations.mirror import mirror

    done, problems = [], []
    for target in options.targets:
        try:
            done.append(mirror(settings.data_dir(), target))
        except (OSError, errors.UserFacingError) as error:
            problems.append(f"{target}: {errors.user_message(error) or error}")
    if options.json:
        told = {"mirrored": [each._asdict() for each in done], "problems": problems}
        print(json.dumps(told, ensure_ascii=False))
    for each in done:
        _say(f"{each.target}: versjon {each.version}, {each.copied} filer var nye.")
    for problem in problems:
        _say(problem)
    return 1 if problems else 0


def _doctor(options: argparse.Namespace) -> int:
    from etl.operations.doctor.run import run_checks

    found = run_checks(settings.data_dir(), options.port)
    if options.json:
        print(json.dumps({"findings": [each.as_json() for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            print(each.in_words())
    is_well = all(each.is_well for each in found)
    _say("Alt er i orden." if is_well else "Noe må ses på; det står hva over.")
    return 0 if is_well else 1


def _progress(_fraction: float, _what: str) -> None:
    pass


def _say(text: str) -> None:
    print(text, file=sys.stderr)
