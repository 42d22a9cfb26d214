"""Every field that the SDK's generated class declares as nullable, as null: so no field is forgotten."""

from __future__ import annotations

from typing import Any, get_args

from tests.fake_stripe.errors import Json


def nulls(shape: type[Any], *, without: tuple[str, ...] = ()) -> Json:
    """`without`: fields that Stripe leaves out until they are asked for or mean something."""
    return {
        name: None
        for name, kind in shape.__annotations__.items()
        if type(None) in get_args(kind) and name not in {"deleted", *without}
    }
