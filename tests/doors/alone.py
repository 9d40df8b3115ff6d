"""`python -m tests.doors.alone FOLDER`, in a namespace without network: imports, builds, serves."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.browser.serving import serving
from tests.doors.ground import make
from tests.doors.tries import PAGES, READY
from tests.doors.visitor import Line, Visitor


def main(folder: Path) -> None:
    """Prints whom it reaches, and of every page whether it is whole."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    make(folder / "data")
    with (
        serving(folder / "data") as address,
        closing(Visitor(address)) as visitor,
        Line(visitor) as line,
    ):
        pages = {page: READY in line.run(page) for page in PAGES}
    print(json.dumps({"reaches": _reached(), "pages": pages}))


def _reached() -> str:
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=1).close()
    except OSError:
        return "nobody"
    return "somebody"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
