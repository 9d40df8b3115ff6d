"""Files that only belong to another one of the same download, told by what lies beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from etl.ingest.detection import sample_of
from etl.ingest.staging import FileSample, Format, ImportFile, UnsupportedFile


def folder_of(origin: str) -> str:
    """The folder, inside a zip too, that a file lies in as the person knows it."""
    return origin.replace("\\", "/").rpartition("/")[0]


def mark_companions(
    recognised: Iterable[tuple[Format, ImportFile]], by_folder: Mapping[str, Sequence[Path]]
) -> None:
    """Sets `is_beside_its_table` of the files whose own table lies in the same folder.

    Whether that table is new or was loaded before makes no difference.
    """
    for module, file in recognised:
        is_companion: Callable[[FileSample], bool] | None = getattr(module, "is_companion", None)
        if is_companion is not None and is_companion(file.head):
            beside = filter(None, map(_head, by_folder[folder_of(file.origin)]))
            file.is_beside_its_table = any(
                module.recognises(head) and not is_companion(head) for head in beside
            )


def _head(path: Path) -> FileSample | None:
    try:
        return sample_of(path)
    except (UnsupportedFile, OSError):
        return None
