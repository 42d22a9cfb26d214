"""One issue of an edition, what it holds, and who was sent it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from readership.newsletter.models.edition import Edition
from readership.readers.models import MailAddress

BODY_FEATURES = ["h2", "bold", "italic", "link", "ol", "ul"]


class IssueState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("cancelled")


class Audience(models.TextChoices):
    ALL = "all", _("everybody who gets the edition")
    TOPIC = "topic", _("those who want a topic")
    SECTION = "section", _("those who want a section")
    SUPPORTERS = "supporters", _("supporters")


# What can still be written on.
OPEN = (IssueState.DRAFT, IssueState.SCHEDULED)


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> IssueQuerySet:
        """What went to everybody, as far as it went out; nothing else is anybody else's business."""
        return self.filter(audience=Audience.ALL, state__in=[IssueState.SENDING, IssueState.SENT])


class Issue(ClusterableModel):
    """States: draft → scheduled → sending → sent; from scheduled back to draft, from sending to cancelled."""

    edition = models.CharField(_("edition"), max_length=10, choices=Edition, default=Edition.LETTERS)
    subject = models.CharField(_("subject"), max_length=150)
    preheader = models.CharField(
        _("first line"),
        max_length=200,
        blank=True,
        help_text=_("What mail programs show beside the subject. Empty: the beginning of the text."),
    )
    body = RichTextField(_("text"), blank=True, features=BODY_FEATURES)
    audience = models.CharField(_("who gets it"), max_length=10, choices=Audience, default=Audience.ALL)
    # When it is deleted, the issue goes to nobody until another is chosen.
    topic = models.ForeignKey(
        "stories.Topic", verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section = models.ForeignKey(
        "stories.Section", verbose_name=_("section"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=IssueState, default=IssueState.DRAFT, editable=False)
    # Of a digest: the day it is for, and what is new in it.
    digest_on = models.DateField(null=True, blank=True, editable=False)
    # In the archive: the day, and a number where there are several. Given when sending begins.
    slug = models.CharField(max_length=20, blank=True, editable=False)
    send_at = models.DateTimeField(_("goes out"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    # How many were to get it when sending began; how far down the list of subscribers sending has come.
    expected_count = models.PositiveIntegerField(default=0, editable=False)
    put_count = models.PositiveIntegerField(default=0, editable=False)
    reached_id = models.BigIntegerField(default=0, editable=False)
    is_spread = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-id"]
        permissions = [("send_issue", _("May send newsletters"))]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "digest_on"],
                name="a_digest_once_for_a_day",
                condition=Q(digest_on__isnull=False),
            ),
            models.UniqueConstraint(fields=["edition", "slug"], name="an_address_for_one_issue", condition=~Q(slug="")),
            models.CheckConstraint(
                name="what_is_scheduled_has_a_time",
                condition=~Q(state=IssueState.SCHEDULED) | Q(send_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "send_at"],
                name="issues_on_their_way",
                condition=Q(state__in=[IssueState.SCHEDULED, IssueState.SENDING]),
            )
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def is_open(self) -> bool:
        """Whether it may still be written on."""
        return self.state in OPEN and not self.is_digest

    @property
    def is_digest(self) -> bool:
        return self.digest_on is not None


class IssueStory(Orderable):
    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="chosen")
    story = models.ForeignKey("stories.Story", verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("story")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["issue", "story"], name="a_story_once_in_an_issue")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.story_id}"


class IssuePick(Orderable):
    """A comment that editors picked, quoted in a digest."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="picks")
    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("comment")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.comment_id}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> DeliveryQuerySet:
        return self.filter(sent_at=None, left_out_at=None)


class Delivery(models.Model):
    """An issue on its way to one address. It is there once, so the issue goes there once."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.CASCADE, related_name="deliveries")
    address = models.ForeignKey(
        MailAddress, verbose_name=_("address"), on_delete=models.CASCADE, related_name="deliveries"
    )
    put_at = models.DateTimeField(_("put"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    # Stopped or cancelled meanwhile, or nothing in it for them.
    left_out_at = models.DateTimeField(_("left out"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["issue", "address"], name="an_issue_once_for_an_address")]
        indexes = [
            models.Index(fields=["issue"], name="deliveries_waiting", condition=Q(sent_at=None, left_out_at=None)),
            models.Index(fields=["put_at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.address_id}"
