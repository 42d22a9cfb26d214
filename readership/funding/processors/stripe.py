"""Stripe: Checkout for gifts and pledges, refunds, the page where a card is changed, and its book.

Card numbers are typed on Stripe's page and never touch this server. Every call that creates carries a key of our
own, so that a retry after a crash creates nothing twice. The version of the API is the library's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import stripe

from readership.funding.errors import ProcessorRefused, ProcessorUnavailable
from readership.funding.models import Frequency, ProcessorName
from readership.funding.money import Money
from readership.funding.processors import stripe_facts
from readership.funding.processors.base import (
    Announcement,
    BalanceLine,
    Begun,
    BillFacts,
    Charged,
    Facts,
    Order,
    SessionFacts,
    Subject,
    SubjectKind,
    Tags,
)
from readership.funding.processors.stripe_events import read_event
from readership.funding.processors.stripe_facts import (
    GIFT_TAG,
    PLEDGE_TAG,
    REFUND_TAG,
    SITE_TAG,
    Shape,
    ref_of,
    tags_of,
)
from readership.funding.processors.stripe_money import to_stripe

Answer = TypeVar("Answer")

TIMEOUT = 20.0
# Languages of Checkout that we have; in any other it follows the browser.
LANGUAGES = frozenset({"de", "en", "es", "fr", "ru"})
NOT_FOUND, FIRST_OF_THEIRS = 404, 500


class Stripe:
    name = ProcessorName.STRIPE

    def __init__(self, *, secret_key: str, webhook_secrets: list[str], address: str = "") -> None:
        self.is_trial = not secret_key.startswith(("sk_live_", "rk_live_"))
        self._webhook_secrets = webhook_secrets
        self._client = stripe.StripeClient(
            secret_key,
            base_addresses={"api": address} if address else {},
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
            max_network_retries=2,
        ).v1

    # What a giver begins

    def begin(self, order: Order) -> Begun:
        create = self._client.checkout.sessions.create
        params = _gift_params(order) if order.frequency == Frequency.ONCE else _pledge_params(order)
        session = _asked(lambda: create(params=params, options={"idempotency_key": order.key}))
        return Begun(session_ref=session.id, url=session.url or "")

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Announcement:
        return read_event(body, headers, secrets=self._webhook_secrets, now=now)

    # What is true now

    def look_up(self, subject: Subject, *, now: datetime) -> Facts | None:
        look: dict[SubjectKind, Callable[[], Facts]] = {
            SubjectKind.SESSION: lambda: self._session(subject.ref),
            SubjectKind.CHARGE: lambda: self._charge(subject.ref),
            SubjectKind.BILL: lambda: self._bill(subject.ref),
            SubjectKind.SUBSCRIPTION: lambda: stripe_facts.subscription_facts(
                self._client.subscriptions.retrieve(subject.ref).to_dict(), asked_at=now
            ),
            SubjectKind.PAYOUT: lambda: stripe_facts.payout_facts(self._client.payouts.retrieve(subject.ref).to_dict()),
        }
        try:
            return _asked(look[subject.kind])
        except ProcessorRefused as refused:
            if isinstance(refused.__cause__, stripe.InvalidRequestError) and refused.__cause__.http_status == NOT_FOUND:
                return None
            raise

    def _session(self, ref: str) -> SessionFacts:
        expand = ["payment_intent.latest_charge.balance_transaction"]
        session = self._client.checkout.sessions.retrieve(ref, params={"expand": expand}).to_dict()
        payment = session.get("payment_intent")
        charge = self._charge_of(payment, tags=tags_of(session)) if isinstance(payment, Mapping) else None
        return stripe_facts.session_facts(session, charge, payment if isinstance(payment, Mapping) else None)

    def _charge_of(self, payment: Shape, *, tags: Tags, bill_ref: str = "") -> Charged | None:
        charge = payment.get("latest_charge")
        if not isinstance(charge, Mapping) or charge["status"] != "succeeded":
            return None
        return self._charged(charge, tags=tags or tags_of(payment), bill_ref=bill_ref)

    def _charged(self, charge: Shape, *, tags: Tags, bill_ref: str, is_looked_through: bool = False) -> Charged:
        """Refunds and disputes are asked for when the charge says that there are any, or when one was announced."""
        has_refunds = is_looked_through or charge["amount_refunded"] > 0
        has_disputes = is_looked_through or charge["disputed"]
        refunds = self._refunds(charge["id"]) if has_refunds else []
        disputes = self._disputes(charge["id"]) if has_disputes else []
        return stripe_facts.charged(charge, tags=tags, bill_ref=bill_ref, refunds=refunds, disputes=disputes)

    def _refunds(self, charge_ref: str) -> list[dict[str, Any]]:
        params: Any = {"charge": charge_ref, "limit": 100, "expand": ["data.balance_transaction"]}
        found = self._client.refunds.list(params=params)
        return [refund.to_dict() for refund in found.auto_paging_iter()]

    def _disputes(self, charge_ref: str) -> list[dict[str, Any]]:
        found = self._client.disputes.list(params={"charge": charge_ref, "limit": 100})
        return [dispute.to_dict() for dispute in found.auto_paging_iter()]

    def _charge(self, ref: str) -> Charged:
        params: Any = {"expand": ["balance_transaction", "payment_intent"]}
        charge = self._client.charges.retrieve(ref, params=params).to_dict()
        payment = charge.get("payment_intent")
        tags = tags_of(charge) or tags_of(payment if isinstance(payment, Mapping) else None)
        # An instalment carries no tag of ours: its bill leads to the pledge.
        bill_ref = "" if tags else self._bill_of_payment(ref_of(payment))
        return self._charged(charge, tags=tags, bill_ref=bill_ref, is_looked_through=True)

    def _bill_of_payment(self, payment_ref: str) -> str:
        if not payment_ref:
            return ""
        params: Any = {"payment": {"type": "payment_intent", "payment_intent": payment_ref}, "limit": 1}
        found = self._client.invoice_payments.list(params=params).data
        return ref_of(found[0].to_dict().get("invoice")) if found else ""

    def _bill(self, ref: str) -> BillFacts:
        bill = self._client.invoices.retrieve(ref, params={"expand": ["payments"]}).to_dict()
        return stripe_facts.bill_facts(bill, self._charge_of_bill(bill))

    def _charge_of_bill(self, bill: Shape) -> Charged | None:
        payments = (bill.get("payments") or {}).get("data") or []
        paid = [entry["payment"] for entry in payments if entry.get("status") == "paid"]
        payment_ref = ref_of(paid[0].get("payment_intent")) if paid else ""
        if not payment_ref:
            return None
        params: Any = {"expand": ["latest_charge.balance_transaction"]}
        payment = self._client.payment_intents.retrieve(payment_ref, params=params).to_dict()
        return self._charge_of(payment, tags=Tags(), bill_ref=bill["id"])

    # What we do

    def refund(self, *, charge_ref: str, amount: Money, order_key: str) -> str:
        # Keys are forgotten after a day: what an earlier try did is found by its tag (attack K22).
        for refund in _asked(lambda: self._refunds(charge_ref)):
            if (refund.get("metadata") or {}).get(REFUND_TAG) == order_key:
                return str(refund["id"])
        params: Any = {"charge": charge_ref, "amount": to_stripe(amount), "metadata": {REFUND_TAG: order_key}}
        options: Any = {"idempotency_key": f"refund-{order_key}"}
        return _asked(lambda: self._client.refunds.create(params=params, options=options)).id

    def change_pledge(self, subscription_ref: str, *, amount: Money, key: str) -> None:
        subscription = _asked(lambda: self._client.subscriptions.retrieve(subscription_ref)).to_dict()
        item = subscription["items"]["data"][0]
        price = {
            "currency": amount.currency.lower(),
            "product": ref_of(item["price"]["product"]),
            "recurring": {"interval": item["price"]["recurring"]["interval"]},
            "unit_amount": to_stripe(amount),
        }
        params: Any = {"items": [{"id": item["id"], "price_data": price}], "proration_behavior": "none"}
        options: Any = {"idempotency_key": key}
        _asked(lambda: self._client.subscriptions.update(subscription_ref, params=params, options=options))

    def stop_pledge(self, subscription_ref: str, *, at_once: bool) -> None:
        if at_once:
            _asked(lambda: self._client.subscriptions.cancel(subscription_ref))
        else:
            self._end_with_period(subscription_ref, True)

    def resume_pledge(self, subscription_ref: str) -> None:
        self._end_with_period(subscription_ref, False)

    def _end_with_period(self, subscription_ref: str, is_ending: bool) -> None:
        params: Any = {"cancel_at_period_end": is_ending}
        _asked(lambda: self._client.subscriptions.update(subscription_ref, params=params))

    def card_page(self, customer_ref: str, *, return_url: str, language: str) -> str:
        params: Any = {"customer": customer_ref, "return_url": return_url, "locale": _locale(language)}
        return _asked(lambda: self._client.billing_portal.sessions.create(params=params)).url

    def balance_lines(self, *, since: datetime, until: datetime) -> Iterator[BalanceLine]:
        window = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
        params: Any = {"created": window, "limit": 100, "expand": ["data.source"]}
        page = _asked(lambda: self._client.balance_transactions.list(params=params))
        lines = iter(page.auto_paging_iter())
        while (line := _asked(lambda: next(lines, None))) is not None:
            yield stripe_facts.balance_line(line.to_dict())


def _asked(call: Callable[[], Answer]) -> Answer:
    """Stripe's errors as ours. What may be over in a minute is told from what will be refused again."""
    try:
        return call()
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise ProcessorUnavailable from error
    except stripe.StripeError as error:
        is_theirs = error.http_status is None or error.http_status >= FIRST_OF_THEIRS
        if is_theirs:
            raise ProcessorUnavailable from error
        raise ProcessorRefused(str(error)) from error


