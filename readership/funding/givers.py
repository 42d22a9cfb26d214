"""People who give, known by the address they gave it from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F

from readership.funding.models import Customer, Gift, Giver, ProcessorName
from readership.lib.text import clean_line

NAME_LENGTH = 120


def giver_known_by(email: str, *, name: str = "", language: str = "") -> Giver | None:
    """The giver of this address, made when new. None for no address, or for what is none.

    A name is kept when there was none: what a stranger types beside somebody's address changes nothing of theirs.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return None
    name = clean_line(name)[:NAME_LENGTH]
    giver, is_new = Giver.objects.get_or_create(email=address, defaults={"name": name, "language": language})
    if not is_new and name and not giver.name:
        giver.name = name
        giver.save(update_fields=["name"])
    return giver


def remember_customer(giver: Giver, *, processor: ProcessorName, is_trial: bool, customer_ref: str) -> None:
    """The newest one: a processor makes another customer for each gift without an account there."""
    if not customer_ref:
        return
    owner = Customer.objects.filter(processor=processor, customer_ref=customer_ref).first()
    if owner is None:
        Customer.objects.update_or_create(
            giver=giver, processor=processor, is_trial=is_trial, defaults={"customer_ref": customer_ref}
        )


def customer_of(giver: Giver, *, processor: ProcessorName, is_trial: bool) -> str:
    found = Customer.objects.filter(giver=giver, processor=processor, is_trial=is_trial).first()
    return found.customer_ref if found else ""


def adopt_gifts(giver: Giver) -> int:
    """Gifts that a treasurer recorded with this giver's address become this giver's. Returns how many."""
    return Gift.objects.filter(giver=None, giver_email=giver.email).update(giver=giver)


def giver_of_gift(gift: Gift) -> Giver | None:
    """Whose gift it is, by its address where nobody said so yet."""
    if gift.giver or not gift.giver_email:
        return gift.giver
    giver = giver_known_by(gift.giver_email, name=gift.giver_name, language=gift.language)
    if giver:
        adopt_gifts(giver)
    return giver


def end_old_links(giver: Giver) -> None:
    """Every signed link to this giver's page that was sent before is dead from here on."""
    Giver.objects.filter(pk=giver.pk).update(link_version=F("link_version") + 1)
