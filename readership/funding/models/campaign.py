"""A campaign: what the newsroom asks for, how much, and until when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from readership.funding.money import Money
from readership.stories.models import Section, Story

LABEL_LENGTH = 30  # What fits below a mark on a phone.


def newsroom_currency() -> str:
    return str(settings.SITE_CURRENCY)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def begun_on(self, day: date) -> CampaignQuerySet:
        """Shown and begun, over or not."""
        return self.filter(is_shown=True, starts_on__lte=day)

    def running_on(self, day: date) -> CampaignQuerySet:
        """Shown, begun and not over; of several, the one that began last comes first."""
        is_open = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.begun_on(day).filter(is_open).order_by("-starts_on", "-pk")


class Campaign(ClusterableModel):
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    ask = models.TextField(_("the ask"), help_text=_("Two sentences: what the money is for. Shown with each story."))
    how_to_give = models.TextField(
        _("how to give"),
        blank=True,
        help_text=_("For the giving page: the bank account, its reference, and where cash may be brought."),
    )
    goal_minor = models.BigIntegerField(_("goal"))
    currency = models.CharField(_("currency"), max_length=3, default=newsroom_currency)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("Empty: until you end it."))
    is_shown = models.BooleanField(
        _("show the meter"), default=True, help_text=_("Over every story, or over those of its section or story.")
    )
    # At most one of the two: the whole site, one section, or one story.
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("for one section"),
    )
    story = models.ForeignKey(
        Story,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("for one story"),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_goal_is_positive",
                condition=Q(goal_minor__gt=0),
                violation_error_message=_("The goal must be more than nothing."),
            ),
            models.CheckConstraint(
                name="campaign_currency_is_three_capitals",
                condition=Q(currency__regex=r"^[A-Z][A-Z][A-Z]$"),
                violation_error_message=_("A currency is three capital letters, such as EUR."),
            ),
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The campaign must not end before it starts."),
            ),
            models.CheckConstraint(
                name="campaign_is_for_one_thing",
                condition=Q(section__isnull=True) | Q(story__isnull=True),
                violation_error_message=_("A campaign is for one section or for one story, not for both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running_on(self, day: date) -> bool:
        return self.is_shown and self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def goal(self) -> Money:
        return Money(self.goal_minor, self.currency)

    @property
    def is_for_site(self) -> bool:
        return self.section_id is None and self.story_id is None

    def get_absolute_url(self) -> str:
        return reverse("funding:campaign", args=[self.slug])


class CampaignMark(Orderable):
    """A sum on the way to the goal, and what it pays for."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="marks")
    at_minor = models.BigIntegerField(_("at"))
    label = models.CharField(_("label"), max_length=LABEL_LENGTH, help_text=_("What is paid from here on, in short."))

    class Meta(Orderable.Meta):
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            # That a mark lies below the goal is checked where either is typed: a constraint sees one row.
            models.CheckConstraint(
                name="campaign_mark_is_above_nothing",
                condition=Q(at_minor__gt=0),
                violation_error_message=_("A mark must be above nothing."),
            ),
            models.UniqueConstraint(fields=["campaign", "at_minor"], name="campaign_marks_differ"),
        ]

    def __str__(self) -> str:
        return self.label


class Frequency(models.TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("monthly")
    YEAR = "year", _("yearly")


class AmountChoice(Orderable):
    """A sum that the giving page offers. Where a campaign has none, `offering` has usual ones of its currency."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="amount_choices")
    frequency = models.CharField(_("how often"), max_length=5, choices=Frequency)
    amount_minor = models.BigIntegerField(_("amount"))

    class Meta(Orderable.Meta):
        verbose_name = _("offered sum")
        verbose_name_plural = _("offered sums")
        constraints = [
            models.CheckConstraint(
                name="amount_choice_is_positive",
                condition=Q(amount_minor__gt=0),
                violation_error_message=_("An offered sum must be more than nothing."),
            ),
            models.UniqueConstraint(fields=["campaign", "frequency", "amount_minor"], name="amount_choices_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.amount_minor}"
