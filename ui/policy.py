"""What a served page may load and run (Content-Security-Policy): what we sent, nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Streamlit and plotly write styles into the page as they draw; pictures are data and blobs.
_RULES = (
    "default-src 'none'",
    "connect-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)


def policy_of(page: str) -> str:
    """The header for a page: of scripts inside it, exactly those that it has when we send it."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE.findall(page)
    ]
    scripts = " ".join(["script-src 'self'", *(f"'sha256-{each}'" for each in hashes)])
    return "; ".join((*_RULES, scripts))
