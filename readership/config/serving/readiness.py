"""`/readyz`: may requests be sent here? For a load balancer, and for whoever wants to know what is wrong."""

from __future__ import annotations

import shutil
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from readership.config.serving.preparing import missing_migrations
from readership.outbox.models import OutboxItem

LEAST_FREE = 200 * 1024 * 1024
# Mail that lags is a reason to look, not to send readers elsewhere.
OUTBOX_LATE = 300


class _Schema:
    """Whether all migrations are applied: asked until it is so, then remembered."""

    is_complete = False

    def check(self) -> bool:
        self.is_complete = self.is_complete or missing_migrations() == 0
        return self.is_complete


_schema = _Schema()


def readyz(_request: HttpRequest) -> JsonResponse:
    found = readiness(now=timezone.now())
    return JsonResponse(found, status=200 if found["is_ready"] else 503)


def readiness(*, now: datetime) -> dict[str, object]:
    """What is asked of this node. `outbox_age`: seconds that the item most overdue has waited."""
    has_room = shutil.disk_usage(settings.HOME).free >= LEAST_FREE
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_migrated, age = _schema.check(), outbox_age(now=now)
    except DatabaseError:
        return {"is_ready": False, "database": False, "disk": has_room}
    return {
        "is_ready": is_migrated and has_room,
        "database": True,
        "migrations": is_migrated,
        "disk": has_room,
        "outbox_age": age,
        "outbox_given_up": OutboxItem.objects.exclude(given_up_at=None).count(),
        "outbox_is_late": age > OUTBOX_LATE,
    }


def outbox_age(*, now: datetime) -> int:
    oldest = OutboxItem.objects.due(now=now).values_list("next_at", flat=True).first()
    return 0 if oldest is None else int((now - oldest).total_seconds())
