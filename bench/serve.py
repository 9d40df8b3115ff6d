"""Serves a script as the dashboard is served: `python -m bench.serve SCRIPT PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st


def main(path: str, port: int) -> None:
    """Serves until stopped, with the project's settings and nothing of ours around it."""
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
