"""What happens with pledges: confirmed, changed, stopped, resumed, behind with a payment, ended.

The processor keeps the plan and charges; we keep what it told us. Each instalment that was paid is a gift of its own,
booked once by its bill and once by its charge. Calls to the processor stand outside of transactions.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from readership import outbox, pagecache
from readership.funding.charging import NOBODY, Person, receive_charge
from readership.funding.errors import DoesNotFit, PledgeEnded
from readership.funding.givers import giver_known_by, remember_customer
from readership.funding.models import (
    Gift,
    GiftKind,
    GiftState,
    Pledge,
    PledgeState,
    ProcessorName,
    StoppedBy,
)
from readership.funding.money import Money
from readership.funding.offering import check_limits
from readership.funding.processors.base import (
    BillFacts,
    BillState,
    Charged,
    Processor,
    SessionFacts,
    SessionState,
    Subject,
    SubjectKind,
    SubscriptionFacts,
    SubscriptionState,
    Tags,
)
from readership.funding.wording import amount_text
from readership.lib.text import clean_line


def pledge_known_by(
    *, processor: ProcessorName, tags: Tags, subscription_ref: str, session_ref: str = ""
) -> Pledge | None:
    """Locked. Ours by the plan or the session we began, or by our tag."""
    is_ours = Q(pk__in=[])
    if subscription_ref:
        is_ours |= Q(subscription_ref=subscription_ref)
    if session_ref:
        is_ours |= Q(session_ref=session_ref)
    if tags.pledge:
        is_ours |= Q(reference=tags.pledge)
    return Pledge.objects.select_for_update().filter(is_ours, processor=processor).order_by("pk").first()


def settle_pledge_session(pledge: Pledge, facts: SessionFacts) -> str:
    """The giver came back from the processor's page, or never did. Its first instalment arrives as a bill."""
    if facts.state is SessionState.EXPIRED and pledge.state == PledgeState.STARTED:
        pledge.state = PledgeState.EXPIRED
    if facts.state in {SessionState.PAID, SessionState.PENDING}:
        _learn_giver(pledge, Person(facts.email, facts.name, facts.customer_ref))
        if pledge.state in {PledgeState.STARTED, PledgeState.EXPIRED} and facts.state is SessionState.PAID:
            _activate(pledge)
    pledge.session_ref = pledge.session_ref or facts.session_ref
    pledge.subscription_ref = pledge.subscription_ref or facts.subscription_ref or None
    pledge.save()
    return _said(pledge)


def _activate(pledge: Pledge) -> None:
    pledge.state = PledgeState.ACTIVE
    outbox.put("pledge_begun", key=f"pledge-{pledge.pk}", payload={"pledge_id": pledge.pk})
    _announce(pledge)


def _learn_giver(pledge: Pledge, person: Person) -> None:
    giver = pledge.giver or giver_known_by(person.email, name=person.name, language=pledge.language)
    if giver:
        pledge.giver = giver
        remember_customer(
            giver,
            processor=ProcessorName(pledge.processor),
            is_trial=pledge.is_trial,
            customer_ref=person.customer_ref,
        )


def settle_bill(pledge: Pledge, facts: BillFacts) -> str:
    """One instalment: paid, it is a gift; failed, its giver is told. Raises DoesNotFit."""
    pledge.subscription_ref = pledge.subscription_ref or facts.subscription_ref or None
    pledge.save(update_fields=["subscription_ref"])
    if facts.state is BillState.PAID and facts.charge:
        return _receive_instalment(pledge, facts.bill_ref, facts.charge)
    if facts.state is BillState.FAILED:
        _fall_behind(pledge, facts)
    return _said(pledge)


def _receive_instalment(pledge: Pledge, bill_ref: str, charge: Charged) -> str:
    if charge.amount.currency != pledge.currency:
        raise DoesNotFit(
            _("Pledge %(reference)s is in %(meant)s, and %(came)s came: charge %(charge)s.")
            % {
                "reference": pledge.reference,
                "meant": pledge.currency,
                "came": amount_text(charge.amount),
                "charge": charge.charge_ref,
            }
        )
    gift = Gift.objects.select_for_update().filter(processor=pledge.processor, bill_ref=bill_ref).first()
    said = receive_charge(gift or _instalment(pledge, bill_ref, charge), charge, NOBODY)
    _catch_up(pledge, charge)
    if pledge.stopped_at and charge.paid_at > pledge.stopped_at:
        return said + " " + _("It came after pledge %(reference)s was stopped.") % {"reference": pledge.reference}
    return said


