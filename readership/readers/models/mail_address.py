"""An address that mail may go to: who owns it has said so, with or without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StopReason(models.TextChoices):
    """Why nothing is sent to an address any more."""

    BOUNCED = "bounced", _("mail came back")
    COMPLAINED = "complained", _("its owner called our mail spam")
    REFUSED = "refused", _("its owner says it was somebody else who gave it")


class Pace(models.TextChoices):
    """How often news may come by mail."""

    INSTANT = "instant", _("at once")
    HOURLY = "hourly", _("once an hour")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never; I look on the site")


class MailAddressQuerySet(models.QuerySet["MailAddress"]):
    def reachable(self) -> MailAddressQuerySet:
        """Confirmed by their owner and not stopped: only these get mail that nobody asked for a moment ago."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None)


class MailAddress(models.Model):
    """Known by the address in lower case, once. Nothing is sent to it, but the question whether it is theirs, until
    its owner has confirmed it (attack G03)."""

    address = models.EmailField(_("address"), max_length=254, unique=True)
    # Whose account it belongs to; set when its owner proved that, never by the address alone (attack E15).
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mail_address",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_because = models.CharField(_("stopped because"), max_length=10, choices=StopReason, blank=True)
    # Mail that came back for a passing reason, since one last arrived.
    bounces_count = models.PositiveSmallIntegerField(default=0, editable=False)

    pace = models.CharField(_("mail"), max_length=10, choices=Pace, default=Pace.INSTANT)
    # With Pace.INSTANT: every comment of a busy story by itself, and not one mail a story and hour.
    wants_every = models.BooleanField(_("each comment in a mail of its own"), default=False)
    # Whole hours of the day in `time_zone`; the same twice: no quiet hours.
    quiet_from = models.PositiveSmallIntegerField(_("quiet from"), default=0)
    quiet_until = models.PositiveSmallIntegerField(_("quiet until"), default=0)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=15, blank=True)

    # Part of every signed link that was mailed to it: one higher, and all links sent before are dead.
    link_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MailAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail address")
        verbose_name_plural = _("mail addresses")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="mail_address_is_stopped_for_a_reason",
                condition=Q(stopped_at=None, stopped_because="") | Q(stopped_at__isnull=False) & ~Q(stopped_because=""),
            ),
            models.CheckConstraint(name="quiet_hours_are_hours", condition=Q(quiet_from__lt=24, quiet_until__lt=24)),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_reachable(self) -> bool:
        return self.confirmed_at is not None and self.stopped_at is None
