"""Providers of addresses that nobody keeps: the newsroom's own list (attack G03 with a new address for each try)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from readership.lib.domains import and_those_above


def refuse_domains(address: str) -> None:
    """A validator for fields. Raises ValidationError for an address at a domain of the list, or below one."""
    if any(domain in settings.REFUSED_MAIL_DOMAINS for domain in and_those_above(address.rpartition("@")[2])):
        raise ValidationError(
            _("We cannot take addresses of this provider, because they are soon gone. Please give another one."),
            code="domain",
        )
