"""The mail that says thank you. Runs from the outbox, so it takes ids and reads everything again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from readership.funding.models import Gift
from readership.funding.wording import amount_text
from readership.outbox.mail import put_mail
from readership.outbox.registry import handles


@handles("gift_thanks")
def send_thanks(payload: dict[str, Any]) -> None:
    """Nobody is thanked for a gift that was reversed meanwhile: most often it was a slip of the keyboard."""
    gift = Gift.objects.standing().select_related("campaign").filter(pk=payload["gift_id"]).first()
    if gift is None or not gift.giver_email:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("Thank you for your gift to %(site)s") % {"site": settings.SITE_NAME}
        put_mail(key=f"gift-thanks-{gift.pk}", to=gift.giver_email, subject=subject, text=_text(gift))


def _text(gift: Gift) -> str:
    return render_to_string(
        "funding/mail/thanks.txt",
        {
            "name": gift.giver_name,
            "amount": amount_text(gift.amount),
            "received_on": date_format(gift.received_on, "DATE_FORMAT") if gift.received_on else "",
            "campaign": gift.campaign.title,
            "reference": gift.reference,
            "site": settings.SITE_NAME,
        },
    )
