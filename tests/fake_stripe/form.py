"""Stripe's way of writing nested values in a form: `line_items[0][price_data][currency]=eur`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_stripe.errors import Json, invalid, missing

MOST_KEYS, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500
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
    given = params.get("metadata") or {}
    for name, value in given.items():
        _check_metadata(name, value)
    merged = {name: value for name, value in {**(before or {}), **given}.items() if value != ""}
    if len(merged) > MOST_KEYS:
        raise invalid("metadata", f"You can specify at most {MOST_KEYS} keys of metadata.")
    return merged


def _check_metadata(name: str, value: object) -> None:
    """docs.stripe.com/api/metadata: 50 keys of 40 characters, values of 500."""
    if not isinstance(value, str):
        raise invalid(f"metadata[{name}]", "Metadata values must be strings.")
    if len(name) > LONGEST_KEY:
        raise invalid(
            "metadata", f"Metadata keys can have up to {LONGEST_KEY} characters, but you passed in one of {len(name)}."
        )
    if len(value) > LONGEST_VALUE:
        raise invalid(
            f"metadata[{name}]",
            f"Metadata values can have up to {LONGEST_VALUE} characters, but you passed in a value that is {len(value)} characters.",
        )


def email(params: Json, name: str) -> str | None:
    given = text(params, name)
    if given and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given):
        raise invalid(name, f"Invalid email address: {given}", code="email_invalid")
    return given
