"""A giver: somebody who gives and left an address. Known by it, with or without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.processing import ProcessorName


class Giver(models.Model):
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    # Set when somebody proved to own the address: an account is never joined by the address alone.
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="giver",
        verbose_name=_("account"),
    )
    wants_badge = models.BooleanField(_("shows the badge of a supporter"), default=False)
    # Part of every signed link to the giver's page: one higher, and all links sent before are dead.
    link_version = models.PositiveIntegerField(default=1, editable=False)
    language = models.CharField(_("language"), max_length=15, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("giver")
        verbose_name_plural = _("givers")
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("email"), name="giver_once_for_an_address")]

    def __str__(self) -> str:
        return self.email


class Customer(models.Model):
    """A giver as one processor knows them; a trial key knows other customers than a live one."""

    giver = models.ForeignKey(Giver, on_delete=models.PROTECT, related_name="customers")
    processor = models.CharField(max_length=10, choices=ProcessorName)
    is_trial = models.BooleanField(default=False)
    customer_ref = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["processor", "customer_ref"], name="customer_ref_once"),
            models.UniqueConstraint(fields=["giver", "processor", "is_trial"], name="customer_once_for_a_giver"),
        ]

    def __str__(self) -> str:
        return self.customer_ref
