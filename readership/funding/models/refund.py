"""What a giver asks back, and what the newsroom pays back: one order a refund, so that it is paid once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.gift import Gift
from readership.funding.money import Money


class RefundState(models.TextChoices):
    ASKED = "asked", _("asked for")  # by the giver; a treasurer has to decide
    ORDERED = "ordered", _("ordered")  # on its way to the processor
    PAID = "paid", _("paid back")
    FAILED = "failed", _("failed")
    DECLINED = "declined", _("declined")


# What must fit into the gift together: money that is on its way back, or may yet be.
BINDING = (RefundState.ORDERED, RefundState.PAID)


class RefundOrder(models.Model):
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="refund_orders", verbose_name=_("gift"))
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=10, choices=RefundState)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # The sentence for the giver, when it was declined or failed.
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # Empty when the giver asked and nobody has decided yet.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_refunds"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    refund_ref = models.CharField(max_length=255, null=True, blank=True, unique=True)
    submission_key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["asked_at"], name="refund_that_waits", condition=Q(state="asked"))]
        constraints = [
            models.CheckConstraint(name="refund_is_positive", condition=Q(amount_minor__gt=0)),
            models.UniqueConstraint(fields=["gift"], condition=Q(state="asked"), name="refund_asked_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.amount_minor}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
