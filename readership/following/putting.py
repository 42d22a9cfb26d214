"""Mails into the outbox, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from readership import outbox
from readership.following.models import Mailing


def put_mailings(mailings: Sequence[Mailing]) -> None:
    """Each by its number alone: what it says is found when it is sent."""
    for mailing in mailings:
        # In their order for each person, and no letter that somebody waits for stands behind them.
        line = f"mailing-{mailing.address_id}"
        outbox.put("mailing", key=str(mailing.pk), payload={"mailing": mailing.pk}, line=line)
