"""A new link to the own page, for whoever asks for it with an address that follows something."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from readership import outbox
from readership.following.letters import Letter, Link, html_of, speaking_to, text_of
from readership.following.limits import may_link
from readership.following.links import not_me_link, own_link
from readership.outbox.mail import put_mail
from readership.outbox.registry import handles
from readership.readers.models import MailAddress


def ask_for_link(given: str, *, asking: str) -> None:
    """The same work for every address, known or not (attack E01). `asking` names this one asking."""
    address = given.strip().lower()
    if may_link(address):
        outbox.put("follow_link", key=asking, payload={"address": address, "asking": asking})


@handles("follow_link")
def send_link(payload: dict[str, Any]) -> None:
    """To nobody whom we do not know, nor where mail is not wanted."""
    address = MailAddress.objects.filter(address=payload["address"], stopped_at=None).first()
    if address is None or not address.follows.exists():
        return
    facts = {"site": settings.SITE_NAME}
    with speaking_to(address) as language:
        letter = Letter(
            subject=_("The link to what you follow on %(site)s") % facts,
            paragraphs=(
                _("Here is the link to your own page: what you follow, how often you hear of it, and what is new."),
                _("It is good for ninety days. Whoever holds it can change what is there: do not pass it on."),
            ),
            button=Link(_("Open my page"), own_link(address)),
            reasons=(
                _("You get this mail because somebody typed your address on our page. If it was not you, do nothing."),
            ),
            links=(Link(_("It was not me: never write to me"), not_me_link(address)),),
        )
        put_mail(
            key=f"follow-link-{payload['asking']}",
            to=address.address,
            subject=letter.subject,
            text=text_of(letter, language),
            html=html_of(letter, language),
        )
