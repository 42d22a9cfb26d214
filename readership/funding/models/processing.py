"""What a payment processor tells us: kept as it came, worked through once, shown when it fits nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.money import Money


class ProcessorName(models.TextChoices):
    STRIPE = "stripe", "Stripe"
    DEMO = "demo", _("demonstration")
    # Not a processor, and names movements of money all the same: lines of the newsroom's own account.
    BANK = "bank", _("bank")


class Outcome(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    IGNORED = "ignored", _("of no concern")
    UNMATCHED = "unmatched", _("fits nothing we know")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed, will be tried again")


class ProcessorEvent(models.Model):
    """One event of a webhook. The first of the two keys that make a payment count once."""

    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName)
    event_ref = models.CharField(_("event"), max_length=255)
    kind = models.CharField(_("kind"), max_length=80)
    api_version = models.CharField(_("version of its interface"), max_length=40, blank=True)
    is_trial = models.BooleanField(_("trial"), default=False)
    # As it came, without what is secret in it; empty when it was done long ago (attack K20).
    body = models.BinaryField()
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    # A sentence for the treasurer: what it did, or why nothing.
    said = models.TextField(_("note"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("worked through"), null=True, blank=True)
    # Set when a treasurer looked at what fits nothing and put it aside.
    settled_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-received_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["received_at"],
                name="event_that_waits",
                condition=Q(outcome__in=["waiting", "failed", "unmatched", "refused"]),
            )
        ]
        constraints = [models.UniqueConstraint(fields=["processor", "event_ref"], name="event_stored_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_ref}"


class PayoutState(models.TextChoices):
    ON_ITS_WAY = "on_its_way", _("on its way")
    PAID = "paid", _("paid")
    FAILED = "failed", _("failed")


class Payout(models.Model):
    """Money that leaves the processor for the newsroom's own bank account."""

    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName)
    payout_ref = models.CharField(_("payout"), max_length=255)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    arrives_on = models.DateField(_("arrives on"))
    state = models.CharField(_("state"), max_length=10, choices=PayoutState)
    is_trial = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-arrives_on", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["processor", "payout_ref"], name="payout_once")]

    def __str__(self) -> str:
        return self.payout_ref

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Reconciliation(models.Model):
    """One comparison of our ledger with the processor's own book. Green when nothing differs."""

    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    ran_at = models.DateTimeField(_("compared"), default=timezone.now)
    movements_count = models.PositiveIntegerField(_("movements"))
    # One sentence for each difference, with what to do.
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-ran_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.processor} {self.ran_at:%Y-%m-%d}"

    @property
    def is_green(self) -> bool:
        return not self.differences
