"""Messages that a platform gives as HTML."""

from __future__ import annotations

from pathlib import Path

PLAIN_TEXT = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
