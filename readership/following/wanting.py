"""What somebody wants to follow: a kind and a number, as in a form, `thread-7`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readership.following.models import Kind
from readership.following.registry import Subject, subject_of

# What a form may ask for. Replies to all one's comments are chosen where one comments, or on the own page.
OFFERED = frozenset({Kind.THREAD, Kind.COMMENT, Kind.AUTHOR, Kind.TOPIC})
WANT = re.compile(r"([a-z]{1,12})-([1-9][0-9]{0,17})")
MOST = 12


@dataclass(frozen=True)
class Want:
    kind: Kind
    target_id: int

    def __str__(self) -> str:
        return f"{self.kind.value}-{self.target_id}"


@dataclass(frozen=True)
class Choice:
    """One line of a form."""

    value: str
    label: str
    is_chosen: bool = False


def read_wants(given: Iterable[str]) -> list[Want]:
    """The well-formed ones among what a form sent, each once."""
    found = [match for text in list(given)[:MOST] if (match := WANT.fullmatch(text))]
    wants = [Want(Kind(kind), int(number)) for kind, number in map(_parts, found) if kind in OFFERED]
    return list(dict.fromkeys(wants))


def _parts(match: re.Match[str]) -> tuple[str, str]:
    return match[1], match[2]


def followable(wants: Sequence[Want]) -> list[tuple[Want, Subject]]:
    """Those that everybody may follow now."""
    found = [(want, subject_of(want.kind, want.target_id)) for want in wants]
    return [(want, subject) for want, subject in found if subject is not None]
