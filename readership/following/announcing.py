"""News becomes a notice for each who follows: put into the outbox with the thing itself, spread out after commit.

Followers are gone through in batches, in the order of their numbers, so that fifty thousand need no more memory than
one batch. Killed anywhere, it begins anew: a notice that is there already is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from readership import outbox
from readership.following.collecting import collect
from readership.following.models import Follow, Kind, Mailing, Muted, Notice, PushSubscription
from readership.following.pacing import BETWEEN_MAILS, after_quiet, due_at
from readership.following.wishes import wishes_of
from readership.outbox.registry import handles
from readership.readers.models import MailAddress
from readership.readers.speaking import NOBODY, Speaker

BATCH = 1_000
Target = tuple[Kind, int]


def announce(
    *,
    news: str,
    item_id: int,
    about: str,
    targets: Sequence[Target],
    now: datetime,
    by: Speaker = NOBODY,
    email: str = "",
) -> bool:
    """In the transaction of the thing itself. One query while nobody follows; True when somebody does.

    Of several `targets` that one address follows, the first is why it is told. Whoever did it is not told: `by`, and
    the address `email` they gave.
    """
    if not targets or not Follow.objects.confirmed().filter(_any_of(targets)).exists():
        return False
    payload = {
        "news": news,
        "item_id": item_id,
        "about": about,
        "targets": [[kind.value, target_id] for kind, target_id in targets],
        "left_out": list(addresses_of(by, email).values_list("pk", flat=True)),
        "at": now.isoformat(),
    }
    outbox.put("news", key=f"{news}-{item_id}", payload=payload)
    return True


def _any_of(targets: Sequence[Target]) -> Q:
    found = Q()
    for kind, target_id in targets:
        found |= Q(kind=kind, target_id=target_id)
    return found


def addresses_of(speaker: Speaker, email: str = "") -> QuerySet[MailAddress]:
    """Whatever is theirs, as far as we know: of the account, of the device, and what they typed."""
    theirs = Q(address=email.strip().lower())
    if speaker.reader:
        theirs |= Q(reader=speaker.reader)
    if speaker.guest and speaker.guest.address_id:
        theirs |= Q(pk=speaker.guest.address_id)
    return MailAddress.objects.filter(theirs)


@handles("news")
def spread(payload: dict[str, Any]) -> None:
    """Make the notices, and mails of those that are due at once."""
    at = parse_datetime(payload["at"]) or timezone.now()
    now = timezone.now()
    for kind, target_id in payload["targets"]:
        for followers in _followers(kind, target_id, payload, at):
            _note(followers, payload, now=now)
    collect(now=now)


def _followers(kind: str, target_id: int, payload: dict[str, Any], at: datetime) -> Iterator[list[Follow]]:
    """Those who followed when it happened, and still do; a batch at a time."""
    after = 0
    following = (
        Follow.objects.filter(kind=kind, target_id=target_id, confirmed_at__lte=at, address__stopped_at=None)
        .exclude(address__in=payload["left_out"])
        .exclude(address__in=Muted.objects.filter(about=payload["about"]).values("address"))
        .select_related("address")
        .order_by("pk")
    )
    while batch := list(following.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].pk


def _note(followers: list[Follow], payload: dict[str, Any], *, now: datetime) -> None:
    lately = _last_mails([follow.address_id for follow in followers], payload["about"], now)
    Notice.objects.bulk_create(
        [
            Notice(
                address_id=follow.address_id,
                news=payload["news"],
                item_id=payload["item_id"],
                about=payload["about"],
                follow=follow,
                created_at=now,
                due_at=due_at(wishes_of(follow.address), now=now, last_mail_at=lately.get(follow.address_id)),
            )
            for follow in followers
        ],
        ignore_conflicts=True,
    )
    _push(followers, payload, now=now)


def _push(followers: list[Follow], payload: dict[str, Any], *, now: datetime) -> None:
    """To browsers at once, but in quiet hours, in which they would wake somebody. Known by its key, so once."""
    found = PushSubscription.objects.filter(address__in=[follow.address_id for follow in followers])
    told = {name: payload[name] for name in ("news", "item_id", "about")}
    for subscription in found.select_related("address"):
        if after_quiet(wishes_of(subscription.address), now) == now:
            key = f"{subscription.pk}-{told['news']}-{told['item_id']}"
            outbox.put("push", key=key, payload={"subscription": subscription.pk, **told})


def _last_mails(address_ids: list[int], about: str, now: datetime) -> dict[int, datetime]:
    recent = Mailing.objects.not_dropped().filter(
        address__in=address_ids, about=about, created_at__gt=now - BETWEEN_MAILS
    )
    return dict(recent.order_by().values_list("address_id").annotate(last=Max("created_at")))
