"""Pure: the account plan of the journal. Which two accounts an entry of the ledger moves.

Every entry is written as one posting of a positive sum: debit one account, credit another. What is positive in the
ledger came in, what is negative went out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Our name of an account → what it is called in the journal. A newsroom's accountant may want others
# (READERSHIP_ACCOUNTS): numbers of a plan, or other words.
ACCOUNTS = {
    "cash": "assets:cash",
    "cheques": "assets:cheques",
    "bank": "assets:bank",
    "processor": "assets:processor",
    "transit": "assets:in transit",
    "brought": "assets:brought along",
    "gifts": "income:gifts",
    "cover": "income:added for fees",
    "back": "income:gifts paid back",
    "fees": "expenses:processor fees",
    "opening": "equity:opening",
}
# Where the money of a gift lies, by its kind; what was moved by a processor or a bank knows better.
BY_GIFT_KIND = {"cash": "cash", "cheque": "cheques", "transfer": "bank", "online": "processor"}
BY_PROCESSOR = {"stripe": "processor", "demo": "processor", "bank": "bank"}

# The account on the other side. A reversal takes back what the gift did; what was paid back stands apart.
OTHER_SIDE = {
    "gift": "gifts",
    "reversal": "gifts",
    "opening": "opening",
    "refund": "back",
    "refund_failed": "back",
    "dispute": "back",
    "dispute_won": "back",
    "fee": "fees",
    "fee_back": "fees",
    "cover": "cover",
    "cover_back": "cover",
    "payout": "transit",
    "payout_failed": "transit",
}


@dataclass(frozen=True)
class Sides:
    debit: str
    credit: str


def sides(*, kind: str, gift_kind: str, processor: str, minor: int, names: Mapping[str, str]) -> Sides:
    """Which account is debited and which credited, by the names of `names`."""
    ours, other = names[money_account(kind, gift_kind, processor)], names[OTHER_SIDE[kind]]
    return Sides(ours, other) if minor > 0 else Sides(other, ours)


def money_account(kind: str, gift_kind: str, processor: str) -> str:
    if kind == "opening":
        return "brought"
    return BY_PROCESSOR.get(processor) or BY_GIFT_KIND.get(gift_kind, "bank")


def named(changes: list[str]) -> dict[str, str]:
    """The plan with `changes` such as "bank=1200". What names no account of ours is left out."""
    wanted = {ours: theirs.strip() for ours, _sign, theirs in (change.partition("=") for change in changes)}
    return {ours: wanted.get(ours) or usual for ours, usual in ACCOUNTS.items()}
