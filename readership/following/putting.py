"""Mails into the outbox, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from readership import outbox
from readership.following.models import Mailing


def put_mailings(mailings: Sequence[Mailing]) -> None:
    """Each by its number alone: what it says is found when it is sent."""
    for mailing in mailings:
        outbox.put("mailing", key=str(mailing.pk), payload={"mailing": mailing.pk})
