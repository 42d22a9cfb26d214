"""The editions that there can be, and what the newsroom decided about each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Edition(models.TextChoices):
    MORNING = "morning", _("Morning")
    WEEKLY = "weekly", _("Weekly")
    LETTERS = "letters", _("Letters from the newsroom")


# Those that are put together by the clock, of what is new.
DIGESTS = (Edition.MORNING, Edition.WEEKLY)


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class EditionPlan(models.Model):
    """One row an edition. Without a row, the edition is off."""

    edition = models.CharField(max_length=10, choices=Edition, unique=True)
    is_on = models.BooleanField(_("readers can subscribe to it"), default=False)
    # When it was switched on: what should have come before that is not made up for.
    on_since = models.DateTimeField(null=True, blank=True, editable=False)
    # Of the day in the newsroom's time zone; for digests only.
    hour = models.PositiveSmallIntegerField(_("hour"), default=6)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday, default=Weekday.SUNDAY)
    sender_name = models.CharField(
        _("name of the sender"), max_length=80, blank=True, help_text=_("Empty: the name of the site.")
    )
    # The last moment of the plan that was looked after, whether there was anything new or not.
    done_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(name="edition_hour_is_an_hour", condition=Q(hour__lt=24)),
            models.CheckConstraint(name="edition_weekday_is_a_day", condition=Q(weekday__lt=7)),
            models.CheckConstraint(name="edition_on_since_some_time", condition=Q(is_on=False) | ~Q(on_since=None)),
        ]

    def __str__(self) -> str:
        return str(Edition(self.edition).label)
