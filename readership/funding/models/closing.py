"""Periods of the books that are closed, and gifts that came over the counter together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClosedPeriod(models.Model):
    """From here on nothing is received on a day within it; what was wrong is put right by entries of today."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="closed_periods", verbose_name=_("closed by")
    )
    # The end of the ledger at that moment: with it, what was closed can be proved.
    last_number = models.PositiveBigIntegerField(_("last entry"))
    last_hash = models.CharField(max_length=64)
    # Sums of the period as they were: {"USD": {"gift": 144050, "fee": -4100, …}}.
    sums = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-ends_on"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="period_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(fields=["starts_on"], name="period_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
