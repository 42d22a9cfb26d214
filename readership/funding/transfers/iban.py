"""Pure: numbers of bank accounts, checked as ISO 13616 says, with each country's length from SWIFT's registry."""

from __future__ import annotations

import re

LENGTHS = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
LENGTH_OF = {country: length for length, countries in LENGTHS.items() for country in countries.split()}
SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
BEGINS = re.compile(r"[A-Za-z]{2}[0-9]{2}")
APART = " .-"  # between the groups of one that stands in a text
BETWEEN = re.compile(r"[\s.\-]+")


def compact(text: str) -> str:
    """Without spaces and in capitals, as banks store it."""
    return BETWEEN.sub("", text).upper()


def is_iban(text: str) -> bool:
    """`text` as `compact` gives it."""
    if not SHAPE.fullmatch(text) or len(text) != LENGTH_OF.get(text[:2]):
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def is_bic(text: str) -> bool:
    return bool(BIC.fullmatch(text))


def without_ibans(text: str) -> str:
    """`text` with the last four characters only of every IBAN in it, however it is grouped (attack K20)."""
    told, done, at = [], 0, 0
    while match := BEGINS.search(text, at):
        end = _end_of_iban(text, match.start())
        at = end or match.start() + 1
        if end:
            told += [text[done : match.start()], "…", compact(text[match.start() : end])[-4:]]
            done = end
    return "".join([*told, text[done:]])


def _end_of_iban(text: str, start: int) -> int:
    """Behind the one that begins at `start`, or 0: its country says how long it is, whatever stands after it."""
    length, found, at = LENGTH_OF.get(text[start : start + 2].upper(), 0), "", start
    while len(found) < length and at < len(text) and (text[at].isalnum() or text[at] in APART):
        found += text[at] if text[at].isalnum() else ""
        at += 1
    return at if is_iban(found.upper()) else 0


def in_groups_or_as_is(text: str) -> str:
    """An IBAN in fours, as it is printed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) if is_iban(text) else text
