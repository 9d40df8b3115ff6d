"""Serves a script as the dashboard is served: `python -m bench.serve SCRIPT PORT`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.web.server.starlette import starlette_server

from ui.server import at_once


def main(path: str, port: int) -> None:
    """Serves until stopped, with the project's settings and none of our pages' middleware.

    Messages go at once, as the dashboard's do: the difference is then what a page costs.
    """
    bind: Any = at_once(starlette_server._bind_socket)
    starlette_server._bind_socket = bind
    st.App(Path(path).resolve()).run(
        config={
            "server.port": port,
            "server.address": "localhost",
            "global.developmentMode": False,
            "browser.gatherUsageStats": False,
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
