"""One run of the import: files in, folders of the lake out; nothing personal gets past it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from queue import SimpleQueue

from etl.ingest.batch import Entry, FileReport, Reader, bytes_in, bytes_of, log_internal_error
from etl.ingest.column_templates import mapping_keys, own_templates
from etl.ingest.companion_files import folder_of, mark_companions
from etl.ingest.detection import recognise, sample_of
from etl.ingest.encoding import transcode_to_utf8
from etl.ingest.files import InputFile, find_files
from etl.ingest.reasons import reason
from etl.ingest.staging import ImportFile, ImportOverrides, UnsupportedFile
from etl.lake import store as lake
from etl.progress import Progress

# Both bound memory: nothing may spill to disk before the import line. Much of what a reader does is
# done by one core, so that two of them at once take two thirds of the time.
BATCH_BYTES = 48 << 20
READERS = 2


class Import:
    """One run of the import: finds files, recognises them, and lets them be read in batches."""

    def __init__(
        self,
        data: Path,
        scratch: Path,
        answers: Mapping[str, ImportOverrides],
        progress: Progress,
        dry: bool = False,
    ) -> None:
        """`answers` are by the file's SHA-256; those under "" hold for every other file."""
        self.data, self.scratch, self.answers = data, scratch, answers
        self.progress, self.dry = progress, dry
        self.own_templates = own_templates(data)
        self.mapping_keys = mapping_keys(data) if self.own_templates else {}
        self.read_anew: set[str] = (
            set()
        )  # imports whose columns have been explained otherwise since

    def run(self, paths: Iterable[Path]) -> list[FileReport]:
        """Imports all the files and says what became of each, in the order they were found."""
        reports, queue = self._look_at_all(paths)
        queue.sort(key=lambda entry: entry.module.FORMAT)  # few formats a batch
        done = 0
        for read in self._read(list(_batches(queue))):
            done += read
            self.progress(0.6 * done / len(queue), f"Leser filer: {done} av {len(queue)}")
        return reports

    def reader(self, readers: int) -> Reader:
        """One of `readers` that read at the same time."""
        partners = dict(pair for said in self.answers.values() for pair in said.partners)
        return Reader(self.data, self.dry, readers, partners)

    def _read(self, batches: Sequence[Sequence[Entry]]) -> Iterator[int]:
        """Reads the batches; gives the number of files of each when it is read."""
        large: list[Sequence[Entry]] = []  # a file above the bound: nothing else is read beside it
        others: list[Sequence[Entry]] = []
        for batch in batches:
            (large if bytes_in(batch) > BATCH_BYTES else others).append(batch)
        count = max(1, min(READERS, len(others)))
        ready: SimpleQueue[Reader] = SimpleQueue()

        def read(batch: Sequence[Entry]) -> int:
            reader = ready.get()
            try:
                reader.read(batch)
            finally:
                ready.put(reader)
            return len(batch)

        with ExitStack() as readers:
            for _number in range(count):
                ready.put(readers.enter_context(closing(self.reader(count))))
            yield from map(read, large)
            if count == 1:
                yield from map(read, others)
                return
            pool = readers.enter_context(ThreadPoolExecutor(count))
            readers.callback(pool.shutdown, cancel_futures=True)  # where one of them failed
            for done in as_completed([pool.submit(read, batch) for batch in others]):
                yield done.result()

    def _look_at_all(self, paths: Iterable[Path]) -> tuple[list[FileReport], list[Entry]]:
        reports, queue = [], []
        by_folder: dict[str, list[Path]] = {}
        paths = list(paths)
        seen = lake.imported(self.data) if (self.data / "lake").is_dir() else set()
        self.read_anew = self._read_otherwise() if seen and self.mapping_keys else set()
        seen -= self.read_anew
        if seen and self.data / "exports" in paths:
            seen |= lake.undone(self.data)
        for number, found in enumerate(find_files(paths, self.scratch)):
            report = FileReport(found.origin)
            reports.append(report)
            by_folder.setdefault(folder_of(found.origin), []).append(found.path)
            try:
                report.sha256 = _fingerprint(found)
                if report.sha256 in seen:
                    report.status = "already loaded"
                    continue
                seen.add(report.sha256)
                queue.append(self._recognised(number, found, report))
            except UnsupportedFile as refusal:
                report.reason = refusal.reason
                report.question = getattr(refusal, "question", None)
            except OSError as error:
                report.reason = reason("file_unreadable", cause=error.strerror)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 -- as in _stage
                report.reason = log_internal_error(error)
        mark_companions(((one.module, one.file) for one in queue), by_folder)
        return reports, queue

    def _read_otherwise(self) -> set[str]:
        """Imports of a person's own table that were read by another mapping than today's."""
        with suppress(lake.Damaged):  # the load says so
            return {
                fact["import_id"]
                for fact in lake.imports(self.data)
                if fact["format"] in self.mapping_keys
                and fact.get("mapping") != self.mapping_keys[fact["format"]]
            }
        return set()

    def _recognised(self, number: int, found: InputFile, report: FileReport) -> Entry:
        head = sample_of(found.path)
        module = recognise(head, self.own_templates)
        report.format, report.platform = module.FORMAT, module.PLATFORM
        report.is_dated = found.keeps_time
        said = self.answers.get(report.sha256) or self.answers.get("") or ImportOverrides()
        hints = said.of_platform(module.PLATFORM)
        if not hints and found.account_hint and not said.of_platform(None):
            is_fitting = module.PLATFORM in (None, found.account_hint.partition(":")[0])
            hints = [found.account_hint] if is_fitting else []
        file = ImportFile(
            file_no=number,
            path=found.path,
            origin=found.origin,
            sha256=report.sha256,
            head=head,
            exported_at=(None if found.keeps_time else said.exported_at) or found.exported_at,
            account_hint=hints[0] if len(hints) == 1 else None,
            accounts=tuple(hints),
            is_day_first=said.is_day_first,
            time_zone=said.time_zone,
            mapping=self.mapping_keys.get(module.FORMAT, ""),
        )
        transcode_to_utf8(file, self.scratch)
        return Entry(module, file, report, file.exported_at)


def _fingerprint(found: InputFile) -> str:
    """The SHA-256 of a file's content.

    Raises UnsupportedFile when the file is known to be unusable.
    """
    if found.refusal:
        raise UnsupportedFile(found.refusal)
    if found.fault:
        raise found.fault
    with found.path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _batches(queue: Sequence[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in queue:
        bytes_of_file = bytes_of(entry.file.path)
        if batch and size + bytes_of_file > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += bytes_of_file
    if batch:
        yield batch
