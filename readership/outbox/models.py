"""Work that must not be lost: one row for each thing that has to happen after a transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class OutboxItemQuerySet(models.QuerySet["OutboxItem"]):
    def waiting(self) -> OutboxItemQuerySet:
        """Neither done nor given up."""
        return self.filter(done_at=None, given_up_at=None)

    def due(self, *, now: datetime) -> OutboxItemQuerySet:
        """Whose time has come, whom nobody works on and who are first of their line, in the order they were put."""
        is_free = Q(leased_until=None) | Q(leased_until__lte=now)
        earlier = OutboxItem.objects.waiting().filter(line=OuterRef("line"), pk__lt=OuterRef("pk"))
        is_first = Q(line="") | ~Exists(earlier)
        return self.waiting().filter(is_free, is_first, next_at__lte=now).order_by("next_at", "pk")


class OutboxItem(models.Model):
    kind = models.CharField(max_length=60)
    # What it is about, so that the same thing is put only once: "gift-7".
    key = models.CharField(max_length=200)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    # Items of one line are done in the order they were put: mail to one person. Empty: it waits for nobody.
    line = models.CharField(max_length=64, blank=True, db_default="")
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # Until then somebody works on it; who died while working lets it go by letting the time pass.
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # After the last try. Kept and reported until somebody looks at it.
    given_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")

    objects = OutboxItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("look_after_mail", _("May look after mail"))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="outbox_item_is_put_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="outbox_item_waiting",
                condition=Q(done_at=None, given_up_at=None),
            ),
            models.Index(
                fields=["line", "id"],
                name="outbox_item_line",
                condition=Q(done_at=None, given_up_at=None),
            ),
            models.Index(fields=["done_at"], name="outbox_item_done"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
