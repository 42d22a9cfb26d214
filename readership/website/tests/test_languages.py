"""Stories in several languages: each language a tree with an address of its own, and nothing of one in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import GroupPagePermission, WorkflowPage

from readership.discussion.opening import open_thread
from readership.discussion.tests.makers import make_comment
from readership.following.models import Kind, Notice
from readership.following.tests.makers import make_follow
from readership.stories.models import Section, Story
from readership.stories.tests.makers import make_author, make_section, make_story, make_topic
from readership.stories.tests.translating import several_languages, translate
from readership.website.models import FrontPage, LeadStory
from readership.website.setting_up import set_up_newsroom

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def english() -> Iterator[Story]:
    """A story at /harbour/…, on a site that may have German too."""
    with several_languages():
        set_up_newsroom(name="The Lantern", url="http://testserver", language="en")
        front = FrontPage.objects.get()
        section = make_section(parent=front)
        yield make_story(title="The second ferry", section=section, authors=[make_author()], topics=[make_topic()])


@pytest.fixture
def german(english: Story) -> Any:
    translate(FrontPage.objects.get(locale__language_code="en"))
    translate(Section.objects.get(locale__language_code="en"), {"Harbour": "Hafen", "harbour": "hafen"})
    return translate(english, {"The second ferry": "Die zweite Fähre", "The bollards are new.": "Die Poller sind neu."})


@pytest.fixture
def tasks_are_done_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def text(address: str, **headers: str) -> str:
    answer = Client(**headers).get(address)  # type: ignore[arg-type]
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_sites_own_language_keeps_its_addresses(english: Story, german: Story) -> None:
    assert english.url.startswith("/harbour/the-second-ferry")
    assert german.url.startswith("/de/hafen/")


def test_a_page_speaks_the_language_of_its_address(english: Story, german: Story) -> None:
    shown = text(german.url)

    assert '<html lang="de" dir="ltr">' in shown
    assert "Die Poller sind neu." in shown
    assert '<html lang="en" dir="ltr">' in text(english.url)


def test_an_arabic_page_runs_from_right_to_left(english: Story) -> None:
    translate(FrontPage.objects.get(locale__language_code="en"), language="ar")

    assert '<html lang="ar" dir="rtl">' in text("/ar/")


def test_neither_a_cookie_nor_the_browsers_language_changes_a_byte(english: Story, german: Story) -> None:
    plain = text(english.url)

    assert text(english.url, HTTP_ACCEPT_LANGUAGE="de", HTTP_COOKIE="django_language=de") == plain


@pytest.mark.parametrize(
    "part", ["", "feed/", "authors/mira-solberg/", "topics/ferries/", "authors/mira-solberg/feed/"]
)
def test_a_list_shows_the_stories_of_its_language_only(german: Story, part: str) -> None:
    in_english, in_german = text(f"/{part}"), text(f"/de/{part}")

    assert ("The second ferry" in in_english, "Die zweite Fähre" in in_english) == (True, False)
    assert ("The second ferry" in in_german, "Die zweite Fähre" in in_german) == (False, True)


def test_the_search_finds_in_its_language_only(tasks_are_done_at_once: None, german: Story) -> None:
    assert "Die zweite Fähre" in text("/de/search/?q=Poller")
    assert "Die zweite Fähre" not in text("/search/?q=Poller")


def test_sections_and_their_feeds_are_of_one_language(english: Story, german: Story) -> None:
    assert "Die zweite Fähre" in text("/de/hafen/")
    assert "Die zweite Fähre" in text("/de/hafen/feed/")
    assert 'href="/de/hafen/"' in text(german.url)
    assert 'href="/harbour/"' not in text(german.url)
    assert Client().get("/hafen/").status_code == 404


def test_also_in_holds_for_the_translation(english: Story, german: Story) -> None:
    front = FrontPage.objects.get(locale__language_code="en")
    town = make_section(title="Town", parent=front)
    translate(town, {"Town": "Stadt", "town": "stadt"})
    english.also_in = [town]
    english.save_revision().publish()

    assert "Die zweite Fähre" in text("/de/stadt/")
    assert "Die zweite Fähre" not in text("/town/")


def test_each_version_names_the_others_for_machines_and_for_readers(
    english: Story, german: Story, settings: Any
) -> None:
    for page in (english, german):
        shown = text(page.url)
        assert f'<link rel="alternate" hreflang="de" href="{settings.SITE_URL}{german.url}">' in shown
        assert f'<link rel="alternate" hreflang="en" href="{settings.SITE_URL}{english.url}">' in shown
    assert f'<a href="{german.url}" hreflang="de" lang="de" dir="auto">Deutsch</a>' in text(english.url)
    assert f'<a href="{english.url}" hreflang="en" lang="en" dir="auto">English</a>' in text(german.url)


def test_a_story_in_one_language_offers_no_other(english: Story) -> None:
    assert "hreflang" not in text(english.url)


def test_a_draft_is_offered_to_nobody(english: Story, german: Story) -> None:
    german.unpublish()

    assert "hreflang" not in text(english.url)
    assert Client().get(german.url).status_code == 404


def test_before_the_front_page_is_translated_a_language_has_no_page(english: Story) -> None:
    assert Client().get("/de/").status_code == 404
    assert Client().get(f"/de{english.url}").status_code == 404


def test_the_leads_of_a_front_page_are_those_of_its_language(english: Story, german: Story) -> None:
    for front in FrontPage.objects.all():
        LeadStory.objects.create(front_page=front, story=english)

    assert "Die zweite Fähre" in text("/de/").partition('class="leads"')[2].partition("</section>")[0]


def test_the_site_map_has_every_language_and_says_what_belongs_together(english: Story, german: Story) -> None:
    entries = {entry.findtext(f"{MAP}loc"): entry for entry in fromstring(text("/sitemaps/pages-1.xml"))}
    of_german = next(entry for url, entry in entries.items() if url and url.endswith(german.url))

    assert {link.get("hreflang") for link in of_german.findall(f"{XHTML}link")} == {"de", "en"}
    assert any(url and url.endswith(english.url) for url in entries)


def test_news_has_a_map_for_each_language(german: Story) -> None:
    assert "<news:language>de<" in text("/de/news-sitemap.xml")
    assert "Die zweite" not in text("/news-sitemap.xml")
    assert "/de/news-sitemap.xml" in text("/robots.txt")


def test_each_version_has_a_thread_of_its_own(english: Story, german: Story) -> None:
    thread = open_thread(page=german, takes_comments=True, now=timezone.now())
    address = re.findall(r'action="([^"]*/discuss/threads/[0-9]+/comments/)"', text(german.url))[0]

    make_comment(thread, text="Die Fähre kommt nie.")

    assert address.startswith("/de/")
    assert "Die Fähre kommt nie." in text(german.url)
    assert "Die Fähre kommt nie." not in text(english.url)


def test_who_follows_the_author_hears_of_a_story_once(english: Story) -> None:
    make_follow(kind=Kind.AUTHOR, target_id=english.bylines.get().author_id)
    translate(FrontPage.objects.get(locale__language_code="en"))
    translate(Section.objects.get(locale__language_code="en"))
    told = Notice.objects.count()

    translate(english, {"The second ferry": "Die zweite Fähre"})

    assert Notice.objects.count() == told


def test_who_may_write_in_one_language_may_write_in_the_other(english: Story, german: Story) -> None:
    first, other = FrontPage.objects.order_by("path")

    def rights(page: FrontPage) -> set[tuple[int, int]]:
        return set(GroupPagePermission.objects.filter(page=page).values_list("group_id", "permission_id"))

    assert rights(first)
    assert rights(first) == rights(other)
    assert WorkflowPage.objects.get(page=other).workflow == WorkflowPage.objects.get(page=first).workflow


def test_what_only_keeps_a_place_is_no_story_of_the_language(english: Story, german: Story) -> None:
    """wagtail-localize can fill a new tree with aliases of all that is not translated yet."""
    other = make_story(title="Only in English", section=english.get_parent().specific)
    alias = other.copy_for_translation(german.locale, alias=True)

    assert "Only in English" not in text("/de/")
    answer = Client().get(alias.url)
    assert (answer.status_code, answer["Location"]) == (302, other.url)


def test_in_a_language_without_stories_addresses_are_the_sites_own(english: Story) -> None:
    """A mail in French must not lead to /fr/, where nothing is."""
    with override("fr"):
        assert reverse("stories:search") == "/search/"
    with override("de"):
        assert reverse("stories:search") == "/de/search/"
