"""PaymentIntents, Charges, Refunds and Disputes."""

from __future__ import annotations

from typing import Any

import stripe

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.blank import nulls
from tests.fake_stripe.shapes.people import billing_details, card, debit, payment_method
from tests.fake_stripe.things import BalanceTransaction, Charge, Dispute, PaymentIntent, PaymentMethod, Refund
from tests.fake_stripe.world import World

PRESENTMENT = "presentment_details"  # only with Adaptive Pricing


INTENT: Json = {
    "amount_capturable": 0,
    "amount_details": {"tip": {}},
    "capture_method": "automatic_async",
    "confirmation_method": "automatic",
    "payment_method_options": {
        "card": {
            "installments": None,
            "mandate_options": None,
            "network": None,
            "request_three_d_secure": "automatic",
        }
    },
}


def payment_intent(world: World, one: PaymentIntent) -> Json:
    return (
        nulls(
            stripe.PaymentIntent,
            without=(
                PRESENTMENT,
                "allowed_payment_method_types",
                "hooks",
                "managed_payments",
                "payment_details",
                "payment_record",
            ),
        )
        | INTENT
        | {
            "id": one.id,
            "object": "payment_intent",
            "amount": one.amount,
            "amount_received": one.amount if one.status == "succeeded" else 0,
            "canceled_at": one.canceled_at,
            "cancellation_reason": one.cancellation_reason,
            "client_secret": f"{one.id}_secret_fake",
            "created": one.created,
            "currency": one.currency,
            "customer": one.customer,
            "description": one.description,
            "last_payment_error": _last_error(world, one),
            "latest_charge": one.latest_charge,
            "livemode": world.livemode,
            "metadata": one.metadata,
            # Stripe takes the payment method off an intent whose payment failed.
            "payment_method": None if one.status == "requires_payment_method" else one.payment_method,
            "payment_method_types": one.payment_method_types,
            "receipt_email": one.receipt_email,
            "setup_future_usage": "off_session" if one.is_for_later else None,
            "statement_descriptor": one.statement_descriptor,
            "status": one.status,
        }
    )


def _last_error(world: World, one: PaymentIntent) -> Json | None:
    if one.status != "requires_payment_method" or not one.latest_charge:
        return None
    charge_ = world.get(Charge, one.latest_charge)
    return {
        "charge": charge_.id,
        "code": "card_declined",
        "decline_code": charge_.failure_code,
        "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        "message": "Your card was declined.",
        "payment_method": payment_method(world, world.get(PaymentMethod, charge_.payment_method)),
        "type": "card_error",
    }


def refunded(world: World, one: Charge) -> int:
    """What of a charge has gone back: refunds that failed or were cancelled do not count."""
    return sum(
        each.amount for each in world.all(Refund) if each.charge == one.id and each.status not in {"failed", "canceled"}
    )


def charge(world: World, one: Charge) -> Json:
    back = refunded(world, one)
    method = world.get(PaymentMethod, one.payment_method)
    return nulls(stripe.Charge, without=(PRESENTMENT, "refunds", "authorization_code", "level3")) | {
        "id": one.id,
        "object": "charge",
        "amount": one.amount,
        "amount_captured": 0 if one.status == "failed" else one.amount,
        "amount_refunded": back,
        "balance_transaction": one.balance_transaction,
        "billing_details": billing_details(method),
        "calculated_statement_descriptor": "READERSHIP",
        "captured": one.status != "failed",
        "created": one.created,
        "currency": one.currency,
        "customer": one.customer,
        "description": one.description,
        "disputed": one.is_disputed,
        "failure_balance_transaction": one.failure_balance_transaction,
        "failure_code": "card_declined" if one.failure_code else None,
        "failure_message": "Your card was declined." if one.failure_code else None,
        "fraud_details": {},
        "livemode": world.livemode,
        "metadata": one.metadata,
        "outcome": _outcome(one),
        "paid": one.status == "succeeded",
        "payment_intent": one.payment_intent,
        "payment_method": one.payment_method,
        "payment_method_details": {"type": method.type, method.type: _paid_with(method)},
        "radar_options": {},
        "receipt_email": one.receipt_email,
        "receipt_url": "https://pay.stripe.com/receipts/fake" if one.status == "succeeded" else None,
        "refunded": back == one.amount,
        "status": one.status,
    }


