"""The mail that says where to send the money. Runs from the outbox, so it takes ids and reads everything again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from readership.funding.models import Gift, GiftState
from readership.funding.transferring import offered_account, transfer_of, transfer_part
from readership.funding.transfers import qr
from readership.outbox.mail import Picture, put_mail
from readership.outbox.registry import handles

CODE = "transfer-code"


@handles("transfer_instructions")
def send_instructions(payload: dict[str, Any]) -> None:
    """Nobody is asked to send what has come meanwhile."""
    gift = Gift.objects.select_related("campaign").filter(pk=payload["gift_id"], state=GiftState.PROMISED).first()
    if gift is None or not gift.giver_email:
        return
    known = dict(settings.LANGUAGES)
    with override(gift.language if gift.language in known else settings.LANGUAGE_CODE):
        put_mail(
            key=f"transfer-{gift.pk}",
            to=gift.giver_email,
            subject=_("Your gift to %(site)s by bank transfer") % {"site": settings.SITE_NAME},
            text=_rendered("txt", gift),
            html=_rendered("html", gift),
            pictures=_pictures(gift),
        )


def _rendered(kind: str, gift: Gift) -> str:
    part = transfer_part(gift)
    context = {
        "part": part,
        "name": gift.giver_name,
        "site": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}{part.address}",
        "picture": CODE if part.code else "",
    }
    return render_to_string(f"funding/mail/transfer.{kind}", context)


def _pictures(gift: Gift) -> tuple[Picture, ...]:
    transfer = transfer_of(gift, offered_account(gift.currency))
    return (Picture(name=CODE, png=qr.png(transfer)),) if transfer else ()
