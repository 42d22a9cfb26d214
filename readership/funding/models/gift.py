"""A gift: money that somebody gives once. What it does to the meter is in the ledger."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.campaign import Campaign
from readership.funding.models.giver import Giver
from readership.funding.models.pledge import Pledge
from readership.funding.models.processing import ProcessorName
from readership.funding.models.wishes import Wishes
from readership.funding.money import Money

# Crockford's base 32 without U: nothing that is read or heard as something else.
REFERENCE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10  # 50 bits: not to be guessed, not to meet


def new_reference() -> str:
    return "".join(secrets.choice(REFERENCE_LETTERS) for _place in range(REFERENCE_LENGTH))


class GiftKind(models.TextChoices):
    CASH = "cash", _("cash")
    CHEQUE = "cheque", _("cheque")
    TRANSFER = "transfer", _("bank transfer")
    ONLINE = "online", _("card or online")


class GiftState(models.TextChoices):
    """Only a received gift has an entry in the ledger; the others are an intention, and count nowhere."""

    STARTED = "started", _("begun")  # the giver is on the processor's page
    PROMISED = "promised", _("announced")  # a transfer that no line of a statement has shown yet
    PENDING = "pending", _("on its way")  # the processor has the order, and not yet the money
    RECEIVED = "received", _("received")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("never came")


class GiftQuerySet(models.QuerySet["Gift"]):
    def received(self) -> GiftQuerySet:
        """Money that came, trial gifts aside: what desks, downloads and mails mean by a gift."""
        return self.filter(state=GiftState.RECEIVED, is_trial=False)

    def standing(self) -> GiftQuerySet:
        """Received, and not reversed. What was paid back is still in it: see the ledger."""
        return self.received().filter(entries__kind="gift", entries__reversal__isnull=True)

    def reversed(self) -> GiftQuerySet:
        return self.filter(entries__kind="reversal")


class Gift(Wishes):
    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="gifts", verbose_name=_("campaign"))
    # What counts for the campaign. What was added for the processor's fee stands beside it, not in it.
    amount_minor = models.BigIntegerField(_("amount"))
    cover_minor = models.BigIntegerField(_("added for the fee"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=10, choices=GiftState, default=GiftState.RECEIVED)
    is_trial = models.BooleanField(_("a trial, no money"), default=False, editable=False)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=GiftKind)

    giver = models.ForeignKey(
        Giver, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts", verbose_name=_("giver")
    )
    giver_name = models.CharField(_("name"), max_length=120, blank=True)
    giver_email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)

    pledge = models.ForeignKey(
        Pledge, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts", verbose_name=_("pledge")
    )
    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName, blank=True)
    # The processor's names for one gift: the session that began it, the payment, the charge, the bill of a pledge.
    session_ref = models.CharField(max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001
    payment_ref = models.CharField(max_length=255, blank=True, editable=False)
    charge_ref = models.CharField(max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001
    bill_ref = models.CharField(max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001
    # What the giver saw on the own card, when the processor changed money for them.
    presented_minor = models.BigIntegerField(null=True, blank=True, editable=False)
    presented_currency = models.CharField(max_length=3, blank=True, editable=False)

    # Empty for what came through a processor or the bank: no person typed it.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
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
            ("refund_gift", _("Can pay gifts back through the processor")),
            ("close_period", _("Can close a period of the books")),
        ]
        indexes = [
            models.Index(fields=["campaign", "received_on"], name="gift_by_campaign_and_day"),
            models.Index(fields=["state", "entered_at"], name="gift_by_state"),
            models.Index(fields=["giver", "received_on"], name="gift_by_giver"),
            models.Index(fields=["payment_ref"], name="gift_by_payment", condition=~Q(payment_ref="")),
        ]
        constraints = [
            models.CheckConstraint(name="gift_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="gift_covers_no_less_than_nothing", condition=Q(cover_minor__gte=0)),
            models.CheckConstraint(
                name="gift_currency_is_three_capitals", condition=Q(currency__regex=r"^[A-Z][A-Z][A-Z]$")
            ),
            models.CheckConstraint(
                name="gift_received_has_its_day", condition=~Q(state="received") | Q(received_on__isnull=False)
            ),
            # Nulls differ from each other: only what has a name must have one of its own.
            models.UniqueConstraint(fields=["processor", "session_ref"], name="gift_once_for_a_session"),
            models.UniqueConstraint(fields=["processor", "charge_ref"], name="gift_once_for_a_charge"),
            models.UniqueConstraint(fields=["processor", "bill_ref"], name="gift_once_for_a_bill"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def charged(self) -> Money:
        """What the giver pays: the gift, and what was added for the fee."""
        return Money(self.amount_minor + self.cover_minor, self.currency)
