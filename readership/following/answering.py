"""The owner of an address answers: yes, no, or that it was somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from readership.following.models import Follow
from readership.readers.address_links import Purpose, claim_of
from readership.readers.addresses import (
    confirm_address,
    end_old_links,
    give_address_to_reader,
    stop_address,
)
from readership.readers.confirming import verify_guest
from readership.readers.models import MailAddress, StopReason
from readership.readers.speaking import Speaker

MOST = 20


@dataclass(frozen=True)
class Question:
    """What a genuine link asks: all that was asked for at the same place with the same address.

    `guest_id`: the device that it was asked from.
    """

    address: MailAddress
    follows: tuple[Follow, ...]
    guest_id: int

    @property
    def is_answered(self) -> bool:
        return all(follow.confirmed_at for follow in self.follows)


def question_of(token: str) -> Question | None:
    """None when the link is no good, or nothing of it is left: it was stopped, or refused."""
    claim = claim_of(Purpose.CONFIRM, token)
    if claim is None or len(claim.about) != 2:  # noqa: PLR2004  the follow, and the device
        return None
    first = Follow.objects.filter(pk=claim.about[0], address=claim.address).first()
    if first is None:
        return None
    together = Follow.objects.pending().filter(address=claim.address, about=first.about).exclude(pk=first.pk)
    follows = (first, *together.order_by("pk")[:MOST]) if first.confirmed_at is None else (first,)
    return Question(claim.address, follows, claim.about[1])


@transaction.atomic
def say_yes(question: Question, *, speaker: Speaker, now: datetime) -> None:
    """The second time changes nothing. Answered on the device that asked, the device is known to be the owner's.

    Somebody signed in with the same address has now shown that it is theirs.
    """
    if question.is_answered:
        return
    address = question.address
    confirm_address(address, now=now)
    Follow.objects.pending().filter(pk__in=[follow.pk for follow in question.follows]).update(confirmed_at=now)
    guest, reader = speaker.guest, speaker.reader
    if guest and guest.pk == question.guest_id and guest.address_id is None:
        verify_guest(guest, address, now=now)
    if reader and reader.email == address.address and address.reader_id is None:
        give_address_to_reader(address, reader, now=now)


def refusing(token: str) -> MailAddress | None:
    claim = claim_of(Purpose.NOT_ME, token)
    return claim.address if claim else None


@transaction.atomic
def say_it_was_not_me(address: MailAddress, *, now: datetime) -> None:
    """Nothing is sent there any more, whoever types it. What was asked for is forgotten, and every link is over."""
    Follow.objects.pending().filter(address=address).delete()
    stop_address(address, because=StopReason.REFUSED, now=now)
    end_old_links(address)
