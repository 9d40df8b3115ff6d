"""The demonstration: an invented municipality in the platforms' own export formats.

Nobody and nothing in it exists. It lets a newcomer see every page before the first real export,
and gives tests and measurements as many comments as they ask for.
"""

from __future__ import annotations

from pathlib import Path

from etl.progress import Progress, silent


def write_demo(
    target: Path,
    comments: int = 4000,
    months: int = 15,
    seed: int = 1,
    progress: Progress | None = None,
) -> None:
    """Writes `target/exports/<platform>/<handle>/…` and `target/register/*.csv`.

    `comments` is the number of different comments by citizens; the account's replies and the
    posts of visitors come on top. The period is the last `months` calendar months up to and with
    2026-10-31, whatever today is. The same arguments give the same bytes. Raises ValueError for
    fewer than 1 comment or a number of months outside 1–60, FileExistsError where something else
    than an earlier demonstration is in the way.
    """
    from etl.demo.generate import generate

    generate(target, comments, months, seed, progress or silent)
