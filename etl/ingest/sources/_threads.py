"""Threads of exports where every reply names only the message right above it."""

from __future__ import annotations

from pathlib import Path

ROOTS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
