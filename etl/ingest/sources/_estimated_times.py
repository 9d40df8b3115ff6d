"""YouTube comments read off the page: their times are guesses (formats.md 9.2 b and c)."""

from etl.ingest.reasons import reason

ESTIMATED = reason("estimated_times")
