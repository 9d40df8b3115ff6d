"""…"""

from __future__ import annotations

from ui import frame

frame.head("…", "…")
frame.foot([])