def _gift_params(order: Order) -> Any:
    tags = {GIFT_TAG: order.tags.gift, SITE_TAG: order.tags.site}
    return {
        **_common_params(order, tags),
        "mode": "payment",
        "submit_type": "donate",
        "payment_intent_data": {"metadata": tags, "description": order.title},
        # A receipt of ours goes out; a customer is made so that the giver finds the gift again.
        **({} if order.customer_ref else {"customer_creation": "always"}),
    }


def _pledge_params(order: Order) -> Any:
    tags = {PLEDGE_TAG: order.tags.pledge, SITE_TAG: order.tags.site}
    return {
        **_common_params(order, tags),
        "mode": "subscription",
        "subscription_data": {"metadata": tags, "description": order.title},
    }


def _common_params(order: Order, tags: dict[str, str]) -> dict[str, Any]:
    price: dict[str, Any] = {
        "currency": order.amount.currency.lower(),
        "unit_amount": to_stripe(order.amount + order.cover),
        "product_data": {"name": order.title},
    }
    if order.frequency != Frequency.ONCE:
        price["recurring"] = {"interval": order.frequency.value}
    person = {"customer": order.customer_ref} if order.customer_ref else {"customer_email": order.email}
    return {
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": order.tags.gift or order.tags.pledge,
        "metadata": tags,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
        "locale": _locale(order.language),
        **{name: value for name, value in person.items() if value},
    }


def _locale(language: str) -> str:
    short = language.partition("-")[0]
    return short if short in LANGUAGES else "auto"
