"""A browser that shows news itself: its push service's address, and the keys that only that browser can read."""

from __future__ import annotations

from django.db import models

from readership.readers.models import MailAddress

LONGEST_ENDPOINT = 500


class PushSubscription(models.Model):
    address = models.ForeignKey(MailAddress, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"push {self.pk}"
