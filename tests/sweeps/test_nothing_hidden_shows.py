"""What is not for everybody stands nowhere: drafts, held words, names of fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client
from wagtail.models import PageViewRestriction

from readership.stories.tests.makers import make_story
from tests.sweeps.site import Site, make_gone_comments, make_unread_stories

CANARY = "zqcanaryqz"
# What a table holds and no answer may: as a key, or as part of one.
SECRET_FIELDS = ("email", "network", "hash", "secret", "password", "guest_id", "reader_id", "submission", "held_because",
                 "user_agent", "ip", "token", "state", "best_rank", "frozen")  # fmt: skip
OPEN_FIELDS = {"description", "openapi", "zip"}


def test_l01_what_is_not_published_stands_on_no_public_page(site: Site, client: Client) -> None:
    hidden = make_unread_stories(site, CANARY)
    members = make_story(title=f"Lighthouse {CANARY} for members", section=site.section, authors=[site.author])
    members.topics.add(site.topic)
    members.save()
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)

    looked_at = [*site.every_public_address(), "/search/?q=lighthouse", *_addresses_of([*hidden, members])]
    leaking = [path for path in looked_at if CANARY in client.get(path).getvalue().decode()]

    assert leaking == []
    for story in hidden:
        assert client.get(f"{site.section.url}{story.slug}/").status_code == 404
        assert client.get(f"/api/v1/stories/{story.pk}").status_code == 404


def _addresses_of(stories: list[Any]) -> list[str]:
    return [f"/api/v1/stories/{story.pk}" for story in stories]


def test_l12_what_was_held_removed_or_taken_back_stands_on_no_public_page(site: Site, client: Client) -> None:
    make_gone_comments(site, CANARY)

    leaking = [path for path in site.every_public_address() if CANARY in client.get(path).getvalue().decode()]

    assert leaking == []


def test_l02_no_field_of_the_api_is_private(site: Site, client: Client) -> None:
    shown = {key for path in site.api() if "openapi" not in path for key in _keys(client.get(path).json())}

    assert "html" in shown
    assert {key for key in shown if _is_secret(key)} - OPEN_FIELDS == set()


def _is_secret(key: str) -> bool:
    return any(secret in key.split("_") or (len(secret) > 4 and secret in key) for secret in SECRET_FIELDS)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


ASKED = ("author_email=grete@private.example", "filter=author_email:g", "order=-author_email", "fields=*",
         "email__startswith=g", "ordering=network_hash", "state=held", "include=held")  # fmt: skip


def test_c11_nothing_can_be_asked_of_a_private_field(site: Site, client: Client) -> None:
    for path in site.api():
        plain = client.get(path).content
        for asked in ASKED:
            answer = client.get(f"{path}{'&' if '?' in path else '?'}{asked}")
            # Left out, or refused as a value that the argument does not have.
            assert answer.status_code == 400 or answer.content == plain, (path, asked)
