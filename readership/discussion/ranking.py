"""Pure: in which order comments stand."""

from __future__ import annotations

from math import sqrt

Z = 1.96  # 95 % confidence
MILLION = 1_000_000


def wilson_lower_bound(up: int, down: int) -> float:
    """The lowest share of up-votes that these votes still make likely, 0.0 to 1.0.

    Lower bound of the Wilson score interval (E. B. Wilson, 1927) at 95 %. Few votes give a cautious value: 1 of 1 is
    0.21, 100 of 110 is 0.84. No votes give 0.
    """
    votes = up + down
    if votes == 0:
        return 0.0
    share = up / votes
    margin = Z * sqrt((share * (1 - share) + Z * Z / (4 * votes)) / votes)
    # At 0 of n, floating point leaves a hair below zero.
    return max(0.0, (share + Z * Z / (2 * votes) - margin) / (1 + Z * Z / votes))


def best_rank(up: int, down: int) -> int:
    """The Wilson lower bound in whole millionths, so that a page's cursor compares it exactly."""
    return round(wilson_lower_bound(up, down) * MILLION)
