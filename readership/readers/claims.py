"""What somebody did before they had an account becomes theirs: each app above registers what it keeps of guests.

    @claims("comments")
    class ClaimComments:
        def count(self, claim: Claim) -> int: …
        def take(self, claim: Claim) -> int: …

Whose it is has been proved before: by the device that is at hand, or by an address whose owner confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from readership.readers.models import Guest, MailAddress, Reader


@dataclass(frozen=True)
class Claim:
    """For `reader`, or else for the verified `guest`: what `devices` wrote and what came from `address`.

    `devices` are guests that are known to be the same person.
    """

    devices: tuple[Guest, ...]
    address: MailAddress | None
    reader: Reader | None = None
    guest: Guest | None = None


class Claimable(Protocol):
    def count(self, claim: Claim) -> int:
        """How much there is to take; one query."""

    def take(self, claim: Claim, *, now: datetime) -> int:
        """Make it theirs. Returns how much it was; the second time nothing."""


_claimables: dict[str, Claimable] = {}


def claims(kind: str) -> Callable[[type[Claimable]], type[Claimable]]:
    """`kind` in one plural word: "comments", "gifts"."""

    def register(claimable: type[Claimable]) -> type[Claimable]:
        _claimables[kind] = claimable()
        return claimable

    return register


def counts(claim: Claim) -> dict[str, int]:
    """By kind, what there is to take; kinds of which there is nothing are left out."""
    found = {kind: claimable.count(claim) for kind, claimable in _claimables.items()}
    return {kind: count for kind, count in found.items() if count}


@transaction.atomic
def take(claim: Claim, *, now: datetime) -> dict[str, int]:
    """By kind, how much was taken."""
    return {kind: claimable.take(claim, now=now) for kind, claimable in _claimables.items()}
