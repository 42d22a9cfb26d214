"""Letters about money that goes back: asked for, paid back, declined. They run from the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from readership.funding.alarming import treasurers
from readership.funding.givers import giver_of_gift
from readership.funding.letters import Letter, send_letter, speaking_to
from readership.funding.models import Gift, RefundOrder, RefundState
from readership.funding.money import Money
from readership.funding.receipts import receipt_of
from readership.funding.thanks import arrived_gift
from readership.funding.wording import amount_text
from readership.outbox.mail import put_mail
from readership.outbox.registry import handles


@handles("refund_asked")
def tell_treasurers(payload: dict[str, Any]) -> None:
    """What its giver wrote stands at the desk, not in the mail: a stranger's words are no part of our mail (G05)."""
    order = RefundOrder.objects.select_related("gift").filter(pk=payload["refund_id"]).first()
    if order is None or order.state != RefundState.ASKED:
        return
    with override(settings.LANGUAGE_CODE):
        facts = {
            "site": settings.SITE_NAME,
            "amount": amount_text(order.amount),
            "reference": order.gift.reference,
            "url": settings.SITE_URL + reverse("funding_desk:overview"),
        }
        subject = _("A giver of %(site)s asks for a refund") % facts
        said = _("For gift %(reference)s a refund of %(amount)s is asked for. It waits for your decision.") % facts
        text = "{}\n\n{}\n\n{}\n".format(
            said,
            _("The treasurer’s desk: %(url)s") % facts,
            _("You get this mail because you keep the money of %(site)s.") % facts,
        )
    for reader in treasurers():
        put_mail(key=f"refund-asked-{order.pk}-{reader.pk}", to=reader.email, subject=subject, text=text)


@handles("gift_refunded")
def tell_refunded(payload: dict[str, Any]) -> None:
    gift = arrived_gift(payload["gift_id"])
    if gift is None:
        return
    # Two refunds of one sum are two mails; items of before the refund was named are told by their sum.
    key = payload.get("ref") or f"{gift.pk}-{payload['amount_minor']}"
    amount = Money(int(payload["amount_minor"]), gift.currency)
    facts = {
        "amount": amount_text(amount),
        "gift": amount_text(gift.charged),
        "reference": gift.reference,
        "site": settings.SITE_NAME,
    }
    _send(
        gift,
        lambda: Letter(
            subject=_("%(site)s has paid your gift back") % facts
            if amount == gift.charged
            else _("%(site)s has paid a part of your gift back") % facts,
            paragraphs=(
                _("We have paid back %(amount)s of your gift of %(gift)s (%(reference)s).") % facts,
                _(
                    "It goes the way it came, and needs five to ten days until it is on your account. "
                    "The receipt, as it is now, comes with this mail."
                ),
            ),
            why=_("You get this mail because money was paid back to you by %(site)s.") % facts,
            is_trial=gift.is_trial,
            sheet=receipt_of(gift),
        ),
        key=f"gift-refunded-{key}",
    )


@handles("refund_declined")
def tell_declined(payload: dict[str, Any]) -> None:
    order = RefundOrder.objects.filter(pk=payload["refund_id"], state=RefundState.DECLINED).first()
    gift = arrived_gift(order.gift_id) if order else None
    if order is None or gift is None:
        return
    facts = {"amount": amount_text(order.amount), "reference": gift.reference, "site": settings.SITE_NAME}
    reason = (_("The reason: %(answer)s") % {"answer": order.answer},) if order.answer else ()
    _send(
        gift,
        lambda: Letter(
            subject=_("Your refund: the answer of %(site)s") % facts,
            paragraphs=(
                _("You asked for %(amount)s back (%(reference)s). We are sorry: we do not pay it back.") % facts,
                *reason,
                _("If you see it otherwise, answer this mail."),
            ),
            why=_("You get this mail because you asked %(site)s for a refund.") % facts,
            is_trial=gift.is_trial,
        ),
        key=f"refund-declined-{order.pk}",
    )


def _send(gift: Gift, write: Callable[[], Letter], *, key: str) -> None:
    giver = giver_of_gift(gift)
    if giver is None:
        return
    with speaking_to(giver, gift.language) as language:
        send_letter(giver, replace(write(), name=gift.giver_name), key=key, language=language)
