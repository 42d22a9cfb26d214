"""A session that knows whose it is, so that its owner can see and end it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.crypto import salted_hmac


class ReaderSession(AbstractBaseSession):
    """`reader` is empty for sessions of nobody in particular, such as somebody half-way through signing in."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions", editable=False
    )
    # "Firefox on Linux", said at sign-in. No address, no version: enough to know one's own again.
    device = models.CharField(max_length=60, blank=True, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        default_permissions = ()

    @property
    def key_hash(self) -> str:
        """Names the session to its owner without giving it away."""
        return salted_hmac("readership.readers.session key", self.session_key, algorithm="sha256").hexdigest()
