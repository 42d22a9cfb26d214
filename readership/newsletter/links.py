"""Signed links that lead to the pages of this app, whole, for mails."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from readership.newsletter.models import Edition, Issue
from readership.readers.address_links import MOST_NUMBERS, Purpose, claim_of, token_of
from readership.readers.models import MailAddress

EDITIONS = tuple(Edition)


def confirm_link(address: MailAddress, subscription_ids: Sequence[int]) -> str:
    return _link("confirm", token_of(Purpose.NEWSLETTER, address, *subscription_ids[:MOST_NUMBERS]))


def stop_link(address: MailAddress, edition: Edition) -> str:
    """A link holds numbers only: the place of the edition among all."""
    return _link("stop", token_of(Purpose.NEWSLETTER_STOP, address, EDITIONS.index(edition)))


def stopped_by(token: str) -> tuple[MailAddress, Edition] | None:
    claim = claim_of(Purpose.NEWSLETTER_STOP, token)
    if claim is None or len(claim.about) != 1 or claim.about[0] >= len(EDITIONS):
        return None
    return claim.address, EDITIONS[claim.about[0]]


def own_link(address: MailAddress) -> str:
    return _link("yours", token_of(Purpose.MANAGE, address))


def visit_path(address: MailAddress) -> str:
    return reverse("newsletter:yours", args=[token_of(Purpose.VISIT, address)])


def not_me_link(address: MailAddress) -> str:
    return absolute(reverse("guest_not_me", args=[token_of(Purpose.NOT_ME, address)]))


def issue_path(issue: Issue) -> str:
    return reverse("newsletter:issue", args=[issue.edition, issue.slug])


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _link(page: str, token: str) -> str:
    return absolute(reverse(f"newsletter:{page}", args=[token]))
