"""The one picture that may stand with a comment."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

ALT_LENGTH = 300


class Picture(models.Model):
    """`name` is that of its files, random, and all that an address says of it; see picture_files.py.

    It is shown to whom the comment is shown. A comment that is withdrawn loses it for good.
    """

    comment = models.OneToOneField("discussion.Comment", on_delete=models.CASCADE, related_name="picture")
    name = models.CharField(max_length=32, unique=True, editable=False)
    # Of the file in full size, in pixels.
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(max_length=ALT_LENGTH, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.alt or self.name
