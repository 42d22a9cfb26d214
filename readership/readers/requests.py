"""The request as our views see it."""

from __future__ import annotations

from django.http import HttpRequest

from readership.readers.models import Reader


class ReaderRequest(HttpRequest):
    """A request of somebody signed in."""

    user: Reader
