"""The demonstration: a processor that moves no money, so that giving can be tried without an account anywhere.

Everything it announces is a trial. Its page is ours (`demo_views`); what it remembers is in DemoSession.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from django.db import transaction
from django.urls import reverse

from readership.funding.errors import ProcessorRefused, SignatureWrong
from readership.funding.models import DemoSession, Frequency, Interval, ProcessorName
from readership.funding.money import Money
from readership.funding.processors.base import (
    Announcement,
    BalanceLine,
    Begun,
    BillFacts,
    BillState,
    Charged,
    Facts,
    Order,
    Refunded,
    SessionFacts,
    SessionState,
    Subject,
    SubjectKind,
    SubscriptionFacts,
    SubscriptionState,
    Tags,
)

PERIODS = {Interval.MONTH: timedelta(days=30), Interval.YEAR: timedelta(days=365)}


class Demo:
    name = ProcessorName.DEMO
    is_trial = True

    def begin(self, order: Order) -> Begun:
        ref = "demo_" + sha256(order.key.encode()).hexdigest()[:24]
        kept = {
            "amount_minor": (order.amount + order.cover).minor,
            "currency": order.amount.currency,
            "frequency": order.frequency.value,
            "gift": order.tags.gift,
            "pledge": order.tags.pledge,
            "title": order.title,
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            "refunds": {},
        }
        DemoSession.objects.get_or_create(session_ref=ref, defaults={"order": kept, "email": order.email})
        return Begun(session_ref=ref, url=reverse("gifts:demo_page", args=[ref]))

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Announcement:
        raise SignatureWrong

    def look_up(self, subject: Subject, *, now: datetime) -> Facts | None:
        session = DemoSession.objects.filter(session_ref=_session_ref(subject.ref)).first()
        if session is None:
            return None
        if subject.kind is SubjectKind.SESSION:
            return _session_facts(session)
        if subject.kind is SubjectKind.CHARGE:
            return _charge(session)
        if subject.kind is SubjectKind.BILL:
            return _bill_facts(session)
        return _subscription_facts(session, now) if subject.kind is SubjectKind.SUBSCRIPTION else None

    @transaction.atomic
    def refund(self, *, charge_ref: str, amount: Money, order_key: str) -> str:
        session = DemoSession.objects.select_for_update().get(session_ref=_session_ref(charge_ref))
        session.order["refunds"].setdefault(order_key, amount.minor)
        session.save(update_fields=["order"])
        return f"{charge_ref}-refund-{order_key}"

    def change_pledge(self, subscription_ref: str, *, amount: Money, key: str) -> None:
        session = _known(subscription_ref)
        session.order["amount_minor"] = amount.minor
        session.save(update_fields=["order"])

    def stop_pledge(self, subscription_ref: str, *, at_once: bool) -> None:
        DemoSession.objects.filter(pk=_known(subscription_ref).pk).update(
            is_ending=True, **({"state": "ended"} if at_once else {})
        )

    def resume_pledge(self, subscription_ref: str) -> None:
        DemoSession.objects.filter(pk=_known(subscription_ref).pk).update(is_ending=False)

    def card_page(self, customer_ref: str, *, return_url: str, language: str) -> str:
        # It knows no cards, so the way leads straight back.
        return return_url

    def balance_lines(self, *, since: datetime, until: datetime) -> Iterator[BalanceLine]:
        paid = DemoSession.objects.filter(state__in=["paid", "ended"], begun_at__gte=since, begun_at__lt=until)
        for session in paid.order_by("-begun_at").iterator():
            charge = _charge(session)
            if charge is None:
                continue
            nothing = Money(0, charge.amount.currency)
            subject = Subject(SubjectKind.CHARGE, charge.charge_ref)
            line = BalanceLine(
                ref=f"line_{charge.charge_ref}",
                source_ref=charge.charge_ref,
                kind="charge",
                amount=charge.amount,
                fee=nothing,
                at=session.begun_at,
                subject=subject,
            )
            yield line
            for refund in charge.refunds:
                yield replace(
                    line, ref=f"line_{refund.ref}", source_ref=refund.ref, kind="refund", amount=-refund.amount
                )


def thanks_address(session: DemoSession) -> str:
    """Where the giver goes after paying, with the session named as a real processor names it."""
    return str(session.order["success_url"]).replace("{CHECKOUT_SESSION_ID}", quote(session.session_ref))


def _known(subscription_ref: str) -> DemoSession:
    session = DemoSession.objects.filter(session_ref=_session_ref(subscription_ref)).first()
    if session is None:
        raise ProcessorRefused(f"No such pledge: {subscription_ref}")
    return session


def _session_ref(ref: str) -> str:
    """All names of the demonstration end in the session's own: charge-…, bill-…, pledge-…."""
    return ref.rpartition("-")[2]


