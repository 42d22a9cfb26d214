"""Payouts, events and webhook endpoints."""

from __future__ import annotations

from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes.versions import CURRENT, OLDER, is_older
from tests.fake_stripe.things import Event, Payout, WebhookEndpoint
from tests.fake_stripe.world import World


def payout(world: World, one: Payout) -> Json:
    return {
        "id": one.id,
        "object": "payout",
        "amount": one.amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": one.arrival_date,
        "automatic": one.is_automatic,
        "balance_transaction": one.balance_transaction,
        "created": one.created,
        "currency": one.currency,
        "description": "STRIPE PAYOUT",
        "destination": "ba_fake",
        "failure_balance_transaction": one.failure_balance_transaction,
        "failure_code": one.failure_code,
        "failure_message": "The bank account has been closed" if one.failure_code else None,
        "livemode": world.livemode,
        "metadata": one.metadata,
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": one.reconciliation_status if one.is_automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": one.status,
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }


def event(world: World, one: Event, version: str | None = None) -> Json:
    """`version`: an endpoint's own. Asked for by id, an event is as the account's default version wrote it."""
    written_in = version or world.default_version or CURRENT
    inside: Json = {"object": one.shapes[OLDER if is_older(written_in) else CURRENT]}
    if one.previous is not None:
        inside["previous_attributes"] = one.previous
    return {
        "id": one.id,
        "object": "event",
        "api_version": written_in,
        "created": one.created,
        "data": inside,
        "livemode": world.livemode,
        "pending_webhooks": one.pending,
        "request": {"id": one.request_id, "idempotency_key": one.idempotency_key},
        "type": one.type,
    }


def webhook_endpoint(world: World, one: WebhookEndpoint) -> Json:
    """Without the secret: Stripe shows it once, when the endpoint is made."""
    return {
        "id": one.id,
        "object": "webhook_endpoint",
        "api_version": one.api_version,
        "application": None,
        "created": one.created,
        "description": None,
        "enabled_events": one.enabled_events,
        "livemode": world.livemode,
        "metadata": one.metadata,
        "status": one.status,
        "url": one.url,
    }
