"""A proof that a browser took trouble, or that somebody waited: asked for only while unusually many gifts begin.

Thieves try out stolen cards with small gifts, by the thousand (attack K17). The puzzle is ALTCHA's: find the number
that gives a hash. It is ours from end to end, so no third party sees who gives. Without JavaScript one waits instead.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from readership.funding.errors import FundingError
from readership.lib.rate_limit import allow

MOST = 60_000  # about a second of a telephone's time
LASTS = timedelta(hours=1)
WAIT = 20  # seconds, for those whose browser runs no script
ONCE = ((1, int(LASTS.total_seconds())),)


@dataclass(frozen=True)
class Question:
    """What the page hands to the browser. `ticket` is worth something once WAIT seconds are over."""

    challenge: str
    salt: str
    signature: str
    most: int
    ticket: str
    wait: int


class ProofWanted(FundingError):
    """Not a mistake of the giver's: the page comes back with a question, and answers it by itself."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question


def is_storm() -> bool:
    """Whether more gifts are begun than on a very good day. Counts one."""
    return not allow("gifts in calm", limits=settings.GIFT_STORM).is_allowed


def ask(now: datetime) -> Question:
    options = ChallengeOptions(algorithm="SHA-256", max_number=MOST, hmac_key=_key(), expires=now + LASTS)
    made = create_challenge(options)
    return Question(
        challenge=made.challenge,
        salt=made.salt,
        signature=made.signature,
        most=MOST,
        ticket=_signer().sign(f"{int(now.timestamp())}.{made.signature[:16]}"),
        wait=WAIT,
    )


def is_proof(sent: str, *, now: datetime) -> bool:
    """Whether `sent` is a number that was found, or a ticket that has waited. Each is worth one gift."""
    is_good = _is_solved(sent) if sent.startswith("{") else _has_waited(sent, now)
    return is_good and allow(f"proof:{sent[-80:]}", limits=ONCE).is_allowed


def _is_solved(sent: str) -> bool:
    try:
        payload = json.loads(sent)
        is_solved, _why = verify_solution(payload, _key(), check_expires=True)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(is_solved)


def _has_waited(sent: str, now: datetime) -> bool:
    try:
        asked_at = int(_signer().unsign(sent).partition(".")[0])
    except (BadSignature, ValueError):
        return False
    return WAIT <= now.timestamp() - asked_at <= LASTS.total_seconds()


def _key() -> str:
    return salted_hmac("funding.proving", "challenge", algorithm="sha256").hexdigest()


def _signer() -> Signer:
    return Signer(salt="funding.proving")
