"""Pure: years as a newsroom counts them, beginning in whichever month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class FiscalYear:
    """`year` is the calendar year in which it begins."""

    year: int
    start_month: int

    @property
    def first_day(self) -> date:
        return date(self.year, self.start_month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year + 1, self.start_month, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """2026, or 2026/27 when it ends in another calendar year."""
        return str(self.year) if self.start_month == 1 else f"{self.year}/{(self.year + 1) % 100:02d}"


def fiscal_year_of(day: date, start_month: int) -> FiscalYear:
    return FiscalYear(day.year if day.month >= start_month else day.year - 1, start_month)
