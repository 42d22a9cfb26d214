"""Who gets which edition, and what of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readership.newsletter.models.edition import Edition
from readership.readers.models import MailAddress


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> SubscriptionQuerySet:
        """Confirmed by the owner of the address, and not stopped since."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None)

    def reachable(self) -> SubscriptionQuerySet:
        """Active, and mail may go there."""
        return self.active().filter(address__confirmed_at__isnull=False, address__stopped_at=None)


class Subscription(models.Model):
    """With neither topics nor sections, its owner wants everything of the edition."""

    address = models.ForeignKey(
        MailAddress, verbose_name=_("address"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    edition = models.CharField(_("edition"), max_length=10, choices=Edition)
    topics = models.ManyToManyField("stories.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    sections = models.ManyToManyField("stories.Section", verbose_name=_("sections"), blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address", "edition"], name="an_edition_once_for_an_address")]
        indexes = [
            # For going through those who get an issue, in batches.
            models.Index(
                fields=["edition", "id"],
                name="subscribers_of_an_edition",
                condition=Q(confirmed_at__isnull=False, stopped_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.address_id}"

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.stopped_at is None

    def confirm(self, now: datetime) -> None:
        self.confirmed_at, self.stopped_at = now, None
        self.save(update_fields=["confirmed_at", "stopped_at"])
