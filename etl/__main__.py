"""The commands: python -m etl load, fetch, check, build, where, imports, undo, prune, erase,
remask, demo, evaluate, and those of etl.operations.cli: backup, restore, mirror, doctor."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from etl.ingest.staging import ImportOverrides
from etl.lake import store as lake
from etl.operations import cli
from etl.pipeline import LoadReport, check, has_waiting, load, load_exports, rebuild, undo
from etl.warehouse import build
from svarvakt import errors, settings, warehouse


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (data-contract.md).

    A fault of the disk, the rights or a damaged file is one sentence, never a traceback.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except build.BuildFailed as failure:
        code = _failed(failure)
    except Exception as error:
        why = errors.user_message(error)
        if why is None:
            raise
        _say(f"\n{why}")
        code = 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="kommando")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.add_argument("--json", action="store_true", help="skriv ett JSON-objekt til stdout")
        one.set_defaults(run=run)
        return one

    for name, run, text in (
        ("load", _load, "les inn filer, mapper og zip-filer, og regn ut tallene"),
        ("check", _check, "si hva filene er og hva de ville gitt, uten å lagre noe"),
    ):
        one = command(name, run, text)
        one.add_argument("paths", nargs="+", type=Path, metavar="FIL")
        one.add_argument(
            "--account", metavar="PLATTFORM:NAVN", action="append", default=[],
            help="kontoen filene gjelder; én gang for hver plattform",
        )  # fmt: skip
        one.add_argument(
            "--exported", type=_day, metavar="ÅÅÅÅ-MM-DD", help="dagen filene ble lastet ned"
        )
        one.add_argument(
            "--dates",
            choices=("day-first", "month-first"),
            help="rekkefølgen i datoer som kan leses på to måter",
        )
    one = command("fetch", _fetch, "hent kommentarer fra plattformen, og les dem inn")
    one.add_argument("platform", choices=("facebook", "instagram", "youtube"), metavar="PLATTFORM")
    one.add_argument("--since", type=_day, metavar="ÅÅÅÅ-MM-DD", help="hent alt fra denne dagen")
    one.add_argument("--account", metavar="NAVN", help="bare denne kontoen (navn eller id)")
    one.add_argument("--no-load", action="store_true", help="hent, men les ikke inn")
    command("build", _build, "regn ut tallene på nytt av det som er lest inn")
    command("where", _where, "skriv stien til varehuset som er i bruk")
    command("imports", _imports, "list opp det som er lest inn")
    command("undo", _undo, "ta én import ut igjen").add_argument("import_id", metavar="ID")
    for name, run, text in (
        ("prune", _prune, "si hva som er gammelt nok til å slettes; --now sletter det"),
        ("erase", _erase, "slett én henvendelse for godt"),
    ):
        one = command(name, run, text)
        one.add_argument(
            "--override", action="store_true", help="også det som er merket for arkivet"
        )
        if name == "prune":
            one.add_argument("--now", action="store_true", help="slett, ikke bare si hva")
        else:
            one.add_argument("link", metavar="LENKE", help="lenken til kommentaren, eller id-en")
    cli.add_to(command)
    command("remask", _remask, "masker lagrede tekster med dagens regler")
    demo = command("demo", _demo, "skriv en oppdiktet kommune å prøve med")
    demo.add_argument("folder", type=Path, metavar="MAPPE")
    for option, default in (("comments", 4000), ("months", 15), ("seed", 1)):
        demo.add_argument(f"--{option}", type=int, default=default, metavar="N")
    evaluate = command("evaluate", _evaluate, "mål tekstanalysen mot merkede kommentarer")
    evaluate.add_argument("file", type=Path, metavar="FIL.jsonl")
    return parser


def _progress(fraction: float, what: str) -> None:
    width = 24
    bar = "█" * round(width * fraction) + "░" * (width - round(width * fraction))
    end = "\n" if fraction >= 1 else ""
    print(f"\r{bar} {fraction:4.0%} {what:<40}", end=end, file=sys.stderr, flush=True)


def _load(options: argparse.Namespace) -> int:
    if _bad_account(options.account):
        return 2
    return _show(load(options.paths, progress=_progress, answers=_answers(options)), options)


def _check(options: argparse.Namespace) -> int:
    if _bad_account(options.account):
        return 2
    return _show(check(options.paths, answers=_answers(options)), options)


def _answers(options: argparse.Namespace) -> dict[str, ImportOverrides]:
    """What the options say of every file that does not say it itself."""
    said = ImportOverrides(
        accounts=tuple(options.account),
        exported_at=options.exported,
        is_day_first=options.dates and options.dates == "day-first",
    )
    return {"": said}


def _day(text: str) -> datetime:
    """Noon in UTC of an ISO day: the same day in Oslo."""
    try:
        return datetime.combine(date.fromisoformat(text), time(12), UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» er ingen dato som 2026-01-31") from None


def _fetch(options: argparse.Namespace) -> int:
    from etl import fetch
    from etl.lake.lock import ensure_primary

    ensure_primary(settings.data_dir())
    credentials = fetch.from_environment()
    since = options.since.date() if options.since else None
    report = fetch.fetch(
        options.platform, credentials, _progress, since=since, account=options.account
    )
    loaded, code = None, report.exit_code
    if report.accounts and not options.no_load and has_waiting():
        try:
            loaded = load_exports(_progress)
        except build.BuildFailed as failure:
            return _failed(failure)
        code = max(code, loaded.exit_code)
    if options.json:
        answer = report.as_json() | {"load": loaded.as_json() if loaded else None}
        print(json.dumps(answer, ensure_ascii=False))
    for account in report.accounts:
        _say(
            f"hentet     {account.name}: {account.posts} innlegg, {account.comments} kommentarer "
            f"og svar siden {account.since:%d.%m.%Y}; {account.changed} innlegg er nye eller endret"
        )
        for line in account.warnings:
            _say(f"    {line}")
    for problem in report.problems:
        _say(f"ikke hentet  {problem.where}: {problem.words}")
    return code


def _bad_account(accounts: Sequence[str]) -> bool:
    platforms = [account.partition(":")[0] for account in accounts]
    known = ", ".join(_platforms())
    if not all(":" in one for one in accounts) or not set(platforms) <= set(_platforms()):
        _say(f"--account skal være <plattform>:<navn eller id>, med en av plattformene {known}.")
        return True
    if len(set(platforms)) < len(platforms):
        _say("--account kan stå én gang for hver plattform.")
        return True
    return False


def _platforms() -> tuple[str, ...]:
    from svarvakt.platforms import PLATFORMS

    return PLATFORMS


def _show(report: LoadReport, options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    if not report.files:
        _say("Fant ingen filer der.")
    known = sum(file.status == "already loaded" for file in report.files)
    if known:
        _say(f"{known} filer er lest inn før.")
    for file in report.files:
        if file.status == "already loaded":
            continue
        _say(f"{'lest inn' if file.status == 'loaded' else 'avvist  '}  {file.path}")
        if file.status == "loaded":
            days = f"{file.days} tall per dag, " if file.days else ""
            _say(
                f"    {file.format}: {file.posts} innlegg, {file.comments} kommentarer, "
                f"{file.replies} svar, {days}{file.rejected} avviste rader"
            )
        for line in [file.reason] if file.reason else file.warnings:
            _say(f"    {line}")
    return report.exit_code


def _build(options: argparse.Namespace) -> int:
    built = rebuild(progress=_progress)
    if options.json:
        print(json.dumps({"version": built.version, "seconds": built.seconds}))
    return 0


def _failed(failure: build.BuildFailed) -> int:
    _say(f"De nye tallene besto ikke kontrollen «{failure}». De gamle er fortsatt i bruk.")
    return 1


def _where(options: argparse.Namespace) -> int:
    data = settings.data_dir()
    pointer = warehouse.current(data)
    if pointer is None:
        _say("Det er ikke regnet ut noen tall ennå. Les inn en fil først.")
        return 1
    path = str(warehouse.warehouse_path(data, pointer).resolve())
    print(json.dumps({"path": path}) if options.json else path)
    return 0


def _imports(options: argparse.Namespace) -> int:
    data = settings.data_dir()
    found = lake.imports(data) if (data / "lake").is_dir() else []
    if options.json:
        print(json.dumps({"imports": found}, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{one['import_id'][:12]}  {one['exported_at'][:10]}  {one['format']}  {one['path']}")
    return 0


def _undo(options: argparse.Namespace) -> int:
    removed = undo(options.import_id, progress=_progress)
    if options.json:
        print(json.dumps({"removed": removed}))
    if removed is None:
        _say(f"Fant ingen import som begynner på {options.import_id}, eller fant flere.")
        return 1
    return 0


def _prune(options: argparse.Namespace) -> int:
    from etl.operations.retention import prune

    done = prune(
        settings.data_dir(), is_dry=not options.now, progress=_progress, override=options.override
    )
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
    counts = done["counts"]
    _say("Dette er slettet:" if options.now else "Dette ville blitt slettet (--now sletter det):")
    _say(
        f"    {counts['texts']} tekster, {counts['rows']} rader, {counts['inbox_files']} filer i "
        f"data/exports. {counts['held_for_archive']} henvendelser venter på arkivet."
    )
    if options.now:
        _say(f"Kvittering: {done['receipt']}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    from etl.operations.erasure import NotErased, erase

    try:
        done = erase(
            settings.data_dir(), options.link, progress=_progress, override=options.override
        )
    except NotErased as why:
        _say(str(why))
        return 1
    if options.json:
        print(json.dumps(done, ensure_ascii=False))
    _say(f"Henvendelsen er slettet. Kvittering: {done['receipt']}")
    _say("Filer i data/exports kan fortsatt ha den; slett dem, eller kjør prune med raw_days 0.")
    return 0


def _remask(options: argparse.Namespace) -> int:
    from etl.pipeline import remask

    rewritten = remask(progress=_progress)
    if options.json:
        print(json.dumps({"imports_rewritten": rewritten}))
    _say(f"{rewritten} importer er masket på nytt.")
    return 0


def _demo(options: argparse.Namespace) -> int:
    from etl.demo import write_demo

    write_demo(options.folder, options.comments, options.months, options.seed, _progress)
    if options.json:
        print(json.dumps({"folder": str(options.folder.resolve())}))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from etl.text_analysis.evaluate import evaluate

    print(
        json.dumps(evaluate(options.file), ensure_ascii=False, indent=None if options.json else 2)
    )
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    os.umask(0o077)  # what is made here is for the user that runs Svarvakt alone
    sys.exit(main())