def _is_pledge(session: DemoSession) -> bool:
    return bool(session.order["frequency"] != Frequency.ONCE.value)


def _money(session: DemoSession) -> Money:
    return Money(session.order["amount_minor"], session.order["currency"])


def _tags(session: DemoSession) -> Tags:
    return Tags(gift=session.order["gift"], pledge=session.order["pledge"])


STATES = {
    "open": SessionState.OPEN,
    "paid": SessionState.PAID,
    "ended": SessionState.PAID,
    "declined": SessionState.FAILED,
    "expired": SessionState.EXPIRED,
}


def _session_facts(session: DemoSession) -> SessionFacts:
    is_pledge = _is_pledge(session)
    return SessionFacts(
        session_ref=session.session_ref,
        state=STATES[session.state],
        tags=_tags(session),
        email=session.email,
        name=session.name,
        customer_ref=f"customer-{session.session_ref}",
        subscription_ref=f"pledge-{session.session_ref}" if is_pledge else "",
        bill_ref=f"bill-{session.session_ref}" if is_pledge else "",
        charge=None if is_pledge else _charge(session),
        is_trial=True,
    )


def _charge(session: DemoSession) -> Charged | None:
    if STATES[session.state] is not SessionState.PAID:
        return None
    charge_ref = f"charge-{session.session_ref}"
    currency = session.order["currency"]
    return Charged(
        has_succeeded=True,
        charge_ref=charge_ref,
        payment_ref=f"payment-{session.session_ref}",
        amount=_money(session),
        settled=None,
        fee=None,
        paid_at=session.begun_at,
        presented=None,
        tags=_tags(session),
        customer_ref=f"customer-{session.session_ref}",
        email=session.email,
        name=session.name,
        bill_ref=f"bill-{session.session_ref}" if _is_pledge(session) else "",
        is_trial=True,
        refunds=tuple(
            Refunded(f"{charge_ref}-refund-{key}", Money(minor, currency), None, False, key)
            for key, minor in session.order["refunds"].items()
        ),
    )


def _bill_facts(session: DemoSession) -> BillFacts:
    charge = _charge(session)
    return BillFacts(
        bill_ref=f"bill-{session.session_ref}",
        state=BillState.PAID if charge else BillState.OPEN,
        subscription_ref=f"pledge-{session.session_ref}",
        tags=_tags(session),
        total=_money(session),
        charge=charge,
        attempts_count=1,
        next_attempt_at=None,
        is_trial=True,
    )


def _subscription_facts(session: DemoSession, now: datetime) -> SubscriptionFacts:
    interval = Interval(session.order["frequency"])
    return SubscriptionFacts(
        subscription_ref=f"pledge-{session.session_ref}",
        state=_subscription_state(session),
        tags=_tags(session),
        amount=_money(session),
        interval=interval,
        next_on=_next_on(session, interval),
        customer_ref=f"customer-{session.session_ref}",
        ended_after_failures=False,
        is_trial=True,
        asked_at=now,
    )


def _subscription_state(session: DemoSession) -> SubscriptionState:
    if session.state == "ended":
        return SubscriptionState.ENDED
    if session.state != "paid":
        return SubscriptionState.WAITING
    return SubscriptionState.ENDING if session.is_ending else SubscriptionState.ACTIVE


def _next_on(session: DemoSession, interval: Interval) -> date:
    return (session.begun_at + PERIODS[interval]).date()
