"""Readers, and what their mail says, for tests of accounts."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from readership.outbox.models import OutboxItem
from readership.readers.addresses import address_known_by, give_address_to_reader
from readership.readers.models import Reader

PASSWORD = "a tide table for May"
CODE = re.compile(r"^    (\S+)$", re.MULTILINE)


def make_reader(
    email: str = "ann@readers.example", *, name: str = "Ann", password: str | None = None, **more: Any
) -> Reader:
    """With a confirmed address, as after signing up."""
    reader = Reader.objects.create_user(email, password, name=name, **more)
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    give_address_to_reader(address_known_by(reader.email), reader, now=timezone.now())
    return reader


def mails_to(address: str) -> list[dict[str, Any]]:
    """What was put for this address, the latest last."""
    items = OutboxItem.objects.filter(kind="mail").order_by("pk")
    return [item.payload for item in items if item.payload["to"] == address]


def code_for(address: str) -> str:
    """In the latest mail to it."""
    found = CODE.search(mails_to(address)[-1]["text"])
    assert found, "There is no code in this mail."
    return found[1]


def sign_in(client: Client, email: str) -> None:
    """With a code, as readers do."""
    client.post("/account/login/code/", {"email": email})
    answer = client.post("/account/login/code/confirm/", {"code": code_for(email)})
    assert answer.status_code == 302, answer.content.decode()
