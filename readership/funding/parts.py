"""What templates may use: frozen, finished, in the reader's language. No row gets out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from readership.funding.money import Money


@dataclass(frozen=True)
class MeterMark:
    at_minor: int
    label: str
    text: str
    percent: int


@dataclass(frozen=True)
class Tick:
    """A label below the rule, where it touches no other. `x`, `y` and `anchor` are SVG attributes."""

    text: str
    x: str
    anchor: str
    row: int
    y: str
    is_mark: bool


@dataclass(frozen=True)
class Promises:
    """What givers said they would give and what has not come. `next_payments` is of the pledges, one payment each, as
    far as they fall into the campaign's time."""

    on_the_way: Money
    monthly: Money
    yearly: Money
    next_payments: Money

    @property
    def coming(self) -> Money:
        return self.on_the_way + self.next_payments


@dataclass(frozen=True)
class Meter:
    """A campaign's sum against its goal, in the active language. From `raised_x` on it is for the drawing.

    What is promised stands apart: no number of the raised sum holds any of it, and its text is "" when there is none.
    """

    campaign_id: int
    slug: str
    url: str
    title: str
    ask: str
    raised: Money
    goal: Money
    promised: Promises
    promised_text: str
    start_text: str
    raised_text: str
    goal_text: str
    marks: tuple[MeterMark, ...]
    percent: int
    value_max: int
    value_now: int
    sentence: str
    value_text: str
    givers_count: int
    is_reached: bool
    is_over: bool
    ends_on: date | None
    raised_width: str
    raised_x: str
    promised_from: str
    promised_to: str
    ticks: tuple[Tick, ...]
    height: str


@dataclass(frozen=True)
class LedgerLine:
    number: int
    booked_at: datetime
    campaign: str
    kind: str
    kind_text: str
    reference: str
    amount: Money
    amount_text: str
    sum_text: str
    reason: str
    booked_by: str
    reverses_number: int | None
    short_hash: str


@dataclass(frozen=True)
class LedgerPage:
    """Newest first. `older_before` is the number to ask on with, None at the end."""

    lines: tuple[LedgerLine, ...]
    older_before: int | None
    is_first: bool


@dataclass(frozen=True)
class LedgerState:
    """The end of the chain. Published, so that nobody can cut it short unseen."""

    entries_count: int
    last_number: int
    last_hash: str
    last_booked_at: datetime | None


@dataclass(frozen=True)
class MonthSum:
    """`sum` is net of reversals, which count in the month of the gift they undo."""

    month: date
    label: str
    sum: Money
    text: str
    gifts_count: int


@dataclass(frozen=True)
class MonthPair:
    """Two counts of one month that are looked at side by side: what began, what ended."""

    month: date
    label: str
    first: int
    second: int


@dataclass(frozen=True)
class Share:
    """One part of a whole, by where it came from or how often it comes."""

    label: str
    sum: Money
    text: str
    gifts_count: int
