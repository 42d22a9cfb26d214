"""What a treasurer has to know today: one mail each, through the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from readership import outbox
from readership.outbox.mail import put_mail
from readership.outbox.registry import handles
from readership.readers.models import Reader


def alarm(*, key: str, said: str) -> None:
    """Tell every treasurer, once for each `key`. Call inside the transaction of what is wrong."""
    outbox.put("treasurer_alarm", key=key, payload={"key": key, "said": said})


@handles("treasurer_alarm")
def send_alarm(payload: dict[str, Any]) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("Please look at the money of %(site)s") % {"site": settings.SITE_NAME}
        text = "{said}\n\n{where}\n".format(
            said=payload["said"],
            where=_("The treasurer’s desk: %(url)s") % {"url": settings.SITE_URL + reverse("funding_desk:overview")},
        )
    for reader in treasurers():
        put_mail(key=f"alarm-{payload['key']}-{reader.pk}", to=reader.email, subject=subject, text=text)


def treasurers() -> list[Reader]:
    permission = Permission.objects.filter(content_type__app_label="funding", codename="record_gift")
    may = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return list(Reader.objects.filter(may, is_active=True).exclude(email="").distinct().order_by("pk"))