def _instalment(pledge: Pledge, bill_ref: str, charge: Charged) -> Gift:
    # A giver may have changed the sum on the processor's page: then all of what came is the gift.
    is_as_agreed = charge.amount == pledge.charged
    cover_minor = pledge.cover_minor if is_as_agreed else 0
    giver = pledge.giver
    return Gift.objects.create(
        campaign=pledge.campaign,
        amount_minor=charge.amount.minor - cover_minor,
        cover_minor=cover_minor,
        currency=pledge.currency,
        state=GiftState.STARTED,
        is_trial=pledge.is_trial,
        kind=GiftKind.ONLINE,
        giver=giver,
        giver_email=giver.email if giver else "",
        giver_name=giver.name if giver else "",
        pledge=pledge,
        processor=pledge.processor,
        bill_ref=bill_ref,
        submission_key=f"{pledge.processor}-{bill_ref}"[:64],
        public_name=pledge.public_name,
        is_anonymous=pledge.is_anonymous,
        dedication=pledge.dedication,
        language=pledge.language,
    )


def _catch_up(pledge: Pledge, charge: Charged) -> None:
    """A paid instalment ends being behind, whichever event told of it first."""
    if pledge.state == PledgeState.BEHIND and (pledge.failed_since is None or charge.paid_at >= pledge.failed_since):
        pledge.state, pledge.failed_since, pledge.failures_count = PledgeState.ACTIVE, None, 0
        pledge.save(update_fields=["state", "failed_since", "failures_count"])
        _announce(pledge)
    elif pledge.state in {PledgeState.STARTED, PledgeState.EXPIRED}:
        _activate(pledge)
        pledge.save(update_fields=["state"])


def _fall_behind(pledge: Pledge, facts: BillFacts) -> None:
    """Each failed try is told once. What was stopped meanwhile stays stopped."""
    if pledge.state not in {PledgeState.ACTIVE, PledgeState.BEHIND} or facts.attempts_count <= pledge.failures_count:
        return
    pledge.failed_since = pledge.failed_since or timezone.now()
    pledge.state, pledge.failures_count = PledgeState.BEHIND, facts.attempts_count
    pledge.save(update_fields=["state", "failed_since", "failures_count"])
    outbox.put(
        "pledge_behind",
        key=f"{facts.bill_ref}-{facts.attempts_count}",
        payload={
            "pledge_id": pledge.pk,
            "attempt": facts.attempts_count,
            "next_at": facts.next_attempt_at.isoformat() if facts.next_attempt_at else None,
        },
    )
    _announce(pledge)


STATES = {
    SubscriptionState.ACTIVE: PledgeState.ACTIVE,
    SubscriptionState.BEHIND: PledgeState.BEHIND,
    SubscriptionState.PAUSED: PledgeState.PAUSED,
    SubscriptionState.ENDING: PledgeState.STOPPED,
    SubscriptionState.ENDED: PledgeState.STOPPED,
}


def settle_subscription(pledge: Pledge, facts: SubscriptionFacts, *, stopped_by: StoppedBy | None = None) -> str:
    """Take over what the processor says of the plan, unless we were told something newer already."""
    if pledge.ended_at or (pledge.told_at and facts.asked_at < pledge.told_at):
        return _said(pledge)
    pledge.told_at = facts.asked_at
    pledge.subscription_ref = pledge.subscription_ref or facts.subscription_ref
    pledge.next_on = facts.next_on
    if facts.amount.currency == pledge.currency and facts.amount != pledge.charged:
        pledge.amount_minor, pledge.cover_minor = facts.amount.minor, 0
    wanted = STATES.get(facts.state)
    if wanted == PledgeState.STOPPED:
        _stop(pledge, facts, stopped_by)
    elif wanted:
        _run(pledge, wanted)
    pledge.save()
    _announce(pledge)
    return _said(pledge)


