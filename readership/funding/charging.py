"""What a processor's charge does to our books: the gift, its fee, and whatever was paid back or taken since.

Everything here takes facts that were true a moment ago and books what is missing. Done twice, or in another order,
it ends the same: each movement is booked once (`ledger.book`), and a state only goes forward.
Called inside a transaction; takes locks in the order pledge, gift, chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from readership import outbox, pagecache
from readership.funding.errors import DoesNotFit
from readership.funding.givers import giver_known_by, remember_customer
from readership.funding.ledger import Movement, book, booked, ledger_of
from readership.funding.models import EntryKind, Gift, GiftState, ProcessorName
from readership.funding.money import Money, share_out
from readership.funding.processors.base import Charged, Disputed, Refunded, SessionFacts, SessionState
from readership.funding.wording import amount_text


@dataclass(frozen=True)
class Person:
    """Whom the processor says it was."""

    email: str = ""
    name: str = ""
    customer_ref: str = ""


NOBODY = Person()
# What a gift can still become received from. A transfer is none of a processor's business.
UNTIL_RECEIVED = (GiftState.STARTED, GiftState.PENDING, GiftState.FAILED, GiftState.EXPIRED)


def gift_of_session(facts: SessionFacts, processor: ProcessorName) -> Gift | None:
    """Ours by the session we began; or by our tag, when we died before we could note the session."""
    is_ours = Q(processor=processor, session_ref=facts.session_ref)
    if facts.tags.gift:
        is_ours |= Q(processor=processor, reference=facts.tags.gift)
    return Gift.objects.select_for_update().filter(is_ours).order_by("pk").first()


def gift_of_charge(charge: Charged, processor: ProcessorName) -> Gift | None:
    is_ours = Q(charge_ref=charge.charge_ref)
    if charge.payment_ref:
        is_ours |= Q(payment_ref=charge.payment_ref)
    if charge.tags.gift:
        is_ours |= Q(reference=charge.tags.gift)
    return Gift.objects.select_for_update().filter(is_ours, processor=processor).order_by("pk").first()


def settle_session(gift: Gift, facts: SessionFacts) -> str:
    """Bring `gift` to where its session is. Returns a sentence for the treasurer. Raises DoesNotFit."""
    if gift.session_ref is None:
        gift.session_ref = facts.session_ref
        gift.save(update_fields=["session_ref"])
    if facts.state is SessionState.PAID and facts.charge:
        return receive_charge(gift, facts.charge, Person(facts.email, facts.name, facts.customer_ref))
    steps = {
        SessionState.PENDING: (GiftState.PENDING, (GiftState.STARTED, GiftState.EXPIRED)),
        SessionState.FAILED: (GiftState.FAILED, UNTIL_RECEIVED),
        SessionState.EXPIRED: (GiftState.EXPIRED, (GiftState.STARTED,)),
    }
    wanted, from_states = steps.get(facts.state, (gift.state, ()))
    if gift.state in from_states and gift.state != wanted:
        gift.state = wanted
        gift.save(update_fields=["state"])
        # What is on its way stands beside the meter.
        pagecache.changed(f"campaign:{gift.campaign_id}")
    return _said(gift)


def _said(gift: Gift) -> str:
    return _("Gift %(reference)s: %(state)s.") % {"reference": gift.reference, "state": gift.get_state_display()}


def receive_charge(gift: Gift, charge: Charged, person: Person = NOBODY) -> str:
    """The money of `gift` is there: book it, then what happened to it since. Raises DoesNotFit."""
    if not charge.has_succeeded:
        return _said(gift)
    _check(gift, charge)
    if gift.state != GiftState.RECEIVED:
        _mark_received(gift, charge)
    if gift.giver is None:
        _learn_giver(gift, charge, person)
    _book_gift(gift, charge)
    for refund, amount in _refund_parts(gift, charge.refunds):
        _book_refund(gift, refund, amount)
    for dispute in charge.disputes:
        _book_dispute(gift, dispute)
    return _("Gift %(reference)s: %(amount)s received.") % {
        "reference": gift.reference,
        "amount": amount_text(charge.amount),
    }


def _check(gift: Gift, charge: Charged) -> None:
    facts = {"reference": gift.reference, "came": amount_text(charge.amount), "charge": charge.charge_ref}
    if charge.is_trial != gift.is_trial:
        raise DoesNotFit(_("Gift %(reference)s and charge %(charge)s: one is a trial, the other is not.") % facts)
    if gift.charge_ref and gift.charge_ref != charge.charge_ref:
        raise DoesNotFit(
            _("A second payment came for gift %(reference)s: %(came)s, charge %(charge)s. Pay it back or record it.")
            % facts
        )
    if charge.amount != gift.charged:
        meant = {**facts, "meant": amount_text(gift.charged)}
        raise DoesNotFit(_("For gift %(reference)s %(meant)s were meant and %(came)s came: charge %(charge)s.") % meant)


def _mark_received(gift: Gift, charge: Charged) -> None:
    gift.state = GiftState.RECEIVED
    gift.received_on = timezone.localdate(charge.paid_at)
    gift.charge_ref, gift.payment_ref = charge.charge_ref, charge.payment_ref
    if charge.presented:
        gift.presented_minor, gift.presented_currency = charge.presented.minor, charge.presented.currency
    gift.save()
    if gift.giver_email:
        _thank(gift)


def _learn_giver(gift: Gift, charge: Charged, person: Person) -> None:
    """Who it was may come with the session, after the charge was booked: then the thanks go out from here."""
    name = person.name or charge.name
    giver = giver_known_by(person.email or charge.email, name=name, language=gift.language)
    if giver is None:
        return
    gift.giver, gift.giver_email = giver, giver.email
    gift.giver_name = gift.giver_name or name[:120] or giver.name
    gift.save(update_fields=["giver", "giver_email", "giver_name"])
    remember_customer(
        giver,
        processor=ProcessorName(gift.processor),
        is_trial=gift.is_trial,
        customer_ref=person.customer_ref or charge.customer_ref,
    )
    _thank(gift)


def _thank(gift: Gift) -> None:
    outbox.put("gift_thanks", key=f"gift-{gift.pk}", payload={"gift_id": gift.pk})


def _book_gift(gift: Gift, charge: Charged) -> None:
    movement = Movement(gift.processor, charge.charge_ref, charge.settled)
    book(campaign=gift.campaign, gift=gift, kind=EntryKind.GIFT, amount=gift.amount, movement=movement)
    if gift.cover_minor:
        cover = Money(gift.cover_minor, gift.currency)
        book(campaign=gift.campaign, gift=gift, kind=EntryKind.COVER, amount=cover, movement=movement)
    if charge.fee and charge.fee.minor:
        movement = Movement(gift.processor, charge.charge_ref)
        book(campaign=gift.campaign, gift=gift, kind=EntryKind.FEE, amount=-charge.fee, movement=movement)


def _refund_parts(gift: Gift, refunds: tuple[Refunded, ...]) -> Iterator[tuple[Refunded, Money]]:
    """How much of each refund was the gift itself; the rest had been added for the fee.

    What is booked already stays as it was split. A new one is split by the sum of all so far, so that after the
    last one exactly the gift is gone, to the cent, in whatever order and company they came.
    """
    parts = _parts_booked(gift)
    total = sum(refund.amount.minor for refund in refunds if refund.ref in parts)
    given = sum(parts[refund.ref] for refund in refunds if refund.ref in parts)
    for refund in refunds:
        if refund.ref not in parts:
            total += refund.amount.minor
            parts[refund.ref] = share_out(Money(total, gift.currency), _weights(gift))[0].minor - given
            given += parts[refund.ref]
        yield refund, Money(parts[refund.ref], gift.currency)


def _parts_booked(gift: Gift) -> dict[str, int]:
    """Of each refund in the ledger, by its movement, how much was the gift."""
    entries = ledger_of(is_trial=gift.is_trial).objects.filter(
        gift=gift, kind__in=[EntryKind.REFUND, EntryKind.COVER_BACK]
    )
    parts: dict[str, int] = {}
    for ref, kind, minor in entries.values_list("movement_ref", "kind", "amount_minor"):
        parts[ref] = parts.get(ref, 0) - (minor if kind == EntryKind.REFUND else 0)
    return parts


def _weights(gift: Gift) -> list[int]:
    return [gift.amount_minor, gift.cover_minor]


def _book_refund(gift: Gift, refund: Refunded, amount: Money) -> None:
    movement = Movement(gift.processor, refund.ref, refund.settled)
    is_new = booked(ledger_of(is_trial=gift.is_trial), movement, EntryKind.REFUND) is None
    _book_part(gift, EntryKind.REFUND, -amount, movement)
    _book_part(gift, EntryKind.COVER_BACK, amount - refund.amount, movement)
    if refund.came_back:
        _book_part(gift, EntryKind.REFUND_FAILED, amount, movement)
        _book_part(gift, EntryKind.COVER, refund.amount - amount, movement)
    elif is_new and gift.giver_email:
        payload = {"gift_id": gift.pk, "amount_minor": refund.amount.minor, "ref": refund.ref}
        outbox.put("gift_refunded", key=refund.ref, payload=payload)


def _book_part(gift: Gift, kind: EntryKind, amount: Money, movement: Movement) -> None:
    if amount.minor:
        book(campaign=gift.campaign, gift=gift, kind=kind, amount=amount, movement=movement)


def _book_dispute(gift: Gift, dispute: Disputed) -> None:
    """What was taken, or given back when it was won; the processor's charge for it is a fee."""
    movement = Movement(gift.processor, dispute.ref, dispute.settled)
    is_taken = dispute.amount.minor < 0
    size = -dispute.amount if is_taken else dispute.amount
    part = share_out(size, _weights(gift))[0]
    rest = size - part
    _book_part(gift, EntryKind.DISPUTE if is_taken else EntryKind.DISPUTE_WON, -part if is_taken else part, movement)
    _book_part(gift, EntryKind.COVER_BACK if is_taken else EntryKind.COVER, -rest if is_taken else rest, movement)
    if dispute.fee:
        kind = EntryKind.FEE if dispute.fee.minor > 0 else EntryKind.FEE_BACK
        book(
            campaign=gift.campaign,
            gift=gift,
            kind=kind,
            amount=-dispute.fee,
            movement=Movement(gift.processor, dispute.ref),
        )
