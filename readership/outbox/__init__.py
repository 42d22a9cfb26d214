"""Work that must not be lost: `put(kind, key=…, payload=…)` in a transaction; `@handles(kind)` does it."""

from readership.outbox.putting import put
from readership.outbox.registry import handles

__all__ = ["handles", "put"]
