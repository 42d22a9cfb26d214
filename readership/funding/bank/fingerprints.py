"""By what the same line is known again in another file, and the same remitter on another line (attacks K14, K20).

What a fingerprint covers, and how it is written, stays as it is for ever: changed, every line would count anew.
"""

from __future__ import annotations

import json
from hashlib import sha256

from django.utils.crypto import salted_hmac

from readership.funding.bank.records import StatementLine
from readership.funding.transfers.iban import compact

REMITTER = "funding.bank.remitter"


def line_key(account: str, line: StatementLine) -> bytes:
    """The same for lines that nothing in the file tells apart. `account` is its IBAN or other number."""
    facts = [account, line.booked_on.isoformat(), line.amount_minor, line.currency, sorted(line.references.items())]
    return sha256(json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode()).digest()


def fingerprint(key: bytes, number: int) -> str:
    """`number` counts from 1 among the lines of one statement that have this key: two equal gifts are two."""
    return sha256(key + b"/%d" % number).hexdigest()


def remitter_hash(number: str) -> str:
    """Keyed, so that nobody finds an account by trying all numbers. A new secret key forgets all remitters."""
    return salted_hmac(REMITTER, compact(number), algorithm="sha256").hexdigest() if number else ""
