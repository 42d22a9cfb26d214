"""/v1/…: who asks, in which version, whether it was asked before, and then the verb."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fake_stripe import (
    balance,
    catalogue,
    checkout,
    customers,
    disputes,
    endpoints,
    events,
    form,
    invoices,
    parameters,
    paying,
    payouts,
    portal,
    refunds,
    searching,
    subscriptions,
)
from tests.fake_stripe.errors import Json, StripeError
from tests.fake_stripe.expanding import expand
from tests.fake_stripe.faults import Fault, Faults, Kind
from tests.fake_stripe.idempotency import Answer, Keys
from tests.fake_stripe.routing import Call, Route, drawn
from tests.fake_stripe.shapes import CURRENT
from tests.fake_stripe.shapes.versions import check as check_version
from tests.fake_stripe.world import Request, World

ROUTES: list[Route] = [
    route
    for module in (
        searching,
        balance,
        catalogue,
        checkout,
        customers,
        disputes,
        endpoints,
        events,
        invoices,
        paying,
        payouts,
        portal,
        refunds,
        subscriptions,
    )
    for route in module.ROUTES
]


class NoAnswerError(Exception):
    """The caller gets nothing: the connection is closed."""


@dataclass
class Asked:
    """`encoded`: the parameters as a form, from the query or the body."""

    method: str
    path: str
    encoded: str
    headers: Mapping[str, str]
    id: str = field(default_factory=lambda: f"req_{secrets.token_hex(7)}")


@dataclass
class Given:
    status: int
    body: bytes
    headers: dict[str, str]


@dataclass
class Api:
    """`worlds` by secret key."""

    worlds: dict[str, World]
    keys: Keys
    faults: Faults
    base_url: str
    ending: threading.Event = field(default_factory=threading.Event)
    log: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Given:
        self.log.append(asked)
        fault = self.faults.take(asked.method, asked.path)
        if fault and fault.kind is Kind.UNREACHABLE:
            raise NoAnswerError
        if fault and fault.kind is Kind.SLOW:
            self.ending.wait(fault.seconds)
        try:
            world = self._world_of(asked)
            version = asked.headers.get("Stripe-Version") or world.default_version or CURRENT
            check_version(version)
            given = self._once(world, asked, version, fault)
        except StripeError as refused:
            given = _given(refused.status, refused.body, asked, {})
        if fault and fault.kind in {Kind.LOST_ANSWER, Kind.HANGS_AFTER}:
            self.ending.wait(fault.seconds)
            raise NoAnswerError
        return given

    def _world_of(self, asked: Asked) -> World:
        scheme, _space, key = asked.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not key:
            raise StripeError("You did not provide an API key.", status=401, is_validation=True)
        if key not in self.worlds:
            raise StripeError(f"Invalid API Key provided: {key[:8]}****{key[-4:]}", status=401, is_validation=True)
        return self.worlds[key]

    def _once(self, world: World, asked: Asked, version: str, fault: Fault | None) -> Given:
        """Only a POST has a key that counts: the other methods are idempotent by themselves."""
        key = asked.headers.get("Idempotency-Key") if asked.method == "POST" else None
        account = f"{world.account}-{world.livemode}"
        if key:
            before = self.keys.begin(account, key, (asked.method, asked.path, asked.encoded))
            if before:
                more = {"Idempotent-Replayed": "true", "Original-Request": before.request_id}
                return Given(before.status, before.body, _headers(asked, version, before.status, more))
        try:
            status, body, is_kept = self._run(world, asked, version, key, fault)
        except BaseException:
            self.keys.forget(account, key or "")
            raise
        given = _given(status, body, asked, {"Stripe-Version": version}, is_kept=is_kept)
        if key and is_kept:
            self.keys.finish(account, key, Answer(status, given.body, asked.id))
        elif key:
            self.keys.forget(account, key)
        return given

    def _run(
        self, world: World, asked: Asked, version: str, key: str | None, fault: Fault | None
    ) -> tuple[int, Json, bool]:
        """Status, body, and whether the answer is kept for the key."""
        if fault and fault.kind is Kind.ERROR_BEFORE:
            return fault.status, _broken(), fault.is_kept
        try:
            body = self._do(world, asked, version, key)
        except StripeError as refused:
            return refused.status, refused.body, not refused.is_validation
        if fault and fault.kind is Kind.ERROR_AFTER:
            return fault.status, _broken(), True
        return 200, body, True

    def _do(self, world: World, asked: Asked, version: str, key: str | None) -> Json:
        route, thing_id = _route_of(asked)
        params = form.decode(asked.encoded)
        parameters.check(params, route.takes)
        with world.lock:
            world.request = Request(asked.id, key)
            try:
                call = Call(world, params, version, self.base_url, asked.path, thing_id)
                body = drawn(call, route.answer(call))
                expand(world, body, params.get("expand") or [], version)
                return body
            finally:
                world.request = Request()


def _route_of(asked: Asked) -> tuple[Route, str]:
    for route in ROUTES:
        found = route.match(asked.method, asked.path)
        if found:
            return route, found.groupdict().get("id", "")
    raise StripeError(f"Unrecognized request URL ({asked.method}: {asked.path}).", status=404, is_validation=True)


def _broken() -> Json:
    return {"error": {"type": "api_error", "message": "An unknown error occurred"}}


def _given(status: int, body: Json, asked: Asked, more: dict[str, str], *, is_kept: bool = True) -> Given:
    if "error" in body:
        body = {"error": {**body["error"], "request_log_url": f"https://dashboard.stripe.com/logs/{asked.id}"}}
    encoded = json.dumps(body, indent=2).encode()
    return Given(status, encoded, _headers(asked, more.pop("Stripe-Version", CURRENT), status, more, is_kept=is_kept))


def _headers(asked: Asked, version: str, status: int, more: dict[str, str], *, is_kept: bool = True) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Request-Id": asked.id, "Stripe-Version": version, **more}
    if status >= 500:
        # Trying again would only bring the kept answer (the SDK's own comment in _http_client.py says the same).
        headers["Stripe-Should-Retry"] = "false" if is_kept else "true"
    key = asked.headers.get("Idempotency-Key")
    return headers | ({"Idempotency-Key": key} if key else {})