def _paid_with(method: PaymentMethod) -> Json:
    """A charge says other things of a card than the payment method does."""
    if method.type != "card":
        return {**debit(method.type, method.number), "expected_debit_date": None, "mandate": "mandate_fake"}
    said = {
        name: value for name, value in card(method.number).items() if name not in {"networks", "three_d_secure_usage"}
    }
    without = (
        "moto",
        "description",
        "iin",
        "issuer",
        "capture_before",
        "setup_credential_usage",
        "stored_credential_usage",
    )
    return nulls(stripe.Charge.PaymentMethodDetails.Card, without=without) | said | {"network": said["brand"]}


def _outcome(one: Charge) -> Json:
    failed = one.status == "failed"
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": one.failure_code,
        "risk_level": "normal",
        "risk_score": 9,
        "seller_message": "The bank did not return any further details." if failed else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }


def refund(world: World, one: Refund) -> Json:
    intent = world.get(PaymentIntent, one.payment_intent)
    method = world.get(PaymentMethod, intent.payment_method)
    shape: Json = {
        "id": one.id,
        "object": "refund",
        "amount": one.amount,
        "balance_transaction": one.balance_transaction,
        "charge": one.charge,
        "created": one.created,
        "currency": one.currency,
        "customer": intent.customer,
        "destination_details": _destination(method),
        "metadata": one.metadata,
        "payment_intent": one.payment_intent,
        "payment_method": method.id,
        "reason": one.reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": one.status,
        "transfer_reversal": None,
    }
    # Only on a refund that failed or waits.
    if one.failure_balance_transaction:
        shape["failure_balance_transaction"] = one.failure_balance_transaction
        shape["failure_reason"] = one.failure_reason
    if one.status == "pending":
        shape["pending_reason"] = "processing"
    return shape


def _destination(method: PaymentMethod) -> Json:
    if method.type != "card":
        return {"type": method.type}
    return {
        "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
        "type": "card",
    }


def dispute(world: World, one: Dispute) -> Json:
    from_dispute = [
        balance_transaction(world, world.get(BalanceTransaction, each)) for each in one.balance_transactions
    ]
    return {
        "id": one.id,
        "object": "dispute",
        "amount": one.amount,
        "balance_transactions": from_dispute,
        "charge": one.charge,
        "created": one.created,
        "currency": one.currency,
        "enhanced_eligibility_types": [],
        "evidence": _evidence(one),
        "evidence_details": {
            "due_by": one.created + 7 * 86_400,
            "enhanced_eligibility": {},
            "has_evidence": bool(one.evidence),
            "past_due": False,
            "submission_count": int(one.is_submitted),
            "submission_method": "manual" if one.is_submitted else "not_submitted",
        },
        "is_charge_refundable": one.status.startswith("warning"),
        "livemode": world.livemode,
        "metadata": one.metadata,
        "payment_intent": one.payment_intent,
        "payment_method_details": {"card": _case(one), "type": "card"},
        "reason": one.reason,
        "status": one.status,
    }


def _case(one: Dispute) -> Json:
    case = "inquiry" if one.status.startswith("warning") else "chargeback"
    return {"brand": "visa", "case_type": case, "network": "visa", "network_reason_code": "10"}


def _evidence(one: Dispute) -> dict[str, Any]:
    return nulls(stripe.Dispute.Evidence, without=("appeal",)) | {"enhanced_evidence": {}} | one.evidence


def balance_transaction(world: World, one: BalanceTransaction) -> Json:
    fee: Json = {
        "amount": one.fee,
        "application": None,
        "currency": one.currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    return {
        "id": one.id,
        "object": "balance_transaction",
        "amount": one.amount,
        "available_on": one.available_on,
        "balance_type": "payments",
        "created": one.created,
        "currency": one.currency,
        "description": one.description,
        "exchange_rate": one.exchange_rate,
        "fee": one.fee,
        "fee_details": [fee] if one.fee else [],
        "net": one.amount - one.fee,
        "reporting_category": one.category,
        "source": one.source,
        "status": "available" if one.available_on <= world.clock.now() else "pending",
        "type": one.type,
    }
