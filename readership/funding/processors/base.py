"""What a payment processor must be able to do for us, and the facts it tells: frozen, neutral, true when asked.

A processor is asked again whenever it announces something: what is booked is what is true now, so the order in
which its announcements arrive does not matter. `ref`s are the processor's own names for its things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from readership.funding.models import Frequency, Interval, PayoutState, ProcessorName
from readership.funding.money import Money


@dataclass(frozen=True)
class Tags:
    """Our references, which the processor carries along for us. Empty on what is not ours."""

    gift: str = ""
    pledge: str = ""
    # The host of the newsroom whose references they are: several may share one account with a processor.
    site: str = ""

    def __bool__(self) -> bool:
        return bool(self.gift or self.pledge)


@dataclass(frozen=True)
class Order:
    """What a giver wants to do on the processor's page. The same `key` again gets the same session."""

    key: str
    tags: Tags
    amount: Money
    cover: Money
    frequency: Frequency
    title: str  # what the page and the card's statement call it
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    email: str = ""
    customer_ref: str = ""


@dataclass(frozen=True)
class Begun:
    session_ref: str
    url: str


class SubjectKind(Enum):
    SESSION = "session"
    CHARGE = "charge"
    BILL = "bill"
    SUBSCRIPTION = "subscription"
    PAYOUT = "payout"


@dataclass(frozen=True)
class Subject:
    """What an announcement is about: ask `Processor.look_up` what is true of it."""

    kind: SubjectKind
    ref: str


@dataclass(frozen=True)
class Announcement:
    """One event of a webhook, its signature checked. No subject: it is of no concern to us."""

    event_ref: str
    kind: str
    is_trial: bool
    api_version: str
    is_of_newer_version: bool
    kept_body: bytes
    subject: Subject | None


@dataclass(frozen=True)
class Refunded:
    """A refund that moved money. `came_back`: it could not be delivered, and the money returned to us."""

    ref: str
    amount: Money
    settled: Money | None
    came_back: bool
    order_key: str  # of ours, when we ordered it


@dataclass(frozen=True)
class Disputed:
    """One movement of a dispute: `amount` below zero was taken, above zero given back."""

    ref: str
    amount: Money
    settled: Money | None
    fee: Money | None


@dataclass(frozen=True)
class Charged:
    """A payment. `settled` and `fee` are in the currency of our balance."""

    has_succeeded: bool
    charge_ref: str
    payment_ref: str
    amount: Money
    settled: Money | None
    fee: Money | None
    paid_at: datetime
    presented: Money | None
    tags: Tags
    customer_ref: str
    email: str
    name: str
    bill_ref: str
    is_trial: bool
    refunds: tuple[Refunded, ...] = ()
    disputes: tuple[Disputed, ...] = ()


class SessionState(Enum):
    OPEN = "open"
    PENDING = "pending"  # completed, and the money is not there yet
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class SessionFacts:
    session_ref: str
    state: SessionState
    tags: Tags
    email: str
    name: str
    customer_ref: str
    subscription_ref: str
    bill_ref: str
    charge: Charged | None
    is_trial: bool


class BillState(Enum):
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    VOID = "void"


@dataclass(frozen=True)
class BillFacts:
    """One instalment of a pledge."""

    bill_ref: str
    state: BillState
    subscription_ref: str
    tags: Tags
    total: Money
    charge: Charged | None
    attempts_count: int
    next_attempt_at: datetime | None
    is_trial: bool


class SubscriptionState(Enum):
    WAITING = "waiting"  # its first payment is not there yet
    ACTIVE = "active"
    BEHIND = "behind"
    PAUSED = "paused"
    ENDING = "ending"  # paid for; will not be charged again, and can still be resumed
    ENDED = "ended"


@dataclass(frozen=True)
class SubscriptionFacts:
    subscription_ref: str
    state: SubscriptionState
    tags: Tags
    amount: Money
    interval: Interval
    next_on: date | None
    customer_ref: str
    ended_after_failures: bool
    is_trial: bool
    asked_at: datetime


@dataclass(frozen=True)
class PayoutFacts:
    payout_ref: str
    amount: Money
    arrives_on: date
    state: PayoutState
    is_trial: bool


Facts = SessionFacts | Charged | BillFacts | SubscriptionFacts | PayoutFacts


@dataclass(frozen=True)
class BalanceLine:
    """One line of the processor's own book, as it moved our balance. `fee` is part of it: net = amount - fee."""

    ref: str
    source_ref: str  # the charge, refund, payout … that it belongs to
    kind: str  # charge, refund, dispute, payout, fee, other
    amount: Money
    fee: Money
    at: datetime
    subject: Subject | None


class Processor(Protocol):
    """Calls raise ProcessorUnavailable (try again later) or ProcessorRefused (its sentence, for the treasurer)."""

    @property
    def name(self) -> ProcessorName: ...

    @property
    def is_trial(self) -> bool: ...

    def begin(self, order: Order) -> Begun:
        """A session on the processor's page, for a gift or for a pledge."""

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Announcement:
        """Check the signature over the raw `body`. Raises SignatureWrong."""

    def look_up(self, subject: Subject, *, now: datetime) -> Facts | None:
        """What is true of it now; None when the processor knows no such thing."""

    def refund(self, *, charge_ref: str, amount: Money, order_key: str) -> str:
        """Pay back. The same `order_key` again pays nothing more. Returns the refund's ref."""

    def change_pledge(self, subscription_ref: str, *, amount: Money, key: str) -> None:
        """From the next instalment on."""

    def stop_pledge(self, subscription_ref: str, *, at_once: bool) -> None:
        """No further instalment. Not at once: it can be resumed until the paid time is over."""

    def resume_pledge(self, subscription_ref: str) -> None: ...

    def card_page(self, customer_ref: str, *, return_url: str, language: str) -> str:
        """The address of the processor's own page where a giver changes the card."""

    def balance_lines(self, *, since: datetime, until: datetime) -> Iterator[BalanceLine]:
        """The processor's own book, newest first."""


@dataclass(frozen=True)
class FeeSchedule:
    """What a processor usually takes: `percent_hundredths` of the sum (150 is 1.5 %) and `fixed` minor units."""

    percent_hundredths: int = 0
    fixed_minor: int = 0

    def cover_for(self, amount: Money) -> Money:
        """What to add so that, after the fee on the whole, `amount` is left. Rounded up to a whole minor unit.

        cover = (amount * p + fixed) / (1 - p), with p the part that is taken.
        """
        taken = amount.minor * self.percent_hundredths + self.fixed_minor * 10_000
        left = 10_000 - self.percent_hundredths
        return Money(-(-taken // left), amount.currency)
