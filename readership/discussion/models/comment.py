"""A comment, and the sets of comments that are read together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from readership.discussion import ranking

# Why a comment is held that appears by itself once its writer has confirmed an address. Stored as it stands here, and
# translated when it is shown: it is found again by it.
AWAITS_ADDRESS = gettext_noop("The address of this guest is not confirmed yet.")
# The permission of those who judge what readers wrote.
MODERATE = "discussion.moderate_comment"


class State(models.TextChoices):
    """Who sees it: everybody, only its writer and moderators, nobody (two ways)."""

    HELD = "held", _("held")
    PUBLISHED = "published", _("published")
    REMOVED = "removed", _("removed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Badge(models.TextChoices):
    GUEST = "guest", _("guest")
    VERIFIED = "verified", _("verified guest")
    READER = "reader", _("reader")
    STAFF = "staff", _("Newsroom")
    AUTHOR = "author", _("Author of this story")


class TextFormat(models.TextChoices):
    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "HTML"


class CommentQuerySet(models.QuerySet["Comment"]):
    def listed(self) -> CommentQuerySet:
        """What a thread shows: published, and the place of a gone comment that still has replies."""
        return self.filter(is_listed=True)

    def roots(self) -> CommentQuerySet:
        return self.filter(parent=None)

    def with_parent_name(self) -> CommentQuerySet:
        """Adds `parent_name`, for "in reply to", without reading the parent; null when that is not shown (L12)."""
        shown = Case(When(parent__state=State.PUBLISHED, then=F("parent__author_name")))
        return self.annotate(parent_name=shown)


class Comment(models.Model):
    thread = models.ForeignKey("discussion.Thread", on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    # The comment that the branch hangs from; null for that comment itself.
    root = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="branch")
    depth = models.PositiveIntegerField(default=0, editable=False)

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    guest = models.ForeignKey("readers.Guest", null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    author_name = models.CharField(_("name"), max_length=80)
    author_email = models.EmailField(_("e-mail"), blank=True)
    badge = models.CharField(max_length=10, choices=Badge, default=Badge.GUEST)

    text_source = models.TextField(_("text"))
    text_format = models.CharField(max_length=10, choices=TextFormat, default=TextFormat.MARKDOWN)
    # Rendered once, on write. `renderer_version` lets a command find what an older sanitiser made (attack A11).
    text_html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    held_because = models.CharField(_("held because"), max_length=200, blank=True)
    is_listed = models.BooleanField(default=True, editable=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    featured_at = models.DateTimeField(_("editors’ pick since"), null=True, blank=True)
    # Liked by groups of voters that usually disagree: set and taken back by agreeing.mark_agreed().
    agreed_at = models.DateTimeField(_("agreed across groups since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    up_count = models.PositiveIntegerField(default=0, editable=False)
    down_count = models.PositiveIntegerField(default=0, editable=False)
    # Of these, votes of guests: counted apart so that they can be discounted (attack F01).
    guest_up_count = models.PositiveIntegerField(default=0, editable=False)
    guest_down_count = models.PositiveIntegerField(default=0, editable=False)
    votes_frozen_at = models.DateTimeField(_("votes frozen"), null=True, blank=True)
    net_count = models.IntegerField(default=0, editable=False)
    # ranking.best_rank(), whole millionths: exact in a cursor, unlike a float.
    best_rank = models.IntegerField(default=0, editable=False)
    # Published comments of the branch below a root.
    replies_count = models.PositiveIntegerField(default=0, editable=False)

    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    network_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can judge what readers wrote"))]
        constraints = [
            models.CheckConstraint(
                name="comment_has_a_root_exactly_when_it_has_a_parent",
                condition=Q(parent=None, root=None, depth=0) | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
            ),
            models.CheckConstraint(
                name="comment_is_by_a_reader_or_a_guest_not_both", condition=Q(reader=None) | Q(guest=None)
            ),
        ]
        indexes = [
            models.Index(
                name="roots_by_time",
                fields=["thread", "-created_at", "-id"],
                condition=Q(parent=None, is_listed=True, is_pinned=False),
            ),
            models.Index(
                name="roots_by_votes",
                fields=["thread", "-net_count", "-id"],
                condition=Q(parent=None, is_listed=True, is_pinned=False),
            ),
            models.Index(
                name="roots_by_best",
                fields=["thread", "-best_rank", "-id"],
                condition=Q(parent=None, is_listed=True, is_pinned=False),
            ),
            models.Index(
                name="roots_by_replies",
                fields=["thread", "-replies_count", "-id"],
                condition=Q(parent=None, is_listed=True, is_pinned=False),
            ),
            # For the filters, which show comments one by one and not in branches. The conditions on the state keep
            # SQLite from taking these for the roots, where it would read every reply on the way.
            models.Index(
                name="comments_by_time",
                fields=["thread", "-created_at", "-id"],
                condition=Q(is_listed=True, state="published"),
            ),
            models.Index(
                name="staff_by_time",
                fields=["thread", "-created_at", "-id"],
                condition=Q(is_listed=True, state="published", badge="staff"),
            ),
            models.Index(
                name="authors_by_time",
                fields=["thread", "-created_at", "-id"],
                condition=Q(is_listed=True, state="published", badge="author"),
            ),
            models.Index(
                name="featured_by_time",
                fields=["thread", "-created_at", "-id"],
                condition=Q(is_listed=True, featured_at__isnull=False),
            ),
            models.Index(name="roots_pinned", fields=["thread"], condition=Q(parent=None, is_pinned=True)),
            models.Index(name="branch_in_order", fields=["root", "id"], condition=Q(is_listed=True)),
            models.Index(name="comments_by_state", fields=["state", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text_source[:60]}"

    @property
    def tag(self) -> str:
        """What an answer depends on that shows this comment, or what belongs to it, by itself."""
        return f"comment:{self.pk}"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def rank(self) -> int:
        """What `best_rank` must be, from the counts, the pick and the time. Asks for the thread."""
        later = self.created_at - self.thread.opened_at
        return ranking.best_rank(self.up_count, self.down_count, later=later, is_featured=self.featured_at is not None)

    @property
    def is_gone(self) -> bool:
        return self.state in {State.REMOVED, State.WITHDRAWN}
