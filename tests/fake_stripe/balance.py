"""One balance transaction for each movement of money, in the settlement currency."""

from __future__ import annotations

from stripe.params import BalanceRetrieveParams, BalanceTransactionListParams, BalanceTransactionRetrieveParams

from tests.fake_stripe.clock import DAY
from tests.fake_stripe.errors import Json
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import BalanceTransaction, Charge, PaymentMethod, Thing
from tests.fake_stripe.world import World

AVAILABLE_AFTER = 2 * DAY


def move(
    world: World,
    *,
    kind: str,
    category: str,
    amount: int,
    currency: str,
    source: Thing | None,
    fee: int = 0,
    description: str | None = None,
    is_available: bool = False,
) -> BalanceTransaction:
    """`amount` in the currency of the payment, converted here; `fee` in the settlement currency."""
    rate = world.tariff.rate(currency)
    now = world.clock.now()
    return world.add(
        BalanceTransaction(
            type=kind,
            category=category,
            amount=world.tariff.settled(amount, currency),
            fee=fee,
            currency=world.tariff.settlement,
            source=source.id if source else None,
            exchange_rate=float(rate) if rate is not None else None,
            available_on=now if is_available else now + AVAILABLE_AFTER,
            description=description,
        )
    )


def book_charge(world: World, charge: Charge) -> None:
    """A card's movement has the type "charge", any other's "payment": docs.stripe.com/reports/balance-transaction-types.

    Captured asynchronously, as Checkout does: `charge.succeeded` comes without it, `charge.updated` brings it
    (docs.stripe.com/payments/payment-intents/asynchronous-capture).
    """
    is_card = world.get(PaymentMethod, charge.payment_method).type == "card"
    before = look(world, charge)
    booked = move(
        world,
        kind="charge" if is_card else "payment",
        category="charge",
        amount=charge.amount,
        currency=charge.currency,
        source=charge,
        fee=world.tariff.fee(world.tariff.settled(charge.amount, charge.currency)),
        description=charge.description,
    )
    charge.balance_transaction = booked.id
    emit(world, "charge.updated", charge, before=before)


def catch_up(world: World) -> None:
    """Book what waited while `world.is_balance_late`."""
    for charge in reversed(world.all(Charge)):
        if charge.status != "failed" and charge.balance_transaction is None:
            book_charge(world, charge)


def take_fee(world: World, amount: int, description: str) -> BalanceTransaction:
    """Stripe's own bill: Radar, Billing, 3-D Secure … `amount` > 0."""
    return move(
        world,
        kind="stripe_fee",
        category="fee",
        amount=-amount,
        currency=world.tariff.settlement,
        source=None,
        description=description,
        is_available=True,
    )


def retrieve(call: Call) -> Thing:
    return call.world.get(BalanceTransaction, call.id)


def list_(call: Call) -> Page:
    found = same(
        call.world.all(BalanceTransaction),
        call.params,
        payout="payout",
        type="type",
        currency="currency",
        source="source",
    )
    return paged(call, found)


def total(call: Call) -> Json:
    world = call.world
    now = world.clock.now()
    moved = world.all(BalanceTransaction)
    ready = sum(each.amount - each.fee for each in moved if each.available_on <= now)
    coming = sum(each.amount - each.fee for each in moved if each.available_on > now)
    currency = world.tariff.settlement
    return {
        "object": "balance",
        "available": [{"amount": ready, "currency": currency, "source_types": {"card": ready}}],
        "livemode": world.livemode,
        "pending": [{"amount": coming, "currency": currency, "source_types": {"card": coming}}],
        "refund_and_dispute_prefunding": {"available": [], "pending": []},
    }


ROUTES = [
    Route("GET", "/v1/balance", total, BalanceRetrieveParams),
    Route("GET", "/v1/balance_transactions", list_, BalanceTransactionListParams),
    Route("GET", "/v1/balance_transactions/{id}", retrieve, BalanceTransactionRetrieveParams),
]
