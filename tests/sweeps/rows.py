"""What our tables hold, as fingerprints that show whether anything changed."""

from __future__ import annotations

import hashlib

from django.apps import apps
from django.core.serializers.python import Serializer
from django.db import models
from wagtail.models import Page, Revision

OURS = ("discussion", "funding", "newsletter", "outbox", "readers", "stories", "website")

# When somebody signed in, and what was measured of a picture's file: they say nothing new about the newsroom.
NOTED = ("last_login", "file_size", "file_hash")
# Sizes of a picture are drawn when somebody looks at it for the first time.
DRAWN = ("stories.NewsRendition",)
# What a browser is in the middle of, such as the next code of an app: nothing of it is the newsroom's.
SESSIONS = ("readers.ReaderSession",)


def fingerprints() -> dict[str, str]:
    """By table: ours, and where editors' words are kept."""
    tables: list[type[models.Model]] = [model for model in apps.get_models() if model._meta.app_label in OURS]
    tables = [model for model in tables if model._meta.label not in DRAWN + SESSIONS]
    return {model._meta.label: _fingerprint(model) for model in (*tables, Page, Revision)}


def _fingerprint(model: type[models.Model]) -> str:
    rows = Serializer().serialize(model._default_manager.order_by("pk"))
    for row in rows:
        for name in NOTED:
            row["fields"].pop(name, None)
    return hashlib.sha256(repr(rows).encode()).hexdigest()
