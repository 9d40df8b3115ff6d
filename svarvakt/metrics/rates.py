"""Rates and what may be said of them; the division happens here and nowhere earlier."""

from __future__ import annotations

import dataclasses
import math

THIN = 5  # under this many items a count is shown, never a percentage (ground rules)
Z95 = 1.959963984540054  # the two-sided 95 % point of the normal distribution


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of successes / n, both ends 0-1; n = 0 gives (0, 1)."""
    if n == 0:
        return 0.0, 1.0
    share, spread = successes / n, Z95**2 / n
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclasses.dataclass(frozen=True)
class Rate:
    """Numerator and denominator kept apart; never stored as a percentage."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """0-1; None when the denominator is 0 (shown as a dash)."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def is_thin(self) -> bool:
        """Fewer than five: «3 av 4», no percentage, no colour."""
        return self.denominator < THIN

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval, 0-1."""
        return wilson(self.numerator, self.denominator)

    @property
    def missing(self) -> int:
        """How many are in the denominator but not in the numerator."""
        return self.denominator - self.numerator


def _printed_percent(share: float) -> float:
    """With one decimal, and never rounded up to 100 or down to 0."""
    return share * 100 if share in (0, 1) else min(max(round(share * 100, 1), 0.1), 99.9)


@dataclasses.dataclass(frozen=True)
class Change:
    """M18: the same rate in two periods, on the same accounts and definitions."""

    before: Rate
    after: Rate

    @property
    def points(self) -> float | None:
        """After minus before as a share (0.05 = five percentage points); None without both."""
        if self.before.share is None or self.after.share is None:
            return None
        return self.after.share - self.before.share

    @property
    def printed_points(self) -> float | None:
        """The change in percentage points as the two shares are printed, with one decimal.

        94.3 % beside 90.4 % is +3.9, also where the exact shares differ by 3.84.
        """
        if self.before.share is None or self.after.share is None:
            return None
        return round(_printed_percent(self.after.share) - _printed_percent(self.before.share), 1)

    @property
    def is_normal_variation(self) -> bool:
        """The intervals overlap: «innenfor normal variasjon»."""
        (before_low, before_high), (low, high) = self.before.interval, self.after.interval
        return low <= before_high and before_low <= high
