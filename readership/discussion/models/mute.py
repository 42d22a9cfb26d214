"""Whom a reader does not want to read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Mute(models.Model):
    """`reader` sees nothing of the muted reader or guest. Nobody else notices. Guests keep theirs in the browser."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    muted_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    muted_guest = models.ForeignKey("readers.Guest", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # As it stood when it was muted: for the list in which mutes are taken back.
    name = models.CharField(max_length=80)
    muted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_mute_is_of_a_reader_or_a_guest",
                condition=Q(muted_reader=None, muted_guest__isnull=False)
                | Q(muted_reader__isnull=False, muted_guest=None),
            ),
            models.UniqueConstraint(fields=["reader", "muted_reader"], name="a_reader_is_muted_once"),
            models.UniqueConstraint(fields=["reader", "muted_guest"], name="a_guest_is_muted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} → {self.name}"
