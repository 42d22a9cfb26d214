"""To follow: at once with an address that is known to be one's own, else after its owner was asked by mail.

The request only puts a line into the outbox, the same for every address; the rest is done out of the asker's sight, so
that nobody learns which addresses are known (attack E01).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from readership import outbox
from readership.following.letters import Letter, Link, html_of, speaking_to, text_of
from readership.following.limits import is_waiting
from readership.following.links import confirm_link, not_me_link
from readership.following.mailing import titles_of
from readership.following.models import Follow, Kind, Muted
from readership.following.wanting import Want
from readership.outbox.mail import put_mail
from readership.outbox.registry import handles
from readership.readers.addresses import address_known_by
from readership.readers.asking import may_ask
from readership.readers.models import Guest, MailAddress, StopReason


@transaction.atomic
def follow_now(address: MailAddress, wants: Sequence[Want], *, about: str, now: datetime) -> None:
    """`address` is the follower's own, and reachable. What is followed already stays as it is."""
    for want in wants:
        follow, _is_new = Follow.objects.get_or_create(
            address=address,
            kind=want.kind,
            target_id=want.target_id,
            defaults={"about": about, "asked_at": now, "confirmed_at": now},
        )
        if follow.confirmed_at is None:
            Follow.objects.filter(pk=follow.pk).update(confirmed_at=now)
    Muted.objects.filter(address=address, about=about).delete()


def follow_all_replies(address: MailAddress, *, now: datetime) -> None:
    """Replies to whatever its owner writes, here and elsewhere."""
    follow_now(address, [Want(Kind.REPLIES, address.pk)], about="replies", now=now)


def ask_to_follow(given: str, wants: Sequence[Want], *, about: str, key: str, guest: Guest | None = None) -> None:
    """Ask the owner of `given`. `about` is what the question is about, `key` names this one asking.

    Raises nothing for an address that we do not write to: whoever asks is answered the same.
    """
    payload = {
        "address": given,
        "wants": [[want.kind.value, want.target_id] for want in wants],
        "about": about,
        "guest": guest.pk if guest else None,
        "language": get_language() or settings.LANGUAGE_CODE,
    }
    outbox.put("follow", key=key, payload=payload)


@handles("follow")
def ask(payload: dict[str, Any]) -> None:
    now = timezone.now()
    with suppress(ValidationError), transaction.atomic():
        address = address_known_by(payload["address"], language=payload["language"])
        # Two who ask at once must not both be the first.
        address = MailAddress.objects.select_for_update().get(pk=address.pk)
        if address.stopped_because == StopReason.REFUSED:
            return
        wants = [Want(Kind(kind), target_id) for kind, target_id in payload["wants"]]
        follows = [_asked(address, want, payload["about"], now) for want in wants]
        pending = [follow for follow in follows if follow.confirmed_at is None]
        if pending and not is_waiting(address, payload["about"], now=now) and may_ask(address, now):
            _send_question(pending, guest_id=payload["guest"], now=now)


def _asked(address: MailAddress, want: Want, about: str, now: datetime) -> Follow:
    defaults = {"about": about, "asked_at": now}
    return Follow.objects.get_or_create(address=address, kind=want.kind, target_id=want.target_id, defaults=defaults)[0]


def _send_question(follows: list[Follow], *, guest_id: int | None, now: datetime) -> None:
    address = follows[0].address
    Follow.objects.filter(pk__in=[follow.pk for follow in follows]).update(question_at=now)
    with speaking_to(address) as language:
        letter = _question(follows, guest_id)
        put_mail(
            key=f"follow-{follows[0].pk}-{now:%Y%m%d%H%M%S}",
            to=address.address,
            subject=letter.subject,
            text=text_of(letter, language),
            html=html_of(letter, language),
        )


def _question(follows: list[Follow], guest_id: int | None) -> Letter:
    facts = {"site": settings.SITE_NAME, "what": "; ".join(titles_of(follows).values())}
    return Letter(
        subject=_("Shall we write to you? %(site)s asks") % facts,
        paragraphs=(
            _("Somebody, we hope you, asked us to write to this address about: %(what)s.") % facts,
            _("We write only if you say so. Without your answer, this was the only mail about it."),
        ),
        button=Link(_("Yes, write to me"), confirm_link(follows[0], guest_id=guest_id)),
        reasons=(_("You get this mail because somebody typed your address on our page."),),
        links=(Link(_("It was not me: never write to me"), not_me_link(follows[0].address)),),
    )
