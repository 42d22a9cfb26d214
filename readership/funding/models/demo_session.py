"""What the demonstration's processor remembers: real ones remember on their own machines."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class DemoSession(models.Model):
    session_ref = models.CharField(max_length=64, unique=True)
    # What was ordered, as processors.base.Order; what has become of it since.
    order = models.JSONField()
    state = models.CharField(max_length=10, default="open")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    refunded_minor = models.BigIntegerField(default=0)
    is_ending = models.BooleanField(default=False)
    # Of a pledge: how many times it was charged so far.
    charges_count = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.session_ref
