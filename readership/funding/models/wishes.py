"""What a giver wishes with a gift or a pledge: a name in public or none, a dedication, some words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PUBLIC_NAME_LENGTH = 80
DEDICATION_LENGTH = 120
MESSAGE_LENGTH = 500


class Wishes(models.Model):
    # Empty unless the giver chose to be named: nobody stands on the wall of givers unasked.
    public_name = models.CharField(_("public name"), max_length=PUBLIC_NAME_LENGTH, blank=True)
    is_anonymous = models.BooleanField(_("wants to stay unnamed"), default=False)
    dedication = models.CharField(_("dedicated to"), max_length=DEDICATION_LENGTH, blank=True)
    message = models.TextField(_("message to the newsroom"), max_length=MESSAGE_LENGTH, blank=True)
    # In which the giver read the page, and gets the mails.
    language = models.CharField(_("language"), max_length=15, blank=True)

    class Meta:
        abstract = True
