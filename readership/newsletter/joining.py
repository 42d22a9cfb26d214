"""To subscribe: at once with an address that is known to be one's own, else after its owner was asked by mail.

The request only puts a line into the outbox, the same for every address; the rest is done out of the asker's sight, so
that nobody learns which addresses are known (attack E01).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from readership import outbox
from readership.following.letters import speaking_to
from readership.newsletter.links import confirm_link, not_me_link
from readership.newsletter.models import Edition, Subscription
from readership.newsletter.wishes import Wishes, keep_wishes
from readership.outbox.registry import handles
from readership.readers.address_links import Purpose, claim_of
from readership.readers.addresses import address_known_by, confirm_address, give_address_to_reader
from readership.readers.asking import may_ask
from readership.readers.letters import Letter, WayOut, send_letter
from readership.readers.models import MailAddress, Reader, StopReason


@transaction.atomic
def subscribe_now(address: MailAddress, wishes: Wishes, *, now: datetime) -> None:
    """`address` is the subscriber's own, and reachable. What they get already stays; the wishes are for all of it."""
    for edition in wishes.editions:
        subscription, _is_new = Subscription.objects.get_or_create(
            address=address, edition=edition, defaults={"asked_at": now}
        )
        if not subscription.is_active:
            subscription.confirm(now)
    for subscription in Subscription.objects.active().filter(address=address):
        keep_wishes(subscription, wishes)


def ask_to_subscribe(given: str, wishes: Wishes, *, key: str) -> None:
    """Ask the owner of `given`. `key` names this one asking."""
    payload = {
        "address": given,
        "editions": [edition.value for edition in wishes.editions],
        "topics": list(wishes.topics),
        "sections": list(wishes.sections),
        "language": get_language() or settings.LANGUAGE_CODE,
    }
    outbox.put("newsletter_ask", key=key, payload=payload)


@handles("newsletter_ask")
def ask(payload: dict[str, Any]) -> None:
    """What somebody gets already stays as it is: only its owner changes that."""
    now = timezone.now()
    wishes = Wishes(tuple(map(Edition, payload["editions"])), tuple(payload["topics"]), tuple(payload["sections"]))
    with suppress(ValidationError), transaction.atomic():
        address = address_known_by(payload["address"], language=payload["language"])
        # Two who ask at once must not both be the first.
        address = MailAddress.objects.select_for_update(of=("self",)).get(pk=address.pk)
        if address.stopped_because == StopReason.REFUSED:
            return
        asked = [_asked(address, edition, wishes, now) for edition in wishes.editions]
        pending = [subscription for subscription in asked if not subscription.is_active]
        if pending and may_ask(address, now):
            _send_question(address, pending, now)


def _asked(address: MailAddress, edition: Edition, wishes: Wishes, now: datetime) -> Subscription:
    defaults = {"asked_at": now}
    subscription, is_new = Subscription.objects.get_or_create(address=address, edition=edition, defaults=defaults)
    if is_new or not subscription.is_active:
        Subscription.objects.filter(pk=subscription.pk).update(asked_at=now)
        keep_wishes(subscription, wishes)
    return subscription


def _send_question(address: MailAddress, pending: Sequence[Subscription], now: datetime) -> None:
    with speaking_to(address):
        names = ", ".join(str(Edition(one.edition).label) for one in pending)
        letter = Letter(
            subject=_("Do you want our newsletter? %(site)s asks") % {"site": settings.SITE_NAME},
            paragraphs=(
                _("Somebody, we hope you, asked for our newsletter here: %(editions)s.") % {"editions": names},
                _("It comes only if you say so. Without your answer, this was the only mail about it."),
            ),
            button=_("Yes, send it to me"),
            link=confirm_link(address, [one.pk for one in pending]),
            why=_("You get this mail because somebody typed your address on our page."),
            ways=(WayOut(_("It was not me: never write to me"), not_me_link(address)),),
        )
        send_letter(address.address, letter, key=f"newsletter-{address.pk}-{now:%Y%m%d%H%M%S}")


@dataclass(frozen=True)
class Question:
    """What a genuine link asks: the editions that were asked for together."""

    address: MailAddress
    subscriptions: tuple[Subscription, ...]

    @property
    def is_answered(self) -> bool:
        return all(one.is_active for one in self.subscriptions)


def question_of(token: str) -> Question | None:
    """None when the link is no good, or nothing of it is left."""
    claim = claim_of(Purpose.NEWSLETTER, token)
    if claim is None or not claim.about:
        return None
    found = Subscription.objects.filter(address=claim.address, pk__in=claim.about).order_by("pk")
    subscriptions = tuple(found.prefetch_related("topics", "sections"))
    return Question(claim.address, subscriptions) if subscriptions else None


@transaction.atomic
def say_yes(question: Question, *, reader: Reader | None, now: datetime) -> None:
    """The second time changes nothing. Somebody signed in with the same address has now shown that it is theirs."""
    if question.is_answered:
        return
    confirm_address(question.address, now=now)
    for subscription in question.subscriptions:
        if not subscription.is_active:
            subscription.confirm(now)
    if reader and reader.email == question.address.address and question.address.reader_id is None:
        give_address_to_reader(question.address, reader, now=now)
