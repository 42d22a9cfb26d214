"""The ledger: one signed line for each movement of money, never changed, each bound to the one before.

Only `readership.funding.ledger.book` writes here. Triggers in the database refuse UPDATE and DELETE
(migration 0002): a migration that rebuilds this table on SQLite must lay them on again.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readership.funding.models.campaign import Campaign
from readership.funding.models.gift import Gift
from readership.funding.models.processing import ProcessorName
from readership.funding.money import Money


class EntryKind(models.TextChoices):
    # What the meter counts.
    GIFT = "gift", _("gift")
    REVERSAL = "reversal", _("reversal")
    OPENING = "opening", _("opening sum")
    REFUND = "refund", _("refund")
    REFUND_FAILED = "refund_failed", _("refund that came back")
    DISPUTE = "dispute", _("disputed")
    DISPUTE_WON = "dispute_won", _("dispute won")
    # What it costs to be given money, and what givers add for it.
    FEE = "fee", _("fee")
    FEE_BACK = "fee_back", _("fee given back")
    COVER = "cover", _("added for the fee")
    COVER_BACK = "cover_back", _("added for the fee, paid back")
    # What went on to the newsroom's own account.
    PAYOUT = "payout", _("payout")
    PAYOUT_FAILED = "payout_failed", _("payout that came back")


COUNTED = (
    EntryKind.GIFT,
    EntryKind.REVERSAL,
    EntryKind.OPENING,
    EntryKind.REFUND,
    EntryKind.REFUND_FAILED,
    EntryKind.DISPUTE,
    EntryKind.DISPUTE_WON,
)
FEES = (EntryKind.FEE, EntryKind.FEE_BACK, EntryKind.COVER, EntryKind.COVER_BACK)
PAYOUTS = (EntryKind.PAYOUT, EntryKind.PAYOUT_FAILED)

# What each kind must hold and must not: a gift's own booking, its undoing, a sum brought from elsewhere.
IS_GIFT = Q(kind="gift", gift__isnull=False, reverses__isnull=True, amount_minor__gt=0)
IS_REVERSAL = Q(kind="reversal", gift__isnull=False, reverses__isnull=False, amount_minor__lt=0)
IS_OPENING = Q(kind="opening", gift__isnull=True, reverses__isnull=True, amount_minor__gt=0)
# What a processor moved after the gift: it must name the movement.
MOVED = Q(movement_ref__isnull=False, reverses__isnull=True)
TAKES = MOVED & Q(kind__in=["refund", "dispute", "cover_back"], gift__isnull=False, amount_minor__lt=0)
GIVES = MOVED & Q(kind__in=["refund_failed", "dispute_won", "cover"], gift__isnull=False, amount_minor__gt=0)
# The processor's own account, which may belong to no gift and no campaign.
IS_FEE = MOVED & Q(kind="fee", amount_minor__lt=0)
IS_FEE_BACK = MOVED & Q(kind="fee_back", amount_minor__gt=0)
IS_PAYOUT = MOVED & Q(kind="payout", gift__isnull=True, campaign__isnull=True, amount_minor__lt=0)
IS_PAYOUT_BACK = MOVED & Q(kind="payout_failed", gift__isnull=True, campaign__isnull=True, amount_minor__gt=0)
MAY_LACK_CAMPAIGN = Q(kind__in=["fee", "fee_back", "payout", "payout_failed"])


class EntryQuerySet(models.QuerySet[Any]):
    def counted(self) -> EntryQuerySet:
        """What the meter adds up: gifts net of what was paid back; no fee, no payout."""
        return self.filter(kind__in=COUNTED)


class Entry(models.Model):
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    # Which movement of whose money this books: with the kind, the second key that makes a payment count once.
    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName, blank=True)
    movement_ref = models.CharField(_("movement"), max_length=255, null=True, blank=True)  # noqa: DJ001
    # What the processor's balance moved by, in the currency of that balance, when it is another.
    settled_minor = models.BigIntegerField(null=True, blank=True)
    settled_currency = models.CharField(max_length=3, blank=True)
    booked_at = models.DateTimeField(_("booked"))
    # Empty for what a program booked: an import has no person.
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="booked_%(class)s",
        verbose_name=_("booked by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    # Which facts the hash covers, and in which order: see ledger.FORMS. Entries keep the form they were booked in.
    form = models.PositiveSmallIntegerField(default=1)
    # Unique as well: a second entry upon the same one would fork the chain.
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.number)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class LedgerEntry(Entry):
    # Empty for what belongs to none: a fee of the account itself, a payout.
    campaign = models.ForeignKey(
        Campaign,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("campaign"),
    )
    gift = models.ForeignKey(
        Gift, null=True, blank=True, on_delete=models.PROTECT, related_name="entries", verbose_name=_("gift")
    )
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversal",
        verbose_name=_("reverses"),
    )

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="entry_is_what_its_kind_says",
                condition=IS_GIFT
                | IS_REVERSAL
                | IS_OPENING
                | TAKES
                | GIVES
                | IS_FEE
                | IS_FEE_BACK
                | IS_PAYOUT
                | IS_PAYOUT_BACK,
            ),
            models.CheckConstraint(
                name="entry_has_its_campaign", condition=Q(campaign__isnull=False) | MAY_LACK_CAMPAIGN
            ),
            models.CheckConstraint(name="entry_moves_money", condition=~Q(amount_minor=0)),
            models.CheckConstraint(name="entry_numbers_start_at_one", condition=Q(number__gt=0)),
            models.CheckConstraint(
                name="entry_movement_has_its_processor",
                condition=Q(movement_ref__isnull=True, processor="") | Q(movement_ref__gt="") & ~Q(processor=""),
            ),
            models.UniqueConstraint(
                fields=["processor", "movement_ref", "kind"], name="entry_once_for_a_movement_and_kind"
            ),
            models.UniqueConstraint(
                fields=["gift", "kind"],
                condition=Q(kind__in=["gift", "reversal"]),
                name="entry_once_for_a_gift_and_kind",
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(kind="opening"), name="entry_opening_once_for_a_campaign"
            ),
        ]


class TrialEntry(Entry):
    """The ledger of trials: a test key of a processor, or the demonstration. No meter and no book counts it."""

    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="trial_entries"
    )
    gift = models.ForeignKey(Gift, null=True, blank=True, on_delete=models.PROTECT, related_name="trial_entries")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal")

    class Meta:
        verbose_name = _("trial entry")
        verbose_name_plural = _("trial entries")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["processor", "movement_ref", "kind"], name="trial_once_for_a_movement_and_kind"
            ),
            models.UniqueConstraint(
                fields=["gift", "kind"],
                condition=Q(kind__in=["gift", "reversal"]),
                name="trial_once_for_a_gift_and_kind",
            ),
        ]


AnyEntry = LedgerEntry | TrialEntry
