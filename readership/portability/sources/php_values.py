"""Pure: values that PHP's `serialize()` wrote, of which only flat ones are read.

Objects, references and nested arrays are refused: old sites keep counts and lists of numbers this way, and
whatever else stands there was not meant for us.
"""

from __future__ import annotations

import re

PhpScalar = int | float | bool | str | None

MAX_BYTES = 100_000
MAX_ITEMS = 10_000
SCALAR = re.compile(rb"(?:i:(-?\d{1,19})|d:(-?\d{1,19}(?:\.\d{1,19})?(?:E[+-]?\d{1,3})?)|b:([01])|(N));")
STRING = re.compile(rb's:(\d{1,6}):"')
ARRAY = re.compile(rb"a:(\d{1,6}):\{")


class NotAFlatValue(ValueError):
    """The text is no serialised value, or one deeper than this reader goes."""


def read(text: str) -> PhpScalar | dict[int | str, PhpScalar]:
    """The value `text` holds. Raises NotAFlatValue for everything that is not one flat value from end to end."""
    source = text.strip().encode("utf-8", "surrogatepass")
    if len(source) > MAX_BYTES:
        raise NotAFlatValue("too long")
    array = ARRAY.match(source)
    if array is None:
        value, end = _scalar(source, 0)
        _must_end(source, end)
        return value
    return _array(source, count=int(array[1]), start=array.end())


def counts(text: str) -> dict[str, int]:
    """The whole numbers of a serialised array by name; empty when `text` is anything else."""
    try:
        value = read(text)
    except NotAFlatValue:
        return {}
    if not isinstance(value, dict):
        return {}
    return {str(key): number for key, found in value.items() if (number := _whole(found)) is not None}


def _whole(value: PhpScalar) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _array(source: bytes, *, count: int, start: int) -> dict[int | str, PhpScalar]:
    if count > MAX_ITEMS:
        raise NotAFlatValue("too many items")
    items: dict[int | str, PhpScalar] = {}
    at = start
    for _turn in range(count):
        key, at = _scalar(source, at)
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise NotAFlatValue("a key that is neither a number nor text")
        items[key], at = _scalar(source, at)
    if source[at : at + 1] != b"}":
        raise NotAFlatValue("an array that does not end where it says")
    _must_end(source, at + 1)
    return items


def _scalar(source: bytes, at: int) -> tuple[PhpScalar, int]:
    text = STRING.match(source, at)
    if text is not None:
        return _string(source, length=int(text[1]), start=text.end())
    found = SCALAR.match(source, at)
    if found is None:
        raise NotAFlatValue(f"nothing flat at byte {at}")
    whole, real, truth, _nothing = found.groups()
    value: PhpScalar = None
    if whole is not None:
        value = int(whole)
    elif real is not None:
        value = float(real)
    elif truth is not None:
        value = truth == b"1"
    return value, found.end()


def _string(source: bytes, *, length: int, start: int) -> tuple[str, int]:
    """PHP counts bytes, not characters."""
    end = start + length
    if source[end : end + 2] != b'";':
        raise NotAFlatValue("text that is not as long as it says")
    try:
        return source[start:end].decode(), end + 2
    except UnicodeDecodeError as error:
        raise NotAFlatValue("text that is not UTF-8") from error


def _must_end(source: bytes, at: int) -> None:
    if at != len(source):
        raise NotAFlatValue("something follows the value")
