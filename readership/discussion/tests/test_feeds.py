"""The feed of a thread and the feed of the site's newest comments."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pytest_django.fixtures import Settings

from readership.discussion.models import Comment, State, Thread
from readership.discussion.posting import edit_comment, withdraw_comment
from readership.discussion.tests.makers import make_comment, make_thread, write
from readership.discussion.visibility import remove_comment
from readership.pagecache.collecting import rendering
from readership.pagecache.generations import Generations, counters
from readership.stories.models import Story
from readership.stories.tests.makers import restrict

pytestmark = pytest.mark.django_db
Capture = Callable[..., AbstractContextManager[Any]]
ATOM = "{http://www.w3.org/2005/Atom}"
THREADING = "{http://purl.org/syndication/thread/1.0}"
NASTY = "</title><script>alert('x')</script> & ]]> \x0b"


def entries(client: Client, address: str) -> list[Element]:
    root: Element = fromstring(client.get(address).content)
    return root.findall(f"{ATOM}entry")


def contents(client: Client, address: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}content") for entry in entries(client, address)]


def story_of(thread: Thread) -> Story:
    story: Story = Story.objects.get(pk=thread.page_id)
    return story


def both(thread: Thread) -> tuple[str, str]:
    return f"/talk/{thread.pk}/feed/", "/talk/feed/"


def test_a_thread_has_a_feed_of_its_comments_the_newest_first(client: Client) -> None:
    thread = make_thread()
    first = make_comment(thread, text="The **pier** is new.", name="Old Salt", minutes_ago=9)
    make_comment(thread, text="It is not.", name="Ann", minutes_ago=5, answers=first)
    make_comment(make_thread(), text="Elsewhere.")

    reply, root = entries(client, f"/talk/{thread.pk}/feed/")

    assert root.findtext(f"{ATOM}content") == "<p>The <strong>pier</strong> is new.</p>"
    content = root.find(f"{ATOM}content")
    assert content is not None
    assert content.attrib == {"type": "html"}
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Old Salt"
    assert root.findtext(f"{ATOM}title") == f"Old Salt on “{story_of(thread).title}”"
    link = root.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith(f"{story_of(thread).url}?comment={first.pk}#comment-{first.pk}")
    answered = reply.find(f"{THREADING}in-reply-to")
    assert answered is not None
    assert answered.attrib["ref"] == root.findtext(f"{ATOM}id")
    assert root.find(f"{THREADING}in-reply-to") is None


def test_the_feed_of_the_site_has_the_newest_of_all_threads(client: Client) -> None:
    make_comment(make_thread(), text="Older.", minutes_ago=9)
    make_comment(make_thread(), text="Newer.", minutes_ago=5)

    assert contents(client, "/talk/feed/") == ["<p>Newer.</p>", "<p>Older.</p>"]


def test_feeds_hold_fifty_entries_and_ask_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    thread = make_thread()
    comment = make_comment(thread)
    rows = [Comment.objects.get(pk=comment.pk) for _each in range(60)]
    for number, row in enumerate(rows):
        row.pk, row.created_at = None, timezone.now() - timedelta(minutes=number)
    Comment.objects.bulk_create(rows)
    client.get("/talk/feed/")  # What is remembered of the site costs its queries once.

    for address in both(thread):
        with django_assert_max_num_queries(6):
            assert len(entries(client, address)) == 50


def test_updated_says_when_it_was_edited_and_the_id_stays(client: Client) -> None:
    thread = make_thread()
    comment = write(thread, text="one").comment
    (before,) = entries(client, f"/talk/{thread.pk}/feed/")
    later = timezone.now() + timedelta(minutes=3)

    edit_comment(comment=comment, text="two", now=later)
    story = story_of(thread)
    story.slug = "another-address"
    story.save_revision().publish()

    (after,) = entries(client, f"/talk/{thread.pk}/feed/")
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert str(after.findtext(f"{ATOM}id")).startswith("tag:")
    assert parse_datetime(after.findtext(f"{ATOM}updated") or "") == later
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")
    link = after.find(f"{ATOM}link")
    assert link is not None
    assert "/another-address/?comment=" in link.attrib["href"]


def test_l12_only_what_is_published_stands_in_a_feed(client: Client) -> None:
    thread = make_thread()
    for state in (State.HELD, State.REMOVED, State.WITHDRAWN):
        gone = make_comment(thread, text="canary", state=state)
        make_comment(thread, text="An answer.", answers=gone)

    for address in both(thread):
        assert contents(client, address) == ["<p>An answer.</p>"] * 3


def test_c11_a_thread_that_not_everybody_may_read_has_no_feed(client: Client) -> None:
    draft, members, open_thread = make_thread(live=False), make_thread(), make_thread()
    for thread in (draft, members):
        make_comment(thread, text="canary")
    make_comment(open_thread, text="Seen.")
    restrict(story_of(members))

    assert client.get(f"/talk/{draft.pk}/feed/").status_code == 404
    assert client.get(f"/talk/{members.pk}/feed/").status_code == 404
    assert client.get("/talk/999999/feed/").status_code == 404
    assert contents(client, "/talk/feed/") == ["<p>Seen.</p>"]


def test_a02_a18_markup_and_control_characters_of_an_old_site_are_text(client: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread, name="x")
    Comment.objects.filter(pk=comment.pk).update(
        author_name=f"<img src=x>{NASTY}"[:80], text_html="<p>a\x0bb &lt;b&gt;</p>"
    )
    Story.objects.filter(pk=thread.page_id).update(title=NASTY)

    for address in both(thread):
        (entry,) = entries(client, address)
        assert entry.findtext(f"{ATOM}content") == "<p>ab &lt;b&gt;</p>"
        assert str(entry.findtext(f"{ATOM}title")).startswith("<img src=x></title><script>")
        assert not [one for one in entry.iter() if one.tag.endswith(("img", "script", "b"))]


def test_an_address_of_the_settings_and_not_of_the_request(client: Client, settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://news.example.org", ["*"]
    thread = make_thread()
    make_comment(thread)

    for address in both(thread):
        text = client.get(address, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in text
        assert f'href="https://news.example.org{address}" rel="self"' in text


@pytest.mark.parametrize(
    "change", [lambda one: remove_comment(comment_id=one.pk), lambda one: withdraw_comment(comment=one)]
)
def test_what_is_taken_away_makes_the_feeds_stale(
    change: Callable[[Comment], object], django_capture_on_commit_callbacks: Capture
) -> None:
    thread = make_thread()
    comment = write(thread).comment
    generations = Generations(counters())
    before = generations.snapshot()
    kept = []
    for address in both(thread):
        with rendering() as page:
            Client().get(address)
        assert page.is_shared
        kept.append(generations.tags(page.tags, at=before))

    with django_capture_on_commit_callbacks(execute=True):
        change(comment)

    assert [generations.are_unchanged(tags) for tags in kept] == [False, False]


def test_a_story_taken_down_makes_both_feeds_stale(django_capture_on_commit_callbacks: Capture) -> None:
    thread = make_thread()
    make_comment(thread)
    generations = Generations(counters())
    kept = []
    for address in both(thread):
        before = generations.snapshot()
        with rendering() as page:
            Client().get(address)
        # Without what changes for all pages, to see that these name the story itself.
        kept.append(generations.tags(page.tags - {"site"}, at=before))

    with django_capture_on_commit_callbacks(execute=True):
        story_of(thread).unpublish()

    assert [generations.are_unchanged(tags) for tags in kept] == [False, False]


def test_a_story_leads_to_the_feed_of_its_thread_in_head_and_foot(client: Client) -> None:
    thread = make_thread()

    page = client.get(story_of(thread).url).content.decode()

    head, body = page.split("</head>")
    assert (
        f'type="application/atom+xml" title="Comments on “{story_of(thread).title}”" href="/talk/{thread.pk}/feed/"'
        in head
    )
    assert f'href="/talk/{thread.pk}/feed/"' in body
