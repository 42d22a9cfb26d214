"""Events on their way to webhook endpoints: at least once, in any order, tried again for three days."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.fake_stripe import signing
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.posting import post
from tests.fake_stripe.shapes.accounts import event as event_shape
from tests.fake_stripe.things import Event, WebhookEndpoint
from tests.fake_stripe.world import World, new_secret

# docs.stripe.com/webhooks: "up to three days with an exponential back off"; the steps themselves are not published.
GIVEN_UP_AFTER = 3 * DAY
STEPS = (300, 1_800, 7_200, 18_000, 36_000, 43_200)
ENDS_WITHIN = 30.0


@dataclass
class Delivery:
    """`due_at` None: it arrived, or was given up. `statuses`: of each try, None without an answer."""

    world: World
    event: Event
    endpoint: WebhookEndpoint
    first_at: int
    due_at: int | None
    statuses: list[int | None] = field(default_factory=list)

    @property
    def has_arrived(self) -> bool:
        return any(_is_good(status) for status in self.statuses)

    @property
    def is_given_up(self) -> bool:
        return self.due_at is None and not self.has_arrived


def _is_good(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def body_of(world: World, event: Event, version: str | None) -> str:
    return json.dumps(event_shape(world, event, version), indent=2)


class Webhooks:
    """Nothing is sent until a test says `deliver`, unless `start` was called."""

    def __init__(self, worlds: Iterable[World]) -> None:
        self.deliveries: list[Delivery] = []
        self._worlds = list(worlds)
        self._news = threading.Event()
        self._is_ending = False
        self._thread: threading.Thread | None = None
        for world in self._worlds:
            world.heard_by.append(self._hearing(world))

    def listen(
        self,
        world: World,
        url: str,
        *,
        secret: str | None = None,
        api_version: str | None = None,
        events: tuple[str, ...] = ("*",),
    ) -> WebhookEndpoint:
        with world.lock:
            return world.add(
                WebhookEndpoint(
                    url=url, secrets=[secret or new_secret()], api_version=api_version, enabled_events=list(events)
                )
            )

    def roll_secret(self, endpoint: WebhookEndpoint, secret: str | None = None) -> str:
        """Both sign until `endpoint.secrets` is cut to the first, which Stripe does within 24 hours."""
        endpoint.secrets.insert(0, secret or new_secret())
        return endpoint.secrets[0]

    def _hearing(self, world: World) -> Callable[[Event], None]:
        def hear(event: Event) -> None:
            for endpoint in world.all(WebhookEndpoint):
                if "*" in endpoint.enabled_events or event.type in endpoint.enabled_events:
                    event.pending += 1
                    now = world.clock.now()
                    self.deliveries.append(Delivery(world, event, endpoint, now, now))
            self._news.set()

        return hear

    def due(self, *, only: Callable[[Event], bool] = lambda _event: True) -> list[Delivery]:
        return [
            each
            for each in list(self.deliveries)
            if each.due_at is not None and each.due_at <= each.world.clock.now() and only(each.event)
        ]

    def batch(
        self,
        *,
        is_shuffled: bool = False,
        repeat: int = 1,
        seed: int = 0,
        only: Callable[[Event], bool] = lambda _event: True,
    ) -> list[Delivery]:
        """What is due, each `repeat` times, in the order of happening or shuffled."""
        batch = [each for each in self.due(only=only) for _time in range(repeat)]
        if is_shuffled:
            random.Random(seed).shuffle(batch)
        return batch

    def deliver(
        self,
        *,
        is_shuffled: bool = False,
        repeat: int = 1,
        threads: int = 1,
        seed: int = 0,
        only: Callable[[Event], bool] = lambda _event: True,
    ) -> list[int | None]:
        """Send what is due; the statuses of all tries. What `only` leaves out waits: that is a late event.

        For every permutation of a few events, `send` each delivery of `due()` in the order you like.
        """
        batch = self.batch(is_shuffled=is_shuffled, repeat=repeat, seed=seed, only=only)
        if threads == 1:
            return [self.send(each) for each in batch]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self.send, batch))

    def send(self, delivery: Delivery, *, signed_at: int | None = None) -> int | None:
        """One try, due or not."""
        endpoint = delivery.endpoint
        with delivery.world.lock:
            body = body_of(delivery.world, delivery.event, endpoint.api_version)
        signature = signing.header(body, endpoint.secrets, at=signed_at)
        status = None if endpoint.is_down else post(endpoint.url, body, signature)
        with delivery.world.lock:
            self._note(delivery, status)
        return status

    def _note(self, delivery: Delivery, status: int | None) -> None:
        is_first = not delivery.has_arrived
        delivery.statuses.append(status)
        now = delivery.world.clock.now()
        if _is_good(status):
            delivery.due_at = None
            delivery.event.pending -= is_first
        elif not delivery.has_arrived:
            step = STEPS[min(len(delivery.statuses), len(STEPS)) - 1]
            may_retry = now + step - delivery.first_at <= GIVEN_UP_AFTER
            delivery.due_at = now + step if may_retry else None

    def send_again(self, event: Event) -> list[int | None]:
        """As somebody presses "Resend" in the dashboard, weeks later."""
        return [self.send(each) for each in self.deliveries if each.event is event]

    def next_due(self) -> int | None:
        return min((each.due_at for each in self.deliveries if each.due_at is not None), default=None)

    def start(self) -> None:
        """From now on deliver in the order of happening, as soon as something happens."""
        self._thread = threading.Thread(target=self._run, name="fake-stripe-webhooks", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._is_ending:
            self._news.wait(1)
            self._news.clear()
            for each in self.due():
                if not self._is_ending:
                    self.send(each)

    def close(self) -> None:
        self._is_ending = True
        self._news.set()
        if self._thread:
            self._thread.join(ENDS_WITHIN)
