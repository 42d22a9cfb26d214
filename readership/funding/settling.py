"""What a processor's facts change in our books, whichever announcement, page or comparison brought them here.

Everything is found by the names that were noted when it began, or by our own reference that the processor carries
along. What is tagged as ours and fits nothing is told to the treasurer; what carries no tag, or another newsroom's,
is another shop's in the same account, and none of our business (attack K10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from readership.funding.charging import Person, gift_of_charge, gift_of_session, receive_charge, settle_session
from readership.funding.errors import DoesNotFit
from readership.funding.models import Outcome, Pledge
from readership.funding.paying_out import settle_payout
from readership.funding.pledging import (
    pledge_known_by,
    settle_bill,
    settle_pledge_session,
    settle_subscription,
)
from readership.funding.processors.base import (
    BillFacts,
    Charged,
    Facts,
    PayoutFacts,
    Processor,
    SessionFacts,
    Subject,
    SubjectKind,
    SubscriptionFacts,
    Tags,
)


@dataclass(frozen=True)
class Settled:
    outcome: Outcome
    said: str


NOT_OURS = Settled(Outcome.IGNORED, "")


def settle(subject: Subject, *, processor: Processor, now: datetime) -> Settled:
    """Ask what is true of `subject` and book it, in one transaction. Raises ProcessorError."""
    return settle_facts(gather(subject, processor=processor, now=now), processor=processor)


def gather(subject: Subject, *, processor: Processor, now: datetime) -> tuple[Facts, ...]:
    """The facts of `subject`, and of what has to be known before it: called outside of transactions.

    A charge of an instalment leads to its bill; a completed session of a pledge to its first bill.
    """
    facts = processor.look_up(subject, now=now)
    if facts is None:
        return ()
    if isinstance(facts, Charged) and facts.bill_ref and not facts.tags.gift:
        bill = processor.look_up(Subject(SubjectKind.BILL, facts.bill_ref), now=now)
        return (bill, facts) if bill else (facts,)
    if isinstance(facts, SessionFacts) and facts.bill_ref:
        bill = processor.look_up(Subject(SubjectKind.BILL, facts.bill_ref), now=now)
        return (facts, bill) if bill else (facts,)
    return (facts,)


def settle_facts(gathered: tuple[Facts, ...], *, processor: Processor) -> Settled:
    """Everything of one subject, or nothing of it. Nothing is lost when it does not fit: the caller keeps the word."""
    if not gathered:
        return Settled(Outcome.UNMATCHED, _("The processor knows nothing of it any more."))
    if any(facts.is_trial != processor.is_trial for facts in gathered):
        return refused_for_mode(is_trial=gathered[0].is_trial)
    try:
        with transaction.atomic():
            return [_settle_one(facts, processor) for facts in gathered][-1]
    except DoesNotFit as wrong:
        return Settled(Outcome.UNMATCHED, str(wrong.message))


def refused_for_mode(*, is_trial: bool) -> Settled:
    """Attack K09: a trial is no money, and real money is no trial."""
    if is_trial:
        return Settled(Outcome.REFUSED, _("A trial payment was announced to the real books. Nothing was booked."))
    return Settled(Outcome.REFUSED, _("A real payment was announced while a trial key is set. Nothing was booked."))


def _settle_one(facts: Facts, processor: Processor) -> Settled:
    if isinstance(facts, SessionFacts):
        return _settle_session(facts, processor)
    if isinstance(facts, Charged):
        return _settle_charge(facts, processor)
    if isinstance(facts, PayoutFacts):
        return Settled(Outcome.DONE, settle_payout(facts, processor.name))
    pledge = _pledge_of(facts, processor)
    if pledge is None:
        return _fits_nothing(facts.tags, facts.subscription_ref)
    if isinstance(facts, BillFacts):
        return Settled(Outcome.DONE, settle_bill(pledge, facts))
    return Settled(Outcome.DONE, settle_subscription(pledge, facts))


def _pledge_of(facts: BillFacts | SubscriptionFacts, processor: Processor) -> Pledge | None:
    return pledge_known_by(processor=processor.name, tags=facts.tags, subscription_ref=facts.subscription_ref)


def _settle_session(facts: SessionFacts, processor: Processor) -> Settled:
    pledge = pledge_known_by(
        processor=processor.name,
        tags=facts.tags,
        subscription_ref=facts.subscription_ref,
        session_ref=facts.session_ref,
    )
    if pledge:
        return Settled(Outcome.DONE, settle_pledge_session(pledge, facts))
    gift = gift_of_session(facts, processor.name)
    if gift:
        return Settled(Outcome.DONE, settle_session(gift, facts))
    return _fits_nothing(facts.tags, facts.session_ref)


def _settle_charge(charge: Charged, processor: Processor) -> Settled:
    gift = gift_of_charge(charge, processor.name)
    if gift:
        return Settled(Outcome.DONE, receive_charge(gift, charge, Person(customer_ref=charge.customer_ref)))
    return _fits_nothing(charge.tags, charge.charge_ref)


def _fits_nothing(tags: Tags, ref: str) -> Settled:
    if not tags or tags.site not in {"", settings.SITE_HOST}:
        return NOT_OURS
    said = _("Tagged as ours, and fits nothing we know: %(ref)s, for %(tag)s.")
    return Settled(Outcome.UNMATCHED, said % {"ref": ref, "tag": tags.gift or tags.pledge})
