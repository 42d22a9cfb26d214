"""Every address that the URLs of the product, of Wagtail and of whatever else is mounted can make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from readership.funding.giver_links import token_of
from readership.readers.address_links import Purpose
from readership.readers.address_links import token_of as address_token
from tests.sweeps.site import Site

# They would end the session of the crawl, and fail on purpose.
LEFT_OUT = ("/logout/", "/failwhale/")


def every_address(site: Site) -> set[str]:
    """A route that takes arguments is tried with every one that we know by name, so that a new one of the same shape
    is found without a word here."""
    known = _known_arguments(site)
    sets_of_arguments = [
        {},
        *({name: known[name]} for name in known),
        *_pairs(known),
        *_of_the_desk(site),
        *_of_following(site),
        *_of_newsletters(site),
    ]
    found = set(site.every_public_address())
    for route in set(_routes(get_resolver().url_patterns)):
        for arguments in sets_of_arguments:
            try:
                found.add(reverse(route, kwargs=arguments))
            except NoReverseMatch:
                continue
    return {address for address in found if not address.endswith(LEFT_OUT)}


def _routes(patterns: list[URLPattern | URLResolver], spaces: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces)
        elif pattern.name:
            yield f"{spaces}{pattern.name}"


def _known_arguments(site: Site) -> dict[str, Any]:
    story = site.story
    return {
        "app_label": "stories",
        "campaign_id": site.campaign.pk,
        "collection_id": 1,
        "comment_id": site.comment.pk,
        "form": "csv",
        "group_id": 1,
        "image_id": story.lead_image_id,
        "key": "device",
        "line_id": site.line.pk,
        "object_id": story.pk,
        "page_id": story.pk,
        "page_to_copy_id": story.pk,
        "parent_page_id": site.section.pk,
        "path": f"{site.story_url.strip('/')}/",
        "picture_name": site.picture.name,
        "pk": story.pk,
        "reference": site.gift.reference,
        "section_path": site.section.slug,
        "slug": site.author.slug,
        "story_id": story.pk,
        "task_id": 1,
        "thread_id": site.thread.pk,
        "transfer": site.transfer_token,
        "token": token_of(site.giver),
        "user_id": site.editor.pk,
        "workflow_id": 1,
        **site.desk.arguments,
    }


def _of_the_desk(site: Site) -> list[dict[str, Any]]:
    arguments = site.desk.arguments
    return [
        {"token": address_token(Purpose.VERIFY, site.reader.mail_address, 1)},
        {"token": address_token(Purpose.NOT_ME, site.reader.mail_address)},
        {"token": address_token(Purpose.UNDO, site.reader.mail_address, site.editor.pk, 1)},
        {"reference": site.desk.online.reference},
        {"reference": site.desk.pledge_reference},
        {"form": "journal"},
        {"year": arguments["year"], "giver_id": arguments["giver_id"]},
    ]


def _of_following(site: Site) -> list[dict[str, Any]]:
    follow = site.follow
    tokens = {purpose: address_token(purpose, follow.address, follow.pk) for purpose in Purpose}
    # To confirm, a link names the device as well.
    tokens[Purpose.CONFIRM] = address_token(Purpose.CONFIRM, follow.address, follow.pk, 0)
    own = {"token": tokens[Purpose.MANAGE], "follow_id": follow.pk}
    return [{"token": token} for token in tokens.values()] + [own]


def _of_newsletters(site: Site) -> list[dict[str, Any]]:
    address = site.subscription.address
    return [
        {"token": address_token(Purpose.NEWSLETTER, address, site.subscription.pk)},
        {"token": address_token(Purpose.NEWSLETTER_STOP, address, 2)},
        {"edition": site.issue.edition, "day": site.issue.slug},
        {"issue_id": site.issue.pk},
    ]


def _pairs(known: dict[str, Any]) -> list[dict[str, Any]]:
    story = known["page_id"]
    return [
        {"kind": "pages", "number": 1},
        {"reader_id": known["user_id"], "slug": "ann"},
        {"size": "full", "name": known["picture_name"]},
        {"page_id": story, "revision_id": 1},
        {"token": known["token"], "reference": known["reference"]},
        {"app_label": "stories", "model_name": "story", "object_id": story},
        {
            "content_type_app_name": "stories",
            "content_type_model_name": "story",
            "parent_page_id": known["parent_page_id"],
        },
    ]
