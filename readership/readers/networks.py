"""Where a guest writes from: a keyed hash that nobody can trace back after two days, never an address (L05, L06)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from readership.readers.models import NetworkKey

DAYS_KEPT = 2
# The key that was asked for last, and no other: it must not outlive its row by much.
_in_hand: dict[date, bytes] = {}


def network_hash(address: str, *, purpose: str, at: datetime) -> str:
    """A hash of the network of `address` (see lib.client_address) that differs by purpose and by day.

    `purpose` names what may be compared, e.g. "comment" or "vote-7": hashes of two purposes cannot be joined.
    """
    message = f"{purpose}\n{address}".encode()
    return hmac.new(key_of_day(at.date()), message, hashlib.sha256).hexdigest()


def key_of_day(day: date) -> bytes:
    known = _in_hand.get(day)
    if known is None:
        known = bytes((NetworkKey.objects.filter(day=day).first() or _make_key(day)).secret)
        # A key that a surrounding transaction may yet roll back would be this process's alone.
        if not connection.in_atomic_block:
            _in_hand.clear()
            _in_hand[day] = known
    return known


def _make_key(day: date) -> NetworkKey:
    try:
        with transaction.atomic():
            return NetworkKey.objects.create(day=day, secret=secrets.token_bytes(32))
    except IntegrityError:  # Somebody else made it a moment ago.
        return NetworkKey.objects.get(day=day)


def forget_old_keys(*, today: date) -> int:
    """Destroy keys older than two days. Returns how many."""
    return NetworkKey.objects.filter(day__lt=today - timedelta(days=DAYS_KEPT)).delete()[0]
