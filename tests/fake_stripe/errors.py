"""Refusals in Stripe's JSON: {"error": {"type", "code", "message", "param", …}}."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class StripeError(Exception):
    """`is_validation`: refused before anything ran, so Stripe keeps no answer for the idempotency key."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        is_validation: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_validation = is_validation
        self.body: Json = {"error": {"type": kind, "message": message, **more}}


def missing(name: str) -> StripeError:
    return StripeError(f"Missing required param: {name}.", code="parameter_missing", param=name, is_validation=True)


def unknown(name: str) -> StripeError:
    return StripeError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name, is_validation=True)


def invalid(name: str, message: str, *, code: str | None = None) -> StripeError:
    more: Json = {"code": code} if code else {}
    return StripeError(message, param=name, is_validation=True, **more)


def no_such(kind: str, thing_id: str, *, param: str = "id", status: int = 404) -> StripeError:
    """404 when the address names it, 400 when a parameter does."""
    return StripeError(f"No such {kind}: '{thing_id}'", status=status, code="resource_missing", param=param)


def not_here(name: str) -> StripeError:
    """Not Stripe's: it would do this. Better a refusal than a test that believes it was done."""
    return StripeError(f"The fake Stripe does not do {name}.", status=501, kind="api_error", is_validation=True)


def declined(code: str, *, charge: str, payment_intent: Json | None = None) -> StripeError:
    more: Json = {"charge": charge, "decline_code": code}
    if payment_intent:
        more["payment_intent"] = payment_intent
    return StripeError("Your card was declined.", status=402, kind="card_error", code="card_declined", **more)
