"""A gift: money that somebody gave once. What it does to the meter is in the ledger."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.campaign import Campaign
from readership.funding.money import Money

# Crockford's base 32 without U: nothing that is read or heard as something else.
REFERENCE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10  # 50 bits: not to be guessed, not to meet


def new_reference() -> str:
    return "".join(secrets.choice(REFERENCE_LETTERS) for _place in range(REFERENCE_LENGTH))


class GiftKind(models.TextChoices):
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")


class GiftQuerySet(models.QuerySet["Gift"]):
    def standing(self) -> GiftQuerySet:
        """Not reversed."""
        return self.filter(entries__kind="gift", entries__reversal__isnull=True)

    def reversed(self) -> GiftQuerySet:
        return self.filter(entries__kind="reversal")


class Gift(models.Model):
    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="gifts", verbose_name=_("campaign"))
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    received_on = models.DateField(_("received on"))
    kind = models.CharField(_("kind"), max_length=10, choices=GiftKind)
    giver_name = models.CharField(_("name"), max_length=120, blank=True)
    is_anonymous = models.BooleanField(_("wants to stay unnamed"), default=False)
    giver_email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="entered_gifts",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    # Names one sending of the form; the second time it arrives it is the same gift.
    submission_key = models.CharField(max_length=64, unique=True, editable=False)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["-received_on", "-pk"]
        permissions = [
            ("record_gift", _("Can record and reverse gifts and read the ledger")),
            ("export_gifts", _("Can download the list of gifts")),
        ]
        indexes = [models.Index(fields=["campaign", "received_on"], name="gift_by_campaign_and_day")]
        constraints = [
            models.CheckConstraint(name="gift_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="gift_currency_is_three_capitals", condition=Q(currency__regex=r"^[A-Z][A-Z][A-Z]$")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
