"""The whole fake as a test holds it: three accounts, their webhooks, the faults, and what people and banks do."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import TracebackType
from typing import Self

from tests.fake_stripe import balance, cards, checkout, customers, debits, disputes, forging, payouts, refunds, renewing
from tests.fake_stripe.api import Api
from tests.fake_stripe.clock import DAY, Clock
from tests.fake_stripe.delivery import Delivery, Webhooks
from tests.fake_stripe.faults import Faults
from tests.fake_stripe.idempotency import Keys
from tests.fake_stripe.server import Server
from tests.fake_stripe.things import (
    BalanceTransaction,
    Charge,
    CheckoutSession,
    Customer,
    Dispute,
    Event,
    PaymentIntent,
    Payout,
    Refund,
    WebhookEndpoint,
)
from tests.fake_stripe.world import World

KEY = "sk_test_fake"
LIVE_KEY = "sk_live_fake"
OTHER_KEY = "sk_test_other"


class FakeStripe:
    """`test` and `live` are one account in its two modes; `other` belongs to somebody else.

    Verbs take the world to act in, by default the test one, and ids as the product knows them.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.clock = Clock()
        self.test = World("acct_fake", livemode=False, clock=self.clock)
        self.live = World("acct_fake", livemode=True, clock=self.clock)
        self.other = World("acct_other", livemode=False, clock=self.clock)
        self.faults = Faults()
        self._server = Server(port)
        self.url = self._server.url
        worlds = {KEY: self.test, LIVE_KEY: self.live, OTHER_KEY: self.other}
        self.api = Api(worlds, Keys(self.clock), self.faults, self.url)
        self._server.api = self.api
        self.webhooks = Webhooks(worlds.values())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> Self:
        self._thread.start()
        return self

    def close(self) -> None:
        self.api.ending.set()
        self.webhooks.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _acting(self, world: World | None) -> contextlib.AbstractContextManager[World]:
        return _locked(world or self.test)

    # What a reader does

    def pay(
        self,
        session_id: str,
        *,
        number: str = cards.PAYS,
        email: str = "reader@example.com",
        world: World | None = None,
    ) -> str:
        """At the hosted page: "paid", "unpaid" (a debit under way) or "declined"."""
        with self._acting(world) as acting:
            return checkout.complete(acting, acting.get(CheckoutSession, session_id), number=number, email=email)

    def pay_by_debit(self, session_id: str, *, world: World | None = None) -> str:
        return self.pay(session_id, number=cards.DEBIT, world=world)

    def change_card(self, customer_id: str, number: str, *, world: World | None = None) -> str:
        with self._acting(world) as acting:
            return customers.change_card(acting, acting.get(Customer, customer_id), number).id

    # What banks do

    def settle_debit(self, payment_intent_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            debits.settle(acting, acting.get(PaymentIntent, payment_intent_id))

    def fail_debit(self, payment_intent_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            debits.fail(acting, acting.get(PaymentIntent, payment_intent_id))

    def arrive_refund(self, refund_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            refunds.arrive(acting, acting.get(Refund, refund_id))

    def fail_refund(self, refund_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            refunds.fail(acting, acting.get(Refund, refund_id))

    def dispute(
        self,
        payment_intent_id: str,
        *,
        amount: int | None = None,
        reason: str = "fraudulent",
        is_inquiry: bool = False,
        world: World | None = None,
    ) -> str:
        with self._acting(world) as acting:
            charge = acting.get(Charge, acting.get(PaymentIntent, payment_intent_id).latest_charge)
            return disputes.open_dispute(acting, charge, amount=amount, reason=reason, is_inquiry=is_inquiry).id

    def close_dispute(self, dispute_id: str, *, is_won: bool, world: World | None = None) -> None:
        with self._acting(world) as acting:
            disputes.close(acting, acting.get(Dispute, dispute_id), is_won=is_won)

    # What somebody does in Stripe's dashboard, and what Stripe does by itself

    def refund_by_hand(self, payment_intent_id: str, *, amount: int | None = None, world: World | None = None) -> str:
        with self._acting(world) as acting:
            charge = acting.get(Charge, acting.get(PaymentIntent, payment_intent_id).latest_charge)
            return refunds.refund(acting, charge, amount=amount).id

    def pay_out(self, *, is_everything: bool = True, world: World | None = None) -> str:
        with self._acting(world) as acting:
            return payouts.pay_out(acting, is_everything=is_everything).id

    def arrive_payout(self, payout_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            payouts.arrive(acting, acting.get(Payout, payout_id))

    def fail_payout(self, payout_id: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            payouts.fail(acting, acting.get(Payout, payout_id))

    def take_fee(self, amount: int, description: str = "Radar", *, world: World | None = None) -> BalanceTransaction:
        with self._acting(world) as acting:
            return balance.take_fee(acting, amount, description)

    def book_late_charges(self, *, world: World | None = None) -> None:
        """After `world.is_balance_late = True`: the balance transactions that were missing come."""
        with self._acting(world) as acting:
            balance.catch_up(acting)

    def set_rate(self, currency: str, rate: str, *, world: World | None = None) -> None:
        with self._acting(world) as acting:
            acting.tariff.rates[currency] = Decimal(rate)

    # Time and webhooks

    def advance(self, *, to: int | None = None, days: float = 0, is_delivering: bool = False) -> None:
        """Turn the clock forward in all accounts, doing what falls due on the way; deliver each time if wanted."""
        to = self.clock.now() + int(days * DAY) if to is None else to
        between: Callable[[], None] = self._deliver if is_delivering else lambda: None
        renewing.advance([self.test, self.live, self.other], to, between=between)

    def _deliver(self) -> None:
        self.webhooks.deliver()

    def listen(
        self,
        url: str,
        *,
        secret: str | None = None,
        api_version: str | None = None,
        events: tuple[str, ...] = ("*",),
        world: World | None = None,
    ) -> WebhookEndpoint:
        return self.webhooks.listen(world or self.test, url, secret=secret, api_version=api_version, events=events)

    def events(self, *types: str, world: World | None = None) -> list[Event]:
        """Oldest first; of these types, or all."""
        found = reversed((world or self.test).all(Event))
        return [event for event in found if not types or event.type in types]

    def forge(self, event: Event, endpoint: WebhookEndpoint, how: str, *, world: World | None = None) -> int | None:
        """`how`: a name in forging.FORGERIES."""
        return forging.forge(world or self.test, event, endpoint, how)

    def send_foreign(self, event: Event, endpoint: WebhookEndpoint, world: World) -> int | None:
        """An event of another account or mode, signed with this endpoint's secret (K09, K10)."""
        now = self.clock.now()
        event.pending += 1
        return self.webhooks.send(Delivery(world, event, endpoint, now, now))


@contextlib.contextmanager
def _locked(world: World) -> Iterator[World]:
    with world.lock:
        yield world
