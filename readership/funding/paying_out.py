"""Money that leaves the processor for the newsroom's own account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.funding.ledger import Movement, book
from readership.funding.models import EntryKind, Payout, PayoutState, ProcessorName
from readership.funding.processors.base import PayoutFacts
from readership.funding.wording import amount_text


def settle_payout(facts: PayoutFacts, processor: ProcessorName) -> str:
    """Book it out when it was sent, and back in when it failed. Called inside a transaction."""
    payout, _is_new = Payout.objects.update_or_create(
        processor=processor,
        payout_ref=facts.payout_ref,
        defaults={
            "amount_minor": facts.amount.minor,
            "currency": facts.amount.currency,
            "arrives_on": facts.arrives_on,
            "state": facts.state,
            "is_trial": facts.is_trial,
        },
    )
    movement = Movement(processor, facts.payout_ref)
    book(campaign=None, kind=EntryKind.PAYOUT, amount=-facts.amount, movement=movement, is_trial=facts.is_trial)
    if facts.state == PayoutState.FAILED:
        book(
            campaign=None,
            kind=EntryKind.PAYOUT_FAILED,
            amount=facts.amount,
            movement=movement,
            is_trial=facts.is_trial,
        )
    return _("Payout %(ref)s of %(amount)s: %(state)s.") % {
        "ref": facts.payout_ref,
        "amount": amount_text(facts.amount),
        "state": payout.get_state_display(),
    }
