"""Pure: what a transfer is known by. Each gift's reference, as the RF creditor reference of ISO 11649.

RF, two check digits, then the gift's own ten characters: the number behind it, letters counted from A = 10, leaves
1 when divided by 97. Banks carry it in a field of its own; people copy it into any field they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LENGTH = 10  # of a gift's reference: models.gift.REFERENCE_LENGTH
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What hands and eyes make of Crockford's figures. No reference holds these letters, so nothing is lost.
MISREAD = str.maketrans("OIL", "011")
APART = re.compile(r"[^0-9A-Z]+")
# Between its groups, people and banks put spaces, dots, dashes, and line ends.
MARKED = re.compile(r"R[^0-9A-Z]*F[^0-9A-Z]*((?:[0-9OIL][^0-9A-Z]*){2}(?:[0-9A-Z][^0-9A-Z]*){10})")
MOST_WORDS = 60
MOST_FOUND = 20


def creditor_reference(reference: str) -> str:
    """`reference` with its check digits: "ABCDE12345" becomes "RF45ABCDE12345"."""
    return f"RF{_check_digits(reference)}{reference}"


def in_groups(text: str) -> str:
    """In fours, as an IBAN or a creditor reference is printed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def is_creditor_reference(text: str) -> bool:
    return bool(re.fullmatch(r"RF[0-9]{2}[0-9A-Z]{1,21}", text)) and _remainder(text[4:] + text[:4]) == 1


def marked_references(text: str) -> list[str]:
    """Gifts' references that stand in `text` behind RF and check digits that fit, without doubles."""
    found: dict[str, None] = {}
    text = text.upper()
    start = text.find("R")
    while start >= 0 and len(found) < MOST_FOUND:
        if match := MARKED.match(text, start):
            digits = APART.sub("", match[1]).translate(MISREAD)
            if _is_ours(digits[2:]) and _check_digits(digits[2:]) == digits[:2]:
                found[digits[2:]] = None
        start = text.find("R", start + 1)
    return list(found)


def bare_references(text: str) -> list[str]:
    """What may be a gift's reference without check digits: a word of ten of its letters, or two or three beside
    each other that make ten. Most are ordinary words; only a gift that exists tells."""
    words = [word.translate(MISREAD) for word in APART.split(text.upper()) if word][:MOST_WORDS]
    found = dict.fromkeys(joined for joined in _joined(words) if _is_ours(joined))
    return list(found)[:MOST_FOUND]


def _joined(words: list[str]) -> Iterator[str]:
    for at in range(len(words)):
        for count in (1, 2, 3):
            joined = "".join(words[at : at + count])
            if len(joined) == LENGTH:
                yield joined


def _is_ours(text: str) -> bool:
    return len(text) == LENGTH and all(letter in LETTERS for letter in text)


def _check_digits(reference: str) -> str:
    return f"{98 - _remainder(f'{reference}RF00'):02}"


def _remainder(text: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
