"""Pure: whether the account that a file names is ours. Files name it as IBAN, as IBAN and currency, or in the
bank's own numbers, which every IBAN contains."""

from __future__ import annotations

import re

from readership.funding.transfers.iban import LENGTH_OF, compact, is_iban

SHORTEST = 5  # figures that name an account


def is_same_account(named: str, *, iban: str, other_number: str) -> bool:
    told = compact(named)
    begins_as_iban = told[: LENGTH_OF.get(told[:2], 0)]
    if begins_as_iban and is_iban(begins_as_iban):
        return begins_as_iban == iban
    numbers = [number.lstrip("0") for number in re.findall(r"[0-9]+", re.sub(r"(?<=[0-9])[ .\-](?=[0-9])", "", named))]
    ours = re.sub(r"[^0-9]", "", iban[2:] + other_number)
    return sum(map(len, numbers)) >= SHORTEST and all(number in ours for number in numbers)


def last_four(number: str) -> str:
    return compact(number)[-4:]
