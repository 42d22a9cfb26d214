"""The ledger: one signed line for each movement of money, never changed, each bound to the one before.

Only `readership.funding.ledger.book` writes here. Triggers in the database refuse UPDATE and DELETE
(migration 0002): a migration that rebuilds this table on SQLite must lay them on again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readership.funding.models.campaign import Campaign
from readership.funding.models.gift import Gift
from readership.funding.money import Money


class EntryKind(models.TextChoices):
    GIFT = "gift", _("gift")
    REVERSAL = "reversal", _("reversal")
    OPENING = "opening", _("opening sum")


# What each kind must hold and must not: a gift's own booking, its undoing, a sum brought from elsewhere.
IS_GIFT = Q(kind="gift", gift__isnull=False, reverses__isnull=True, amount_minor__gt=0)
IS_REVERSAL = Q(kind="reversal", gift__isnull=False, reverses__isnull=False, amount_minor__lt=0)
IS_OPENING = Q(kind="opening", gift__isnull=True, reverses__isnull=True, amount_minor__gt=0)


class LedgerEntry(models.Model):
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="entries", verbose_name=_("campaign"))
    gift = models.ForeignKey(
        Gift, null=True, blank=True, on_delete=models.PROTECT, related_name="entries", verbose_name=_("gift")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    booked_at = models.DateTimeField(_("booked"))
    # Empty for what a program booked: an import has no person.
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="booked_entries",
        verbose_name=_("booked by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversal",
        verbose_name=_("reverses"),
    )
    # Unique as well: a second entry upon the same one would fork the chain.
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="entry_is_what_its_kind_says", condition=IS_GIFT | IS_REVERSAL | IS_OPENING),
            models.CheckConstraint(name="entry_moves_money", condition=~Q(amount_minor=0)),
            models.CheckConstraint(name="entry_numbers_start_at_one", condition=Q(number__gt=0)),
            models.UniqueConstraint(fields=["gift", "kind"], name="entry_once_for_a_gift_and_kind"),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(kind="opening"), name="entry_opening_once_for_a_campaign"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
