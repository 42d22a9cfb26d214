"""What somebody follows, as a kind and a number: this app does not know what a thread or a story is (record 0018)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.readers.models import MailAddress


class Kind(models.TextChoices):
    """What the number means is in the comment beside it. The values stand in rows and links: never change one."""

    THREAD = "thread", _("new comments on a story")  # the thread
    REPLIES = "replies", _("replies to all my comments")  # the mail address itself
    COMMENT = "comment", _("replies to one comment")  # the comment
    AUTHOR = "author", _("stories by an author")  # the author
    TOPIC = "topic", _("stories on a topic")  # the topic
    CORRECTIONS = "corrections", _("corrections of a story")  # the story


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> FollowQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def pending(self) -> FollowQuerySet:
        """Asked for with an address whose owner has not answered yet."""
        return self.filter(confirmed_at=None)


class Follow(models.Model):
    address = models.ForeignKey(MailAddress, db_index=False, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=12, choices=Kind)
    target_id = models.PositiveBigIntegerField()
    # Where it was asked for, such as "thread-7": for one address, one question at a time is asked about it (G03).
    about = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    # When the question “was it you?” went out; null where none was needed, or none might be sent.
    question_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["address", "kind", "target_id"], name="a_thing_is_followed_once"),
        ]
        indexes = [
            models.Index(
                name="followers_of_a_thing",
                fields=["kind", "target_id", "id"],
                condition=Q(confirmed_at__isnull=False),
            ),
            models.Index(name="questions_by_time", fields=["question_at"], condition=Q(question_at__isnull=False)),
            models.Index(name="follows_asked_for", fields=["asked_at"], condition=Q(confirmed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"


class Muted(models.Model):
    """Of this thread the address wants to hear nothing any more, not even replies."""

    address = models.ForeignKey(MailAddress, db_index=False, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=40)
    muted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address", "about"], name="a_thread_is_muted_once")]

    def __str__(self) -> str:
        return f"{self.about} muted"
