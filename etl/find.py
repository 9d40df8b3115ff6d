"""Finds the files of a load: files, folders and zips, with what their place says of them."""

from __future__ import annotations

import dataclasses
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path, PurePosixPath

PLATFORMS = (
    "facebook", "instagram", "linkedin", "x", "youtube", "tiktok", "threads", "snapchat",
    "bluesky", "mastodon", "other",
)  # fmt: skip
JUNK = {"thumbs.db", "desktop.ini", "__macosx"}
NOT_FOUND = "Filen finnes ikke."
DAMAGED_ZIP = "Zip-arkivet eller arbeidsboken er skadd. Last filen ned på nytt."
MAX_MEMBERS = 2_000
MAX_UNPACKED = 2 << 30  # bytes; a zip that unpacks to more is taken for a bomb
MAX_RATIO = 200


@dataclasses.dataclass(frozen=True)
class Found:
    """A file to import. `refusal` is set when it is known already that it can't be."""

    path: Path
    origin: str
    exported_at: datetime
    account_hint: str | None = None
    refusal: str | None = None


def find_files(paths: Iterable[Path], scratch: Path) -> Iterator[Found]:
    """Every file behind the paths, in a fixed order; zips are unpacked into `scratch`."""
    for number, path in enumerate(_expand(paths)):
        try:
            modified = datetime.fromtimestamp(path.stat().st_mtime_ns / 1e9, UTC)
            if _is_plain_zip(path):
                yield from _members(path, scratch / f"zip{number}")
            else:
                yield Found(path, str(path), modified, account_hint(path.parts[:-1]))
        except FileNotFoundError:
            yield Found(path, str(path), datetime.now(UTC), refusal=NOT_FOUND)
        except zipfile.BadZipFile:
            yield Found(path, str(path), datetime.now(UTC), refusal=DAMAGED_ZIP)
        except OSError as error:
            why = f"Filen kan ikke leses ({error.strerror})."
            yield Found(path, str(path), datetime.now(UTC), refusal=why)


def account_hint(folders: Iterable[str]) -> str | None:
    """`<platform>:<handle>` from the innermost pair of folders that reads so, else None."""
    parts = list(folders)
    for platform, handle in reversed(list(pairwise(parts))):
        # "other" is a common folder name: it counts only right above the file.
        if platform in PLATFORMS and (platform != "other" or handle == parts[-1]):
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


def _members(path: Path, target: Path) -> Iterator[Found]:
    modified = datetime.fromtimestamp(path.stat().st_mtime_ns / 1e9, UTC)
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        members = [
            one for one in members if not any(map(_is_junk, PurePosixPath(one.filename).parts))
        ]
        if why := _why_not(members):
            yield Found(path, str(path), modified, refusal=why)
            return
        target.mkdir(mode=0o700)
        for number, member in enumerate(sorted(members, key=lambda one: one.filename)):
            inner = PurePosixPath(member.filename)
            copy = (
                target / str(number) / inner.name
            )  # never the member's own path: it may climb out
            copy.parent.mkdir()
            origin = f"{path}/{member.filename}"
            try:
                with archive.open(member) as source, copy.open("wb") as sink:
                    shutil.copyfileobj(source, sink)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
                yield Found(
                    path, origin, modified, refusal="Filen i zip-arkivet er skadd eller låst."
                )
                continue
            hint = account_hint((*path.parts[:-1], *inner.parts[:-1]))
            yield Found(copy, origin, modified, hint)


def _why_not(members: list[zipfile.ZipInfo]) -> str | None:
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) or 1
    if len(members) > MAX_MEMBERS:
        return f"Zip-arkivet har {len(members)} filer; vi tar høyst {MAX_MEMBERS}."
    if unpacked > MAX_UNPACKED or (unpacked > 50 << 20 and unpacked / packed > MAX_RATIO):
        return "Zip-arkivet pakker seg ut til altfor mye data og er ikke lest."
    return None
