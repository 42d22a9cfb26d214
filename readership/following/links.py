"""Signed links that lead to the pages of this app, whole, for mails."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from readership.following.models import Follow
from readership.readers.address_links import MOST_NUMBERS, Claim, Purpose, claim_of, token_of
from readership.readers.models import MailAddress


def confirm_link(follow: Follow, *, guest_id: int | None) -> str:
    return _link("confirm", token_of(Purpose.CONFIRM, follow.address, follow.pk, guest_id or 0))


def not_me_link(address: MailAddress) -> str:
    return _link("not_me", token_of(Purpose.NOT_ME, address))


def stop_link(address: MailAddress, follow_ids: list[int]) -> str:
    """Of these follows. A link has room for four; of more, it stops everything."""
    return _link("stop", token_of(Purpose.STOP, address, *(follow_ids if len(follow_ids) <= MOST_NUMBERS else ())))


def own_link(address: MailAddress) -> str:
    return _link("yours", token_of(Purpose.MANAGE, address))


def own_claim(token: str) -> Claim | None:
    """From a mail, or from an account or a device that we know."""
    return claim_of(Purpose.MANAGE, token) or claim_of(Purpose.VISIT, token)


def visit_path(address: MailAddress, page: str = "yours") -> str:
    return reverse(f"following:{page}", args=[token_of(Purpose.VISIT, address)])


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _link(page: str, token: str) -> str:
    return absolute(reverse(f"following:{page}", args=[token]))
