"""One thing that one follower is to hear of: once, whatever dies in between."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from readership.following.models.follow import Follow
from readership.following.models.mailing import Mailing
from readership.readers.models import MailAddress


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> NoticeQuerySet:
        """To be mailed, now or later."""
        return self.filter(mailing=None, due_at__isnull=False)

    def due(self, *, now: datetime) -> NoticeQuerySet:
        return self.waiting().filter(due_at__lte=now)


class Notice(models.Model):
    address = models.ForeignKey(MailAddress, db_index=False, on_delete=models.CASCADE, related_name="notices")
    # What it is about, in the words of registry.tells: such as "comment" and the comment's number.
    news = models.CharField(max_length=20)
    item_id = models.PositiveBigIntegerField()
    # What is told in one mail: "thread-7".
    about = models.CharField(max_length=40)
    # Why it is told. Null when that was stopped: then it is told no more.
    follow = models.ForeignKey(Follow, null=True, on_delete=models.SET_NULL, related_name="notices")
    created_at = models.DateTimeField()
    # Null: never by mail.
    due_at = models.DateTimeField(null=True)
    # Without an index over those that have none yet: SQLite would take it to look for what is due.
    mailing = models.ForeignKey(Mailing, null=True, db_index=False, on_delete=models.CASCADE, related_name="notices")
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["address", "news", "item_id"], name="a_thing_is_told_once"),
        ]
        indexes = [
            models.Index(
                name="notices_due",
                fields=["due_at", "id"],
                condition=Q(mailing=None, due_at__isnull=False),
            ),
            models.Index(name="notices_of_a_mailing", fields=["mailing"], condition=Q(mailing__isnull=False)),
            models.Index(name="notices_of_an_address", fields=["address", "-id"]),
            models.Index(name="notices_by_time", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.news} {self.item_id}"
