"""Files on their way in: kept beside the page until they are saved, looked at before that.

What is dropped lies in a folder of this session, readable by its owner alone, and is gone with
the session, when it is saved, or when it is put aside.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import streamlit as st

from etl.ingest.batch import FileReport
from etl.ingest.staging import ImportOverrides
from svarvakt import settings
from svarvakt.decisions import New, open_store
from ui import elsewhere, viewer
from ui.data import NotAllowed
from ui.import_work import Progress

_FOLDER = "import-folder"
_CHECKED = "import-checked"


class Folder:
    """A folder of its own that goes when it is removed, or with the session that holds it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="svarvakt-"))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def keep(files: Iterable[Any]) -> list[Path]:
    """The dropped files as files of this session's folder, under their own names."""
    require()
    if _FOLDER not in st.session_state:
        st.session_state[_FOLDER] = Folder()
    return [_written(st.session_state[_FOLDER].path, file) for file in files]


def forget() -> None:
    """Removes what was dropped and what is known of it."""
    st.session_state.pop(_CHECKED, None)
    kept = st.session_state.pop(_FOLDER, None)
    if kept is not None:
        kept.remove()


def look(
    paths: list[Path], said: Mapping[str, ImportOverrides], progress: Progress
) -> list[FileReport]:
    """What each file is and what it would give; asked anew only when files or answers change."""
    from etl.pipeline import check  # heavy; only wanted here

    require()
    key = (tuple(paths), tuple(sorted(said.items(), key=lambda one: one[0])))
    known = st.session_state.get(_CHECKED)
    if known is None or known[0] != key:
        known = (key, check(paths, answers=said, progress=progress).files)
        st.session_state[_CHECKED] = known
    reports: list[FileReport] = known[1]
    return reports


def look_again() -> None:
    """What the files are is asked anew: something that decides it has changed."""
    st.session_state.pop(_CHECKED, None)


def save(paths: list[Path], said: Mapping[str, ImportOverrides], progress: Progress) -> Any:
    """Loads the files into the municipality's own data and builds; returns the load's report."""
    from etl.pipeline import load

    require()
    report = load(paths, answers=said, progress=progress)
    log_loaded(report)
    return report


def log_loaded(report: Any) -> None:
    """R72: which files were read in, by which role."""
    store = open_store(settings.data_dir())
    for file in report.files:
        if file.status == "loaded":
            store.log(viewer.current().role, "load", file_name(file))


def take_out(import_id: str) -> bool:
    """Takes one import out of the figures again; False when it is not there any more."""
    from etl.pipeline import undo

    require()
    done = undo(import_id) is not None
    if done:
        open_store(settings.data_dir()).log(viewer.current().role, "undo_load", import_id[:12])
    return done


def file_name(file: FileReport) -> str:
    """The file's own name; of a member of a zip «arkiv.zip: fil.csv»."""
    *_folders, zipped, name = ("", *file.path.replace("\\", "/").split("/"))
    return f"{zipped}: {name}" if zipped.lower().endswith(".zip") else name


def remembered(file: FileReport) -> Mapping[str, Any]:
    """What was answered the last time for a file of this kind: `account`, `is_day_first`."""
    subject = _kind_of(file)
    for one in open_store(settings.data_dir()).in_force([subject], about="import"):
        if one.kind == "import_answer":
            return one.details
    return {}


def remember(file: FileReport, said: ImportOverrides) -> None:
    """Keeps the answers for the next file of the same kind."""
    require()
    details = {
        name: value
        for name, value in (
            ("account", said.account),
            ("is_day_first", said.is_day_first),
            ("time_zone", said.time_zone),
        )
        if value is not None
    }
    if details and dict(remembered(file)) != details:
        new = New("import_answer", "import", _kind_of(file), details)
        open_store(settings.data_dir()).record(viewer.current().role, new)


def noon(day: date) -> datetime:
    """The middle of a day as an export's time."""
    return datetime.combine(day, time(12), UTC)


def _kind_of(file: FileReport) -> str:
    """Files of one kind: the same format, and the same name but for its numbers."""
    name = re.sub(r"[\W\d_]+", " ", file_name(file)).strip().lower()
    return f"{file.format}|{name}"[:200]


def _written(folder: Path, file: Any) -> Path:
    content = file.getvalue()
    own = folder / hashlib.sha256(content).hexdigest()[:16]
    own.mkdir(mode=0o700, exist_ok=True)
    path = own / (Path(file.name.replace("\\", "/")).name or "fil")
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(content)
    return path


def require() -> None:
    """Raises NotAllowed for all but those who keep the register, and where the data are a copy."""
    who = viewer.current()
    if not who.may_keep_register or elsewhere.is_copy():
        raise NotAllowed(f"{who.role}: import")
