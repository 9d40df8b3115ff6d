"""Where the pages lie below the server's own address."""

from __future__ import annotations

import streamlit as st


def base_path() -> str:
    """`/svarvakt`, or nothing, as the setting `server.baseUrlPath` says."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
