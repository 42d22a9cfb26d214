"""A vote: one per person and comment, which may be changed or taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Vote(models.Model):
    """By a reader or by a guest. `network_hash` stops a guest who throws the cookie away; it is emptied after two days.

    The hash is made with a key of the day and the comment, so that votes on two comments cannot be joined (L06).
    """

    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="votes")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="votes")
    guest = models.ForeignKey("readers.Guest", null=True, on_delete=models.CASCADE, related_name="votes")
    network_hash = models.CharField(max_length=64, null=True)  # noqa: DJ001
    value = models.SmallIntegerField()
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="vote_is_up_or_down", condition=Q(value__in=(-1, 1))),
            models.CheckConstraint(
                name="vote_is_by_a_reader_or_a_guest",
                condition=Q(reader__isnull=False, guest=None, network_hash=None) | Q(reader=None, guest__isnull=False),
            ),
            models.UniqueConstraint(fields=["comment", "reader"], name="one_vote_per_reader_and_comment"),
            models.UniqueConstraint(fields=["comment", "guest"], name="one_vote_per_guest_and_comment"),
            models.UniqueConstraint(fields=["comment", "network_hash"], name="one_guest_vote_per_network_and_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} on {self.comment_id}"
