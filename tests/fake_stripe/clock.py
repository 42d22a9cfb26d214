"""The fake's own time: it runs like the real one, and can be turned forward."""

from __future__ import annotations

import calendar
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY = 86_400


@dataclass
class Clock:
    _ahead: float = 0.0

    def now(self) -> int:
        """Seconds since 1970."""
        return int(time.time() + self._ahead)

    def turn_to(self, moment: int) -> None:
        self._ahead = moment - time.time() + 0.001


def later(anchor: int, *, interval: str, count: int) -> int:
    """`count` intervals after `anchor`. A pledge of the 31st falls on the last day of a shorter month, then the 31st."""
    start = datetime.fromtimestamp(anchor, UTC)
    if interval in {"day", "week"}:
        return int((start + timedelta(days=count * (7 if interval == "week" else 1))).timestamp())
    months = start.month - 1 + count * (12 if interval == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())
