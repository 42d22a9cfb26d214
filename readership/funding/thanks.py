"""The letter that says thank you, with the receipt. Runs from the outbox: takes ids and reads everything again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from readership.funding.givers import giver_of_gift
from readership.funding.ledger import ledger_of
from readership.funding.letters import Letter, send_letter, speaking_to
from readership.funding.models import EntryKind, Gift, GiftState
from readership.funding.receipts import receipt_of, written_day
from readership.funding.wording import amount_text
from readership.outbox.registry import handles


@handles("gift_thanks")
def send_thanks(payload: dict[str, Any]) -> None:
    """Nobody is thanked for a gift that was reversed meanwhile: most often it was a slip of the keyboard."""
    gift = arrived_gift(payload["gift_id"])
    giver = giver_of_gift(gift) if gift else None
    if gift is None or giver is None:
        return
    with speaking_to(giver, gift.language) as language:
        send_letter(giver, _letter(gift), key=f"gift-thanks-{gift.pk}", language=language)


def arrived_gift(gift_id: int) -> Gift | None:
    """Received and not reversed; trials too, whose letters say what they are."""
    gift = Gift.objects.select_related("campaign", "giver", "pledge").filter(pk=gift_id).first()
    if gift is None or gift.state != GiftState.RECEIVED:
        return None
    is_reversed = ledger_of(is_trial=gift.is_trial).objects.filter(gift=gift, kind=EntryKind.REVERSAL).exists()
    return None if is_reversed else gift


def _letter(gift: Gift) -> Letter:
    facts = {
        "amount": amount_text(gift.charged),
        "received_on": written_day(gift.received_on) if gift.received_on else "",
        "campaign": gift.campaign.title,
        "reference": gift.reference,
        "site": settings.SITE_NAME,
    }
    said = _("Thank you: %(amount)s arrived on %(received_on)s for “%(campaign)s”.") % facts
    kept = _("The receipt comes with this mail. The gift stands in our books under %(reference)s.") % facts
    wrong = _("If anything about it is wrong, answer this mail and we shall put it right.")
    letter = Letter(
        subject=_("Thank you for your gift to %(site)s") % facts,
        paragraphs=(said, f"{kept} {wrong}"),
        why=_("You get this mail because a gift to %(site)s came with your address.") % facts,
        name=gift.giver_name,
        is_trial=gift.is_trial,
        sheet=receipt_of(gift),
    )
    if gift.pledge_id is None:
        return letter
    return replace(
        letter,
        subject=_("Receipt for your pledge to %(site)s") % facts,
        paragraphs=(said, kept, _("It is part of your pledge. On your own page you change or stop it at any time.")),
        why=_("You get this mail because your pledge to %(site)s was paid.") % facts,
    )
