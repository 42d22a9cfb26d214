"""What is held about people who give. The books must be kept, and with them who gave, as long as the law says."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from readership.funding.models import (
    BankLine,
    Customer,
    Gift,
    Giver,
    Pledge,
    RefundOrder,
)
from readership.readers.holdings import Holding, Person, hold, hold_nothing


def givers_of(person: Person) -> QuerySet[Giver]:
    whose = Q(email=person.address) if person.address else Q(pk=None)
    if person.reader:
        whose |= Q(reader=person.reader)
    return Giver.objects.filter(whose)


def gifts_of(person: Person) -> QuerySet[Gift]:
    whose = Q(giver__in=givers_of(person))
    if person.address:
        whose |= Q(giver_email__iexact=person.address)
    return Gift.objects.filter(whose)


def _term() -> str:
    years = settings.KEEP_GIVERS_YEARS
    return ngettext(
        "%(years)d year after the gift, as the law on books wants; also if you leave.",
        "%(years)d years after the gift, as the law on books wants; also if you leave.",
        years,
    ) % {"years": years}


term = lazy(_term, str)

WISHES = ("public_name", "is_anonymous", "dedication", "message", "language")
hold(
    Holding(
        model="funding.Giver",
        title=_("You as a giver"),
        why=_("So that we can thank you, send receipts and let you change your pledges."),
        kept=term(),
        of=givers_of,
        shown=("id", "email", "name", "reader", "wants_badge", "language", "since"),
        inner=("link_version",),
    ),
    Holding(
        model="funding.Gift",
        title=_("Gifts"),
        why=_("They are in our books. Public name, dedication and message are there because you gave them."),
        kept=term(),
        of=gifts_of,
        shown=(
            *WISHES,
            "id",
            "reference",
            "campaign",
            "amount_minor",
            "cover_minor",
            "currency",
            "state",
            "is_trial",
            "received_on",
            "kind",
            "giver",
            "giver_name",
            "giver_email",
            "note",
            "pledge",
            "processor",
            "presented_minor",
            "presented_currency",
            "entered_at",
        ),
        inner=("session_ref", "payment_ref", "charge_ref", "bill_ref", "entered_by", "submission_key"),
    ),
    Holding(
        model="funding.Pledge",
        title=_("Pledges"),
        why=_("So that a gift can be repeated as you wished, and stopped."),
        kept=term(),
        of=lambda person: Pledge.objects.filter(giver__in=givers_of(person)),
        shown=(
            *WISHES,
            "id",
            "reference",
            "campaign",
            "giver",
            "amount_minor",
            "cover_minor",
            "currency",
            "interval",
            "state",
            "is_trial",
            "processor",
            "begun_at",
            "next_on",
            "failed_since",
            "failures_count",
            "stopped_at",
            "stopped_by",
            "stop_reason",
            "ended_at",
        ),
        inner=("session_ref", "subscription_ref", "told_at", "submission_key"),
    ),
    Holding(
        model="funding.RefundOrder",
        title=_("Refunds"),
        why=_("So that money goes back once, and to whom it came from."),
        kept=term(),
        of=lambda person: RefundOrder.objects.filter(gift__in=gifts_of(person)),
        shown=("id", "gift", "amount_minor", "currency", "state", "reason", "answer", "asked_at", "decided_at"),
        inner=("decided_by", "refund_ref", "submission_key"),
    ),
    Holding(
        model="funding.Customer",
        title=_("You at the payment processor"),
        why=_("So that a pledge can be charged and changed. Cards and accounts are known there only, never to us."),
        kept=term(),
        of=lambda person: Customer.objects.filter(giver__in=givers_of(person)),
        shown=("id", "giver", "processor", "is_trial", "customer_ref"),
    ),
    Holding(
        model="funding.BankLine",
        title=_("Transfers to our account"),
        why=_("Our bank tells us who sent money. Of the account it came from we keep the last four signs."),
        kept=term(),
        of=lambda person: BankLine.objects.filter(gift__in=gifts_of(person)),
        shown=(
            "id",
            "booked_on",
            "amount_minor",
            "currency",
            "remitter_name",
            "remitter_account_end",
            "references",
            "text",
            "state",
            "gift",
            "settled_at",
            "note",
        ),
        inner=("statement", "account", "fingerprint", "remitter_account_hash", "settled_by"),
    ),
)
BOOKS = _("the books themselves: sums without names")
hold_nothing(
    BOOKS,
    "funding.LedgerEntry",
    "funding.TrialEntry",
    "funding.ClosedPeriod",
    "funding.Payout",
    "funding.Reconciliation",
)
hold_nothing(_("what the newsroom asks for"), "funding.Campaign", "funding.CampaignMark", "funding.AmountChoice")
hold_nothing(
    _("the newsroom’s own accounts and files"),
    "funding.BankAccount",
    "funding.CsvMapping",
    "funding.BankStatement",
    "funding.StatementFile",
)
hold_nothing(_("a demonstration in which nobody gives"), "funding.DemoSession")
hold_nothing(
    _("what the processor said of a payment, emptied of people after it was worked through"), "funding.ProcessorEvent"
)
