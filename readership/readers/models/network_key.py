"""The daily keys by which addresses of networks are hashed."""

from __future__ import annotations

from django.db import models


class NetworkKey(models.Model):
    """The key of one day by which addresses are hashed. Destroyed after two days: then no hash can be traced back."""

    day = models.DateField(unique=True)
    secret = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.day.isoformat()
