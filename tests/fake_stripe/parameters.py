"""Which parameters Stripe takes: those that the SDK's own generated types name, all the way down.

A misspelt `product_date` is refused here as it is there, and not first in production.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from tests.fake_stripe.errors import Json, unknown

NAME = re.compile(r"[A-Za-z_]\w*")
# Keys of these are the caller's own.
FREE = {"metadata", "expand"}


def check(params: Json, shape: type[Any] | None, within: str = "") -> None:
    if shape is None:
        return
    kinds: dict[str, Any] = {}
    for each in reversed(shape.__mro__):
        kinds |= getattr(each, "__annotations__", {})
    for name, value in params.items():
        full = f"{within}[{name}]" if within else name
        if name not in kinds:
            raise unknown(full)
        if name not in FREE:
            _check_inside(value, _shapes_in(kinds[name], shape), full)


def _check_inside(value: Any, shapes: list[type[Any]], full: str) -> None:
    if isinstance(value, list):
        for place, each in enumerate(value):
            _check_inside(each, shapes, f"{full}[{place}]")
    elif isinstance(value, dict) and shapes:
        check(value, shapes[0], full)


def _shapes_in(kind: Any, shape: type[Any]) -> list[type[Any]]:
    """The nested TypedDicts that an annotation such as NotRequired["SessionCreateParamsLineItem"] names."""
    module = sys.modules[shape.__module__]
    found = [getattr(module, name, None) for name in NAME.findall(str(kind)) if "Params" in name]
    return [each for each in found if isinstance(each, type)]
