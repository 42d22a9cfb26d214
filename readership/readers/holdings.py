"""What is held about people. Each app registers its own tables; the page on privacy, what a person gets to see and what
is erased are all made from here, and a test finds every field that nobody registered (attack L08).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from readership.readers.models import Guest, MailAddress, Reader


@dataclass(frozen=True)
class Person:
    """Somebody, by all that was shown to be theirs: an account, an address, devices. `address` is in lower case."""

    address: str = ""
    reader: Reader | None = None
    guests: tuple[Guest, ...] = ()

    @property
    def is_staff(self) -> bool:
        return self.reader is not None and (self.reader.is_staff or self.reader.is_superuser)


@dataclass(frozen=True)
class Holding:
    """One table. `shown` are the fields a person gets to see of their own rows; the rest of the fields are `inner`:
    keys, counts, places. `of` finds the rows of one person."""

    model: str  # "discussion.Comment"
    title: str | Promise
    why: str | Promise
    kept: str | Promise
    of: Callable[[Person], QuerySet[Any]]
    shown: tuple[str, ...]
    inner: tuple[str, ...] = ()


@dataclass
class _Registry:
    holdings: dict[str, Holding] = field(default_factory=dict)
    # Tables without anything about readers, and why that is so.
    impersonal: dict[str, str | Promise] = field(default_factory=dict)


_registry = _Registry()


def hold(*holdings: Holding) -> None:
    _registry.holdings.update({holding.model: holding for holding in holdings})


def hold_nothing(why: str | Promise, *models: str) -> None:
    """These tables tell nothing about readers. `why` is for whoever checks that."""
    _registry.impersonal.update(dict.fromkeys(models, why))


def all_holdings() -> list[Holding]:
    return list(_registry.holdings.values())


def fields_of(model: type[Model]) -> set[str]:
    return {column.name for column in model._meta.concrete_fields}


def unregistered() -> Iterator[str]:
    """Every table and field of which nobody has said whether it is about people; and what is said of none there is."""
    known = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    said = {*_registry.holdings, *_registry.impersonal}
    yield from sorted(label for label in known if label not in said)
    yield from sorted(f"{label} (there is none)" for label in said if label not in known)
    for label, holding in _registry.holdings.items():
        if label in known:
            named = {*holding.shown, *holding.inner}
            yield from sorted(f"{label}.{name}" for name in fields_of(known[label]) ^ named)


def person_by_address(address: str) -> Person:
    """Everybody that this address is. Only for whoever has shown that mail to it is theirs."""
    address = address.strip().lower()
    known = MailAddress.objects.filter(address=address).first()
    reader = Reader.objects.filter(email=address).first() or (known.reader if known else None)
    return Person(address, reader, tuple(Guest.objects.filter(address=known)) if known else ())


def person_by_device(guest: Guest) -> Person:
    """A guest without an address has shown nothing but the device."""
    return Person(guests=(guest,))
