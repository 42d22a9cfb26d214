"""What is in the balance goes to the newsroom's bank."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe.balance import move
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.events import emit, look
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.things import BalanceTransaction, Payout, Thing
from tests.fake_stripe.world import World


def pay_out(world: World, *, is_everything: bool = True) -> Payout:
    """An automatic payout of all that is available, or (`is_everything`) of what is still pending too."""
    now = world.clock.now()
    moved = [
        each
        for each in world.all(BalanceTransaction)
        if each.payout is None and (is_everything or each.available_on <= now)
    ]
    total = sum(each.amount - each.fee for each in moved)
    payout = world.add(Payout(amount=total, currency=world.tariff.settlement, arrival_date=now + DAY))
    out = move(
        world,
        kind="payout",
        category="payout",
        amount=-total,
        currency=payout.currency,
        source=payout,
        description="STRIPE PAYOUT",
        is_available=True,
    )
    payout.balance_transaction = out.id
    # The list of a payout's movements holds the payout's own too: docs.stripe.com/payouts/reconciliation.
    for each in (*moved, out):
        each.payout = payout.id
    emit(world, "payout.created", payout)
    return payout


def arrive(world: World, payout: Payout) -> None:
    before = look(world, payout)
    payout.status, payout.reconciliation_status = "paid", "completed"
    emit(world, "payout.updated", payout, before=before)
    emit(world, "payout.paid", payout)
    emit(world, "payout.reconciliation_completed", payout)


def fail(world: World, payout: Payout, *, why: str = "account_closed") -> None:
    """The bank sends it back, also after it was "paid"."""
    payout.status, payout.failure_code = "failed", why
    back = move(
        world,
        kind="payout_failure",
        category="payout_reversal",
        amount=payout.amount,
        currency=payout.currency,
        source=payout,
        description="STRIPE PAYOUT FAILURE",
        is_available=True,
    )
    payout.failure_balance_transaction = back.id
    emit(world, "payout.failed", payout)


def retrieve(call: Call) -> Thing:
    return call.world.get(Payout, call.id)


def list_(call: Call) -> Page:
    return paged(call, same(call.world.all(Payout), call.params, status="status"))


ROUTES = [
    Route("GET", "/v1/payouts", list_, takes.PayoutListParams),
    Route("GET", "/v1/payouts/{id}", retrieve, takes.PayoutRetrieveParams),
]
