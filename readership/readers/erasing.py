"""A person leaves: what is about them goes, conversations stay readable, and books keep what the law wants kept.

Each app registers what it does; all of it is one transaction. The erasure itself is noted (erasure_log), so that it can
be done again after an older backup was restored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from readership.readers.erasure_log import note_erasure
from readership.readers.errors import StaffCannotLeave
from readership.readers.holdings import Person


class Words(models.TextChoices):
    """What becomes of what the person wrote."""

    KEEP = "keep", _("Leave what I wrote, without my name")
    TAKE = "take", _("Take away what I wrote as well")


@dataclass(frozen=True)
class Erasure:
    person: Person
    words: Words
    now: datetime


Eraser = Callable[[Erasure], None]
_erasers: list[Eraser] = []


def erases(eraser: Eraser) -> Eraser:
    """The function below takes its part of a person away, inside the transaction. It bears being called again."""
    if eraser not in _erasers:
        _erasers.append(eraser)
    return eraser


def erase_person(person: Person, *, words: Words, now: datetime) -> None:
    """Raises StaffCannotLeave: stories and decisions carry the names of those who made them."""
    if person.is_staff:
        raise StaffCannotLeave
    erasure = Erasure(person, words, now)
    # Before anything is gone: so it is known when the machine dies after the commit. Once too often does no harm.
    note_erasure(person, words=words, now=now)
    with transaction.atomic():
        # In the order of the apps, from the top down: the people themselves come last, by whom all else is found.
        for eraser in _erasers:
            eraser(erasure)
