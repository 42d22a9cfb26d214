"""To stop: one follow, all of them, or all talk of one thread. Each works at once, also for mail that waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from readership.following.models import Follow, Muted, Notice
from readership.readers.address_links import Purpose, claim_of
from readership.readers.models import MailAddress

NOT_SENT = Q(mailing=None) | Q(mailing__sent_at=None)


@dataclass(frozen=True)
class Stop:
    """What a genuine link stops: these follows, or everything where it names none."""

    address: MailAddress
    follow_ids: tuple[int, ...]

    def follows(self) -> list[Follow]:
        mine = Follow.objects.filter(address=self.address).order_by("pk")
        return list(mine.filter(pk__in=self.follow_ids) if self.follow_ids else mine)


def stop_of(token: str) -> Stop | None:
    claim = claim_of(Purpose.STOP, token)
    return Stop(claim.address, claim.about) if claim else None


@transaction.atomic
def stop_follows(address: MailAddress, follow_ids: Collection[int]) -> int:
    """Returns how many there were. What waits to be told because of them is not told."""
    follows = Follow.objects.filter(address=address, pk__in=follow_ids)
    Notice.objects.filter(NOT_SENT, address=address, follow__in=follows).delete()
    return follows.delete()[1].get("following.Follow", 0)


@transaction.atomic
def stop_everything(address: MailAddress) -> None:
    Notice.objects.filter(NOT_SENT, address=address).delete()
    Follow.objects.filter(address=address).delete()


@transaction.atomic
def mute(address: MailAddress, about: str, *, now: datetime) -> None:
    """Hear nothing of this thread any more, not even replies, until one follows it anew."""
    Muted.objects.get_or_create(address=address, about=about, defaults={"muted_at": now})
    Notice.objects.filter(NOT_SENT, address=address, about=about).delete()
