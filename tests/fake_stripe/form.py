"""Stripe's way of writing nested values in a form: `line_items[0][price_data][currency]=eur`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_stripe.errors import Json, invalid, missing

PART = re.compile(r"\[([^\]]*)\]")


def decode(encoded: str) -> Json:
    decoded: Json = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        first, bracket, _rest = name.partition("[")
        parts = [first, *(PART.findall(name[len(first) :]) if bracket else [])]
        _put(decoded, parts, value)
    return {name: _listed(value) for name, value in decoded.items()}


def _put(node: Json, parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        node = node.setdefault(part or str(len(node)), {})
    node[parts[-1] or str(len(node))] = value


def _listed(value: Any) -> Any:
    """{"0": a, "1": b} is a list; metadata with keys of other kinds stays as it is."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(each) for name, each in value.items()}
    is_list = bool(inner) and all(name.isdigit() for name in inner)
    return [inner[name] for name in sorted(inner, key=int)] if is_list else inner


def text(params: Json, name: str) -> str | None:
    """An empty text unsets a value, as Stripe says of most parameters."""
    return str(params[name]) if params.get(name) not in {None, ""} else None


def needed(params: Json, name: str, *, within: str = "") -> str:
    value = text(params, name)
    if value is None:
        raise missing(f"{within}[{name}]" if within else name)
    return value


def integer(params: Json, name: str, *, within: str = "") -> int | None:
    value = text(params, name)
    if value is None:
        return None
    if not re.fullmatch(r"-?\d+", value, re.ASCII):
        full = f"{within}[{name}]" if within else name
        raise invalid(full, f"Invalid integer: {value}", code="parameter_invalid_integer")
    return int(value)


def needed_integer(params: Json, name: str, *, within: str = "") -> int:
    value = integer(params, name, within=within)
    if value is None:
        raise missing(f"{within}[{name}]" if within else name)
    return value


def flag(params: Json, name: str) -> bool | None:
    value = text(params, name)
    if value is None:
        return None
    if value not in {"true", "false"}:
        raise invalid(name, f"Invalid boolean: {value}", code="parameter_invalid_boolean")
    return value == "true"


def metadata(params: Json, before: dict[str, str] | None = None) -> dict[str, str]:
    """Given keys are merged; an empty value takes its key away; `metadata=""` takes all away."""
    if params.get("metadata") == "":
        return {}
    merged = {**(before or {}), **params.get("metadata", {})}
    return {name: str(value) for name, value in merged.items() if value != ""}
