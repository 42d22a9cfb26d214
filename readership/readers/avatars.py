"""The small picture beside what a reader writes: drawn from a random seed, or one of their own (attack L03).

Nothing in it comes from the address, so nothing about the address can be guessed from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.storage import default_storage

from readership.readers.models import Reader

# Five rows of five, the right half a mirror of the left: faces and masks are easier to know again than noise.
SIDE, HALF = 5, 3
INKS = 8


@dataclass(frozen=True)
class Avatar:
    """Either `url` of an own picture, or a drawing: the `path` of its squares in a box of 5 by 5, in ink 0 to 7."""

    path: str = ""
    ink: int = 0
    url: str = ""


def avatar_of(reader: Reader) -> Avatar:
    if reader.avatar_name:
        return Avatar(url=default_storage.url(avatar_path(reader.avatar_name)))
    return drawn_from(reader.avatar_seed)


def avatar_path(name: str) -> str:
    return f"avatars/{name[:2]}/{name}.webp"


@lru_cache(maxsize=4_096)
def drawn_from(seed: str) -> Avatar:
    bits = hashlib.sha256(seed.encode()).digest()
    squares = []
    for row in range(SIDE):
        for column in range(HALF):
            if bits[row * HALF + column] & 1:
                squares += [(column, row)] if column == HALF - 1 else [(column, row), (SIDE - 1 - column, row)]
    path = "".join(f"M{column} {row}h1v1h-1z" for column, row in sorted(squares, key=lambda one: (one[1], one[0])))
    return Avatar(path=path or "M2 2h1v1h-1z", ink=bits[-1] % INKS)
