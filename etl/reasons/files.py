"""What became of a file, and what its reader should know: code → bokmål with named values."""

from __future__ import annotations

FILES: dict[str, str] = {
    "unreadable_numbers": (
        "{count} tall kan ikke leses og står som tomme: kolonnene {columns}, linje {lines}."
    ),
}
