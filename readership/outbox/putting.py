"""Putting work into the outbox, in the transaction that makes it necessary.

The model is looked up late, so that `readership.outbox` may be imported before Django has loaded its models.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readership.lib.shared_counters import Opened

# One cell that moves when something was put. The pump looks at it far more often than at the database.
wake_up = Opened(lambda: settings.HOME / "run" / "outbox", size=1)


def put(kind: str, *, key: str, payload: dict[str, Any], line: str = "") -> None:
    """Have the item done after commit: at least once, normally once. The same (kind, key) again: nothing.

    `payload` is JSON; give ids and read the rows again when it is done, they may have changed by then. Items of
    one `line` are done one after the other, in the order they were put.
    """
    now = timezone.now()
    # Nothing is raised when it is there already: the same event that arrives twice must succeed twice.
    item = apps.get_model("outbox", "OutboxItem")
    item.objects.bulk_create(
        [item(kind=kind, key=key, payload=payload, line=line, created_at=now, next_at=now)], ignore_conflicts=True
    )
    transaction.on_commit(_wake)


def _wake() -> None:
    wake_up().add(0, 1)
