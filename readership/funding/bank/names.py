"""Pure: whether two names may be one person's, as banks and people write them."""

from __future__ import annotations

import re
import unicodedata

# As banks without umlauts write them.
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
NOBODY = {
    "herr", "frau", "mr", "mrs", "ms", "mme", "dr", "prof", "und", "and", "or", "oder", "et", "ou", "the", "der", "die",
    "das", "van", "von", "de", "del", "family", "familie",
}  # fmt: skip
SHORTEST = 2


def names_agree(one: str, other: str) -> bool | None:
    """They share a word that is a name. None when one of them is empty: then nobody can say."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return None
    return not first.isdisjoint(second)


def _words(name: str) -> set[str]:
    lower = unicodedata.normalize("NFC", name).casefold()
    found = set()
    for spelling in (lower, lower.translate(DIGRAPHS)):
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", spelling) if not unicodedata.combining(letter)
        )
        found |= {word for word in re.findall(r"\w+", plain) if len(word) >= SHORTEST and word not in NOBODY}
    return found
