"""A pledge: the promise of a gift each month or year, until its giver stops it. Each arrival is a gift of its own."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.campaign import Campaign
from readership.funding.models.giver import Giver
from readership.funding.models.processing import ProcessorName
from readership.funding.models.wishes import Wishes
from readership.funding.money import Money


def new_pledge_reference() -> str:
    return f"P{secrets.token_hex(6).upper()}"


class Interval(models.TextChoices):
    MONTH = "month", _("every month")
    YEAR = "year", _("every year")


class PledgeState(models.TextChoices):
    STARTED = "started", _("begun")  # the giver is on the processor's page
    ACTIVE = "active", _("running")
    BEHIND = "behind", _("last payment failed")  # in grace: the processor tries again, the giver was written to
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")
    EXPIRED = "expired", _("never begun")


# Promised to come again.
RUNNING = (PledgeState.ACTIVE, PledgeState.BEHIND)


class StoppedBy(models.TextChoices):
    GIVER = "giver", _("by its giver")
    NEWSROOM = "newsroom", _("by the newsroom")
    PROCESSOR = "processor", _("after payments had failed")


class Pledge(Wishes):
    reference = models.CharField(
        _("reference"), max_length=13, unique=True, default=new_pledge_reference, editable=False
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pledges", verbose_name=_("campaign"))
    # Empty until the processor says who: the address is typed on its page.
    giver = models.ForeignKey(
        Giver, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges", verbose_name=_("giver")
    )
    amount_minor = models.BigIntegerField(_("amount"))
    cover_minor = models.BigIntegerField(_("added for the fee"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    interval = models.CharField(_("how often"), max_length=5, choices=Interval)
    state = models.CharField(_("state"), max_length=10, choices=PledgeState, default=PledgeState.STARTED)
    is_trial = models.BooleanField(_("a trial, no money"), default=False, editable=False)

    processor = models.CharField(_("processor"), max_length=10, choices=ProcessorName)
    session_ref = models.CharField(max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001
    subscription_ref = models.CharField(max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001

    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    next_on = models.DateField(_("next on"), null=True, blank=True)
    failed_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failures_count = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.CharField(_("stopped by"), max_length=10, choices=StoppedBy, blank=True)
    stop_reason = models.CharField(_("why it was stopped"), max_length=300, blank=True)
    # The processor will never charge it again: not even a resume brings it back.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # When we asked the processor for what is known here: an older answer must not overwrite a newer one.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["-begun_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["state", "next_on"], name="pledge_by_state"),
            models.Index(fields=["campaign", "state"], name="pledge_by_campaign"),
        ]
        constraints = [
            models.CheckConstraint(name="pledge_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="pledge_covers_no_less_than_nothing", condition=Q(cover_minor__gte=0)),
            models.CheckConstraint(
                name="pledge_currency_is_three_capitals", condition=Q(currency__regex=r"^[A-Z][A-Z][A-Z]$")
            ),
            models.CheckConstraint(
                name="pledge_stopped_has_its_time", condition=~Q(state="stopped") | Q(stopped_at__isnull=False)
            ),
            models.UniqueConstraint(fields=["processor", "session_ref"], name="pledge_once_for_a_session"),
            models.UniqueConstraint(fields=["processor", "subscription_ref"], name="pledge_once_for_a_subscription"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def charged(self) -> Money:
        return Money(self.amount_minor + self.cover_minor, self.currency)
