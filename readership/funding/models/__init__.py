"""Campaigns, the gifts they receive, and the ledger that proves them. What happens is in the verbs."""

from readership.funding.models.bank import (
    BankAccount,
    BankLine,
    BankStatement,
    CsvMapping,
    FileState,
    LineState,
    StatementFile,
    StatementFormat,
)
from readership.funding.models.campaign import AmountChoice, Campaign, CampaignMark, Frequency
from readership.funding.models.closing import ClosedPeriod
from readership.funding.models.demo_session import DemoSession
from readership.funding.models.gift import Gift, GiftKind, GiftState
from readership.funding.models.giver import Customer, Giver
from readership.funding.models.ledger import COUNTED, FEES, PAYOUTS, AnyEntry, EntryKind, LedgerEntry, TrialEntry
from readership.funding.models.pledge import RUNNING, Interval, Pledge, PledgeState, StoppedBy
from readership.funding.models.processing import (
    Outcome,
    Payout,
    PayoutState,
    ProcessorEvent,
    ProcessorName,
    Reconciliation,
)
from readership.funding.models.refund import BINDING, RefundOrder, RefundState
from readership.funding.models.wishes import Wishes

__all__ = [
    "BINDING",
    "COUNTED",
    "FEES",
    "PAYOUTS",
    "RUNNING",
    "AmountChoice",
    "AnyEntry",
    "BankAccount",
    "BankLine",
    "BankStatement",
    "Campaign",
    "CampaignMark",
    "ClosedPeriod",
    "CsvMapping",
    "Customer",
    "DemoSession",
    "EntryKind",
    "FileState",
    "Frequency",
    "Gift",
    "GiftKind",
    "GiftState",
    "Giver",
    "Interval",
    "LedgerEntry",
    "LineState",
    "Outcome",
    "Payout",
    "PayoutState",
    "Pledge",
    "PledgeState",
    "ProcessorEvent",
    "ProcessorName",
    "Reconciliation",
    "RefundOrder",
    "RefundState",
    "StatementFile",
    "StatementFormat",
    "StoppedBy",
    "TrialEntry",
    "Wishes",
]
