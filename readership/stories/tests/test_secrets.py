"""What is not public shows nowhere (L01) and is kept for nobody (J02); low editors see only theirs (C12, C13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from readership.pagecache.collecting import rendering
from readership.stories.models import Author, Section, Story, Topic
from readership.stories.tests.makers import (
    make_author,
    make_editor,
    make_freelancer,
    make_section,
    make_story,
    make_topic,
    restrict,
)
from readership.stories.tests.posting import story_form

pytestmark = pytest.mark.django_db
CANARY = "Xanthorhoe"


def public_addresses(author: Author, topic: Topic, open_story: Story) -> list[str]:
    below_authors_and_topics = [author.get_absolute_url(), topic.get_absolute_url()]
    pages = ["/", "/harbour/", "/town/", open_story.url, *below_authors_and_topics]
    feeds = ["/feed/", "/harbour/feed/", "/town/feed/", *(f"{url}feed/" for url in below_authors_and_topics)]
    machines = ["/sitemap.xml", "/sitemaps/index.xml", "/sitemaps/pages-1.xml", "/news-sitemap.xml", "/robots.txt"]
    return [*pages, *feeds, *machines, f"/search/?q={CANARY}", "/api/v1/stories"]


def hide(story: Story, how: str) -> None:
    if how == "restricted":
        restrict(story)
    elif how == "in a restricted section":
        restrict(story.get_parent())
    elif how == "expired":
        Story.objects.filter(pk=story.pk).update(live=False, expired=True)
    elif how == "scheduled":
        story.go_live_at = timezone.now() + timedelta(days=1)
        story.save_revision().publish()


@pytest.mark.parametrize("how", ["draft", "scheduled", "expired", "restricted", "in a restricted section"])
def test_l01_a_story_that_is_not_public_shows_on_no_public_address(client: Client, how: str) -> None:
    author, topic, town = make_author(), make_topic(), make_section(title="Town")
    hidden = make_story(
        title=f"{CANARY} found",
        section=make_section(title="Harbour"),
        standfirst=CANARY,
        live=how in {"expired", "restricted", "in a restricted section"},
        authors=[author],
        topics=[topic],
        also_in=[town],
    )
    body = [("text", "<p>Open.</p>"), ("related_story", {"story": hidden})]
    open_story = make_story(title="Open", section=town, topics=[topic], authors=[author], body=body)
    hide(hidden, how)

    leaks = {
        address
        for address in public_addresses(author, topic, open_story)
        if CANARY.lower() in client.get(address).content.decode().lower().replace(f"q={CANARY.lower()}", "")
    }

    # The search repeats what was typed; it must have found nothing.
    assert leaks <= {f"/search/?q={CANARY}"}
    assert f"{CANARY} found" not in client.get(f"/search/?q={CANARY}").content.decode()
    assert CANARY not in client.get(hidden.url).content.decode()


def test_an_open_story_is_found_by_all_of_these_addresses(client: Client) -> None:
    # Else the test above would prove nothing.
    author, topic = make_author(), make_topic()
    make_section(title="Town")
    story = make_story(title=f"{CANARY} found", section=make_section(), authors=[author], topics=[topic])
    expected = ["/harbour/", story.url, author.get_absolute_url(), topic.get_absolute_url()]
    expected += ["/feed/", "/harbour/feed/", f"{author.get_absolute_url()}feed/", "/news-sitemap.xml"]
    expected += ["/sitemaps/pages-1.xml", f"/search/?q={CANARY.lower()}"]

    missing = [address for address in expected if CANARY.lower() not in client.get(address).content.decode().lower()]

    assert missing == []


def test_j02_a_preview_is_never_shared(client: Client) -> None:
    story = make_story(live=False)
    story.save_revision()
    client.force_login(make_editor())

    with rendering() as page:
        answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))

    assert answer.status_code == 200
    assert not page.is_shared
    assert "private" in answer["Cache-Control"]


def test_j02_a_live_page_is_shared_and_a_draft_of_it_is_not(client: Client) -> None:
    story = make_story()
    story.title = CANARY
    story.save_revision()
    client.force_login(make_editor())

    with rendering() as draft:
        client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))
    with rendering() as live:
        answer = client.get(story.url)

    assert (draft.is_shared, live.is_shared) == (False, True)
    assert CANARY not in answer.content.decode()


def test_a_freelancer_writes_and_cannot_publish(client: Client) -> None:
    section = make_section()
    client.force_login(make_freelancer())
    address = reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])

    client.post(address, story_form(title="Mine", action="publish"))

    story = Story.objects.get(title="Mine")
    assert not story.live
    client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), story_form(title="Mine", action="publish"))
    assert not Story.objects.get(title="Mine").live


@pytest.mark.parametrize(
    "name",
    ["edit", "view_draft", "history", "preview_on_edit", "copy", "delete", "move", "usage", "unpublish"],
)
def test_c12_c13_a_freelancer_sees_no_draft_of_somebody_else(client: Client, name: str) -> None:
    theirs = make_story(title=CANARY, live=False)
    theirs.save_revision()
    client.force_login(make_freelancer())

    answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[theirs.pk]))

    assert CANARY not in answer.content.decode()
    assert answer.status_code in {302, 403, 404, 405} or (name == "history" and answer.status_code == 200)


def test_c13_a_freelancer_compares_and_reverts_no_revisions_of_somebody_else(client: Client) -> None:
    theirs = make_story(title="Theirs", live=False)
    first = theirs.save_revision()
    theirs.title = CANARY
    second = theirs.save_revision()
    client.force_login(make_freelancer())
    addresses: list[Any] = [
        reverse("wagtailadmin_pages:revisions_compare", args=[theirs.pk, first.pk, second.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[theirs.pk, second.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[theirs.pk, second.pk]),
    ]

    for address in addresses:
        answer = client.get(address)
        assert CANARY not in answer.content.decode()
        assert answer.status_code in {302, 403, 404}


def test_a_restricted_section_stands_in_no_menu(client: Client) -> None:
    restrict(make_section(title="Backroom"))
    open_story = make_story(section=make_section(title="Town"))

    assert "Backroom" not in client.get(open_story.url).content.decode()
    assert Section.objects.filter(title="Backroom").exists()
