"""Addresses and follows for tests: each fills in what the test does not care about."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from readership.following.announcing import announce
from readership.following.models import Follow, Kind
from readership.outbox.pump import Pump
from readership.readers.models import Guest, MailAddress, Reader

_numbers = itertools.count(1)
HERE = {"sec-fetch-site": "same-origin"}


def make_address(address: str = "", *, is_confirmed: bool = True, **fields: Any) -> MailAddress:
    return MailAddress.objects.create(
        address=address or f"follower{next(_numbers)}@example.org",
        confirmed_at=timezone.now() if is_confirmed else None,
        **fields,
    )


def make_follow(
    address: MailAddress | None = None,
    *,
    kind: Kind = Kind.THREAD,
    target_id: int = 7,
    about: str = "",
    is_confirmed: bool = True,
    asked_at: datetime | None = None,
) -> Follow:
    long_ago = timezone.now() - timedelta(days=1)
    return Follow.objects.create(
        address=address or make_address(),
        kind=kind,
        target_id=target_id,
        about=about or f"{kind.value}-{target_id}",
        asked_at=asked_at or long_ago,
        confirmed_at=(asked_at or long_ago) if is_confirmed else None,
    )


def pump(*, later: timedelta = timedelta()) -> None:
    """Everything that is due, and what follows from it."""
    pumping = Pump(lambda: timezone.now() + later)
    while pumping.do_due():
        pass


@dataclass(frozen=True)
class Sent:
    subject: str
    body: str
    html: str
    whole: EmailMessage


def mails_to(address: str) -> list[Sent]:
    return [_sent(one) for one in mail.outbox if one.to == [address] and isinstance(one, EmailMultiAlternatives)]


def _sent(one: EmailMultiAlternatives) -> Sent:
    whole = message_from_bytes(one.message().as_bytes(), policy=policy.default)
    assert isinstance(whole, EmailMessage)
    return Sent(str(one.subject), str(one.body), str(one.alternatives[0][0]), whole)


def link_in(letter: Sent, page: str) -> str:
    """The path of the link to /follow/<page>/… in the text."""
    begin = f"/follow/{page}/"
    line = next(line for line in letter.body.split() if begin in line)
    return line[line.index(begin) :]


def browser_of(guest_secret: str = "", reader: Reader | None = None) -> Client:
    client = Client(headers=HERE)
    if guest_secret:
        client.cookies["guest"] = guest_secret
    if reader:
        client.force_login(reader)
    return client


def verify(guest: Guest, address: MailAddress) -> None:
    guest.address = address
    guest.save()


WEATHER = "weather"
GONE: set[int] = set()


def rain(number: int = 1, *, over: int = 7, left_out: str = "") -> bool:
    """It rains, over what `over` counts: news for whoever follows that."""
    return announce(
        news=WEATHER,
        item_id=number,
        about=f"thread-{over}",
        targets=[(Kind.COMMENT, over), (Kind.THREAD, over)],
        email=left_out,
        now=timezone.now(),
    )