def _stop(pledge: Pledge, facts: SubscriptionFacts, stopped_by: StoppedBy | None) -> None:
    was_stopped = pledge.state == PledgeState.STOPPED
    if facts.state is SubscriptionState.ENDED:
        pledge.ended_at, pledge.next_on = facts.asked_at, None
    if was_stopped:
        return
    pledge.state, pledge.stopped_at = PledgeState.STOPPED, facts.asked_at
    by = StoppedBy.PROCESSOR if facts.ended_after_failures else StoppedBy.GIVER
    pledge.stopped_by = stopped_by or by
    # Once for each time it is stopped: it may be resumed and stopped again.
    key = f"pledge-{pledge.pk}-{facts.asked_at:%Y%m%d%H%M%S}"
    outbox.put("pledge_stopped", key=key, payload={"pledge_id": pledge.pk})


def _run(pledge: Pledge, wanted: PledgeState) -> None:
    if pledge.state in {PledgeState.STARTED, PledgeState.EXPIRED} and wanted == PledgeState.ACTIVE:
        _activate(pledge)
    pledge.state = wanted
    pledge.stopped_at, pledge.stopped_by, pledge.stop_reason = None, "", ""
    if wanted == PledgeState.ACTIVE:
        pledge.failed_since, pledge.failures_count = None, 0


def _announce(pledge: Pledge) -> None:
    # What is pledged stands beside the meter.
    pagecache.changed(f"campaign:{pledge.campaign_id}")


def _said(pledge: Pledge) -> str:
    return _("Pledge %(reference)s: %(state)s.") % {
        "reference": pledge.reference,
        "state": pledge.get_state_display(),
    }


# What its giver, or the newsroom for them, does


def change_pledge(pledge: Pledge, *, amount: Money, processor: Processor, now: datetime) -> Pledge:
    """`amount` from the next instalment on, nothing added for the fee any more. Raises FundingError."""
    check_limits(amount)
    ref = _ref_of_running(pledge)
    processor.change_pledge(ref, amount=amount, key=f"{pledge.reference}-{amount.minor}-{now:%Y%m%d%H%M}")
    return _told(pledge, processor, now)


def stop_pledge(
    pledge: Pledge, *, processor: Processor, now: datetime, reason: str = "", by: StoppedBy = StoppedBy.GIVER
) -> Pledge:
    """Nothing is charged from here on. Behind with a payment it ends at once, and the open bill with it."""
    ref = _ref_of_running(pledge)
    processor.stop_pledge(ref, at_once=pledge.state == PledgeState.BEHIND)
    Pledge.objects.filter(pk=pledge.pk).update(stop_reason=clean_line(reason)[:300])
    return _told(pledge, processor, now, stopped_by=by)


def resume_pledge(pledge: Pledge, *, processor: Processor, now: datetime) -> Pledge:
    """A stopped pledge goes on, while the time that was paid for lasts. Raises PledgeEnded."""
    if pledge.ended_at or not pledge.subscription_ref:
        raise PledgeEnded
    processor.resume_pledge(pledge.subscription_ref)
    return _told(pledge, processor, now)


def _ref_of_running(pledge: Pledge) -> str:
    if pledge.ended_at or not pledge.subscription_ref:
        raise PledgeEnded
    return pledge.subscription_ref


def _told(pledge: Pledge, processor: Processor, now: datetime, *, stopped_by: StoppedBy | None = None) -> Pledge:
    """What the processor says after we asked for something, taken over at once."""
    facts = processor.look_up(Subject(SubjectKind.SUBSCRIPTION, pledge.subscription_ref or ""), now=timezone.now())
    if not isinstance(facts, SubscriptionFacts):
        raise PledgeEnded
    with transaction.atomic():
        locked = Pledge.objects.select_for_update().get(pk=pledge.pk)
        reason = locked.stop_reason
        settle_subscription(locked, facts, stopped_by=stopped_by)
        if locked.state == PledgeState.STOPPED and reason:
            locked.stop_reason = reason
            locked.save(update_fields=["stop_reason"])
    return locked
