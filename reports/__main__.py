"""python -m reports 2026-10 [--unit ID] [--format pdf,xlsx,pptx] [--output DIR]
python -m reports lock 2026-10 [--reason TEKST] [--unfinished]
python -m reports send 2026-10 [--now]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reports import FORMATS, NoData, Unfinished, lock_month, make, newest_month, report
from reports.document import unfinished
from reports.email import NobodyToSendTo, NotSet, send
from reports.figures import NoAccounts, UnknownUnit
from reports.monthly_report import definitions
from svarvakt import errors, i18n, settings
from svarvakt.decisions import BadDecision


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 no data or refused, 2 wrong use, 3 nobody to send to."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = given.pop(0) if given and given[0] in ("lock", "send") else "make"
    options = _parser(command).parse_args(given)
    i18n.use(options.language)
    try:
        done: dict[str, Any] = {"make": _make, "lock": _lock, "send": _send}[command](options)
    except NoData:
        print("Det er ingen data for måneden. Les inn eksporter først.", file=sys.stderr)
        return 1
    except Unfinished as month:
        print(
            f"{month.month:%Y-%m} er ikke over: filene går til {i18n.day(month.until)}. "
            "Les inn nyere eksporter, eller lås likevel med --unfinished.",
            file=sys.stderr,
        )
        return 1
    except UnknownUnit as unit:
        print(f"Registeret har ingen enhet «{unit}».", file=sys.stderr)
        return 2
    except NobodyToSendTo as nobody:
        print(nobody, file=sys.stderr)
        return 3
    except (BadDecision, NotSet, NoAccounts) as problem:
        print(problem.args[0] if problem.args else problem, file=sys.stderr)
        return 1
    except Exception as error:
        why = errors.user_message(error)
        if why is None:
            raise
        print(why, file=sys.stderr)
        return 1
    print(json.dumps(done, ensure_ascii=False) if options.json else done["said"])
    return 0


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    parser.add_argument("month", nargs="?", type=_month, metavar="ÅÅÅÅ-MM")
    parser.add_argument("--language", choices=list(i18n.LANGUAGES), default=i18n.DEFAULT)
    parser.add_argument("--json", action="store_true", help="skriv ett JSON-objekt til stdout")
    if command == "make":
        parser.add_argument("--unit", metavar="ID", help="en enhets rapport")
        parser.add_argument("--format", default=",".join(FORMATS), type=_formats)
        parser.add_argument("--output", type=Path, default=Path(), metavar="MAPPE")
    if command == "lock":
        parser.add_argument("--reason", help="hvorfor en låst måned får en ny versjon")
        parser.add_argument(
            "--unfinished", action="store_true", help="lås en måned som ikke er over"
        )
    if command == "send":
        parser.add_argument(
            "--now", action="store_true", help="send; ellers bare vis hva som ville"
        )
    return parser


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» er ingen måned; skriv 2026-10") from None


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if unknown := [name for name in names if name not in FORMATS]:
        raise argparse.ArgumentTypeError(f"«{unknown[0]}» er ikke blant {', '.join(FORMATS)}")
    return names


def _make(options: argparse.Namespace) -> dict[str, Any]:
    data = settings.active_data_dir()
    month = options.month or newest_month(data)
    one = report(data, month, options.unit)
    until = one.figures.unfinished_on
    if until:
        print(unfinished(month, until), file=sys.stderr)
    options.output.mkdir(parents=True, exist_ok=True)
    name = f"manedsrapport-{month:%Y-%m}" + (f"-{options.unit}" if options.unit else "")
    paths = []
    for kind, content in make(one, options.language, options.format, definitions(data)).items():
        path = options.output / f"{name}.{kind}"
        path.write_bytes(content)
        paths.append(str(path))
    return {
        "files": paths,
        "unfinished_on": f"{until}" if until else None,
        "said": "\n".join(paths),
    }


def _lock(options: argparse.Namespace) -> dict[str, Any]:
    data = settings.active_data_dir()
    month = options.month or newest_month(data)
    version = lock_month(
        data, month, "kommunikasjon", options.reason, unfinished=options.unfinished
    )
    said = f"{month:%Y-%m} er låst, versjon {version}."
    return {"month": f"{month:%Y-%m}", "version": version, "said": said}


def _send(options: argparse.Namespace) -> dict[str, Any]:
    data = settings.active_data_dir()
    month = options.month or newest_month(data)
    lines = send(data, month, is_dry=not options.now)
    return {"sent": lines, "said": "\n".join(lines)}


if __name__ == "__main__":
    sys.exit(main())
