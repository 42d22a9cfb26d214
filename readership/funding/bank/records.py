"""Pure: what a bank's file says, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class StatementHead:
    """`account` is an IBAN or whatever number the file names; empty where the file names none."""

    account: str = ""
    statement_ref: str = ""
    currency: str = ""
    from_on: date | None = None
    opening_minor: int | None = None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`amount_minor` is negative for money that left. `remitter_account` is whole here, and is never stored so."""

    booked_on: date
    amount_minor: int
    currency: str
    name: str = ""
    remitter_account: str = ""
    references: dict[str, str] = field(default_factory=dict)
    text: str = ""
    # The bank takes back an earlier entry: whatever its sign, it is nobody's gift.
    is_reversal: bool = False


@dataclass(frozen=True, slots=True)
class StatementEnd:
    """`opening_minor` comes late where only the end tells it: in a CSV file with a column of balances."""

    closing_minor: int | None = None
    opening_minor: int | None = None
    to_on: date | None = None


Record = StatementHead | StatementLine | StatementEnd
