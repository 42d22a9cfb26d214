"""Feeds, site maps and robots.txt: markup in a title stays text in each of them (A18)."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.stories.tests.makers import make_author, make_section, make_standing_page, make_story, make_topic

pytestmark = pytest.mark.django_db
NASTY = "</title><script>alert('x')</script> & \x0b<b>\"bold\"]]>"
SHOWN = "</title><script>alert('x')</script> & <b>\"bold\"]]>"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(client: Client, address: str) -> Element:
    root: Element = fromstring(client.get(address).content)
    return root


@pytest.mark.parametrize(
    "address", ["/feed/", "/harbour/feed/", "/authors/mira-solberg/feed/", "/topics/ferries/feed/"]
)
def test_a18_a_title_with_markup_is_text_in_every_feed(client: Client, address: str) -> None:
    make_story(title=NASTY, standfirst=NASTY, authors=[make_author()], topics=[make_topic()])

    entries = read(client, address).findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [SHOWN]
    # Titles are text there; a summary is HTML, and what stands in it must be text as HTML has it.
    assert [entry.find(f"{ATOM}summary").get("type") for entry in entries] == ["html"]  # type: ignore[union-attr]
    summaries = [entry.findtext(f"{ATOM}summary") or "" for entry in entries]
    assert [unescape(summary) for summary in summaries] == [SHOWN]
    assert not set("<>") & set(summaries[0])


def test_a18_a_title_with_markup_is_text_for_news_search_and_on_the_page(client: Client) -> None:
    story = make_story(title=NASTY)

    assert [found.text for found in read(client, "/news-sitemap.xml").iter(f"{NEWS}title")] == [SHOWN]
    assert "<script>alert" not in client.get(story.url).content.decode()


def test_a_feed_names_addresses_of_the_settings_and_not_of_the_request(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://news.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    make_story()

    for address in ("/feed/", "/sitemaps/index.xml", "/sitemaps/pages-1.xml", "/news-sitemap.xml", "/robots.txt"):
        text = client.get(address, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in text
        assert "https://news.example.org/" in text


def test_a_feed_of_a_section_that_is_none_is_not_found(client: Client) -> None:
    make_section()

    assert client.get("/nowhere/feed/").status_code == 404
    assert client.get("/authors/nobody/feed/").status_code == 404


def test_a_feed_holds_the_newest_stories_first(client: Client) -> None:
    for days in (3, 1, 2):
        make_story(title=f"{days} days old", published_at=timezone.now() - timedelta(days=days))

    titles = [entry.findtext(f"{ATOM}title") for entry in read(client, "/feed/").findall(f"{ATOM}entry")]

    assert titles == ["1 days old", "2 days old", "3 days old"]


def test_the_site_map_leads_to_every_public_page_author_and_topic(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "http://testserver"
    story = make_story(authors=[make_author(), make_author(name="No Story")][:1], topics=[make_topic()])
    about = make_standing_page()

    files = [found.text or "" for found in read(client, "/sitemaps/index.xml").iter(f"{MAP}loc")]
    found = {loc.text for file in files for loc in read(client, file).iter(f"{MAP}loc")}

    here = "http://testserver"
    assert {here + story.url, here + about.url, here + "/authors/mira-solberg/", here + "/topics/ferries/"} <= found
    assert here + "/authors/no-story/" not in found


@pytest.mark.parametrize("address", ["/sitemaps/pages-0.xml", "/sitemaps/pages-2.xml", "/sitemaps/drafts-1.xml"])
def test_a_site_map_that_is_none_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_news_search_is_told_of_the_last_two_days_only(client: Client) -> None:
    make_story(title="New", published_at=timezone.now() - timedelta(hours=47))
    make_story(title="Old", published_at=timezone.now() - timedelta(hours=49))

    assert [found.text for found in read(client, "/news-sitemap.xml").iter(f"{NEWS}title")] == ["New"]
