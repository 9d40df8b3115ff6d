"""Finds the files of a load: files, folders and zips, with what their place says of them."""

from __future__ import annotations

import dataclasses
import os
import shutil
import stat
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path, PurePosixPath

from etl.ingest.reasons import reason
from svarvakt import settings
from svarvakt.archive_limits import ZIP_ERRORS, is_bomb
from svarvakt.platforms import OTHER, PLATFORMS

JUNK = {"thumbs.db", "desktop.ini", "__macosx"}
NOT_FOUND = reason("file_not_found")
DAMAGED_ZIP = reason("archive_damaged")
ZIP_IN_ZIP = reason("zip_in_zip")
NO_FILE = reason("no_ordinary_file")
MAX_MEMBERS = 2_000
YOUNGEST = 2004  # no export is older
MAX_FILE = 500 << 20  # bytes: JSON is read with some times its size in memory


@dataclasses.dataclass(frozen=True)
class InputFile:
    """A file to import. `refusal` is set when it is known already that it can't be.

    `fault` is an error of ours that looking for it met.
    """

    path: Path
    origin: str
    exported_at: datetime
    account_hint: str | None = None
    refusal: str | None = None
    keeps_time: bool = False  # the time is the file's own, not that of whatever brought it here
    fault: Exception | None = None


def find_files(paths: Iterable[Path], scratch: Path) -> Iterator[InputFile]:
    """Every file behind the paths, in a fixed order; zips are unpacked into `scratch`."""
    for number, path in enumerate(_expand(paths)):
        try:
            facts = path.stat()
            modified = datetime.fromtimestamp(facts.st_mtime_ns / 1e9, UTC)
            if not stat.S_ISREG(facts.st_mode):  # opening a pipe would wait for ever
                yield InputFile(path, str(path), modified, refusal=NO_FILE)
            elif _is_plain_zip(path):
                yield from _members(path, scratch / f"zip{number}")
            else:
                hint = account_hint(path.parts[:-1])
                yield InputFile(path, str(path), modified, hint, _too_large(facts.st_size))
        except FileNotFoundError:
            yield InputFile(path, str(path), datetime.now(UTC), refusal=NOT_FOUND)
        except ZIP_ERRORS:
            yield InputFile(path, str(path), datetime.now(UTC), refusal=DAMAGED_ZIP)
        except OSError as error:
            why = reason("file_unreadable", cause=error.strerror)
            yield InputFile(path, str(path), datetime.now(UTC), refusal=why)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 -- one path's fault must not stop the others
            yield InputFile(path, str(path), datetime.now(UTC), fault=error)


def account_hint(folders: Iterable[str]) -> str | None:
    """`<platform>:<handle>` from the innermost pair of folders that reads so, else None."""
    parts = list(folders)
    for platform, handle in reversed(list(pairwise(parts))):
        # "other" is a common folder name: it counts only right above the file.
        if platform in PLATFORMS and (platform != OTHER or handle == parts[-1]):
            return f"{platform}:{handle}"
    return None


def _expand(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path.absolute()
            continue
        for folder, below, names in os.walk(path.absolute()):
            below[:] = sorted(name for name in below if not _is_junk(name))
            yield from (Path(folder, name) for name in sorted(names) if not _is_junk(name))


def _too_large(size: int) -> str | None:
    if size <= MAX_FILE:
        return None
    return reason("file_too_large", size=size >> 20, most=MAX_FILE >> 20)


def _is_junk(name: str) -> bool:
    is_hidden = name.startswith((".", "~$")) and name not in (".", "..")
    return is_hidden or name.lower() in JUNK


def _is_plain_zip(path: Path) -> bool:
    """A zip that is not a workbook."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "[Content_Types].xml" not in archive.namelist()


def _members(path: Path, target: Path) -> Iterator[InputFile]:
    modified = datetime.fromtimestamp(path.stat().st_mtime_ns / 1e9, UTC)
    with zipfile.ZipFile(path) as archive:
        # `is_dir` of zipfile breaks on a file without a name.
        members = [one for one in archive.infolist() if not one.filename.endswith("/")]
        members = [
            one for one in members if not any(map(_is_junk, PurePosixPath(one.filename).parts))
        ]
        if why := _why_not(members):
            yield InputFile(path, str(path), modified, refusal=why)
            return
        target.mkdir(mode=0o700)
        for number, member in enumerate(sorted(members, key=lambda one: one.filename)):
            inner = PurePosixPath(member.filename)
            origin = f"{path}/{member.filename}"
            hint = account_hint((*path.parts[:-1], *inner.parts[:-1]))
            # Never the member's own path: it may climb out.
            copy = target / str(number) / (_safe_name(inner.name) or "uten navn")
            refusal = _too_large(member.file_size) or _unpack(archive, member, copy)
            own = _own_time(member)
            yield InputFile(
                copy if refusal is None else path,
                origin,
                own or modified,
                hint,
                refusal,
                keeps_time=own is not None,
            )


def _own_time(member: zipfile.ZipInfo) -> datetime | None:
    """When a file was written, as the archive keeps it by a Norwegian clock; None where it lacks.

    Files that a service packs for download often have the year 1980, or none that there is.
    """
    try:
        written = datetime(*member.date_time, tzinfo=settings.ZONE).astimezone(UTC)
    except ValueError:
        return None
    return written if written.year >= YOUNGEST else None


def _safe_name(name: str) -> str:
    """What any disk takes; a source finds the time of the export in the end of a long name."""
    return name[-60:].strip(".")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, copy: Path) -> str | None:
    """Writes one file of the archive; says why not when it cannot be used."""
    copy.parent.mkdir()
    try:
        with archive.open(member) as source, copy.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        return ZIP_IN_ZIP if _is_plain_zip(copy) else None
    except ZIP_ERRORS:
        return reason("zip_member_damaged")


def _why_not(members: list[zipfile.ZipInfo]) -> str | None:
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) or 1
    if len(members) > MAX_MEMBERS:
        return reason("zip_of_too_many", count=len(members), most=MAX_MEMBERS)
    if is_bomb(unpacked, packed):
        return reason("zip_bomb")
    return None
