"""After an older backup was restored: whoever had left leaves again (attack L07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import EmailField

from readership.readers.erasing import Words, erase_person
from readership.readers.erasure_log import hash_of, noted
from readership.readers.errors import CannotLeave
from readership.readers.holdings import all_holdings, person_by_address

AT_ONCE = 1_000


def erase_again(*, now: datetime) -> tuple[int, int]:
    """Compare every address that is stored with those who left. Returns (how many left again, how many could not)."""
    wanted = {one.who: one.words for one in noted()}
    done = refused = 0
    for address in sorted(_addresses()) if wanted else ():
        if words := wanted.get(hash_of(address)):
            try:
                erase_person(person_by_address(address), words=Words(words), now=now)
                done += 1
            except CannotLeave:
                refused += 1
    return done, refused


def _addresses() -> set[str]:
    """All that are stored anywhere, by the fields that hold one."""
    return {address.strip().lower() for address in _stored() if address}


def _stored() -> Iterator[str]:
    for holding in all_holdings():
        model: Any = apps.get_model(holding.model)
        for column in model._meta.concrete_fields:
            if isinstance(column, EmailField):
                rows = model._default_manager.order_by().values_list(column.name, flat=True).distinct()
                yield from rows.iterator(chunk_size=AT_ONCE)
