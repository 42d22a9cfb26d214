"""The comments of a story page, as its JSON-LD describes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.dateparse import parse_datetime

from readership.discussion.models import Comment, State, Thread
from readership.discussion.tests.makers import make_comment, make_thread
from readership.stories.models import Story

pytestmark = pytest.mark.django_db
START = '<script type="application/ld+json">'


def described(client: Client, thread: Thread, query: str = "") -> dict[str, Any]:
    page = client.get(f"{Story.objects.get(pk=thread.page_id).url}{query}").content.decode()
    found: dict[str, Any] = json.loads(page.split(START)[1].split("</script>")[0])
    return found


def test_each_comment_shown_is_described_with_whom_it_answers(client: Client) -> None:
    thread = make_thread()
    root = make_comment(thread, text="The **pier** is _new_ & dry.", name="Ann", up=3, down=1)
    reply = make_comment(thread, text="No.", answers=root)

    first, second = described(client, thread)["comment"]

    address = f"{Story.objects.get(pk=thread.page_id).url}?comment={root.pk}#comment-{root.pk}"
    assert first["@type"] == "Comment"
    assert first["url"].endswith(address)
    assert first["author"] == {"@type": "Person", "name": "Ann"}
    assert first["text"] == "The pier is new & dry."
    assert (first["upvoteCount"], first["downvoteCount"]) == (3, 1)
    assert parse_datetime(first["dateCreated"]) == root.created_at.replace(microsecond=0)
    assert "parentItem" not in first
    assert second["parentItem"] == {"@id": first["@id"]}
    assert second["url"].endswith(f"#comment-{reply.pk}")


def test_pinned_ones_come_first_as_on_the_page(client: Client) -> None:
    thread = make_thread()
    make_comment(thread, text="Pinned.", is_pinned=True, minutes_ago=99)
    make_comment(thread, text="Newer.")

    assert [one["text"] for one in described(client, thread)["comment"]] == ["Pinned.", "Newer."]


def test_l12_of_gone_ones_nothing_is_described(client: Client) -> None:
    thread = make_thread()
    gone = make_comment(thread, text="canary", name="canary", state=State.REMOVED)
    make_comment(thread, text="An answer.", answers=gone)
    make_comment(thread, text="canary", state=State.HELD)

    story = described(client, thread)

    assert [one["text"] for one in story["comment"]] == ["An answer."]
    assert "parentItem" not in story["comment"][0]
    assert "canary" not in json.dumps(story)
    assert story["commentCount"] == 1


def test_a12_no_comment_ends_the_script(client: Client) -> None:
    thread = make_thread()
    nasty = "</script><script>alert(1)</script>\u2028"
    comment = make_comment(thread, text=nasty, name=nasty[:20])
    Comment.objects.filter(pk=comment.pk).update(
        text_html="<p>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u2028</p>"
    )

    page = client.get(Story.objects.get(pk=thread.page_id).url).content.decode()
    script = page.split(START)[1].split("</script>")[0]

    assert not set("<>&\u2028") & set(script)
    assert "</script><script>alert(1)" in json.loads(script)["comment"][0]["text"]


def test_a_long_text_is_cut_between_words(client: Client) -> None:
    thread = make_thread()
    make_comment(thread, text="ferry " * 500)

    text = described(client, thread)["comment"][0]["text"]

    assert len(text) <= 300
    assert text.endswith("ferry…")


def test_describing_asks_nothing_that_the_thread_has_not_asked(client: Client) -> None:
    thread = make_thread()
    make_comment(thread, answers=make_comment(thread))

    with CaptureQueriesContext(connection) as asked:
        client.get(Story.objects.get(pk=thread.page_id).url)

    about = [query["sql"] for query in asked.captured_queries if "discussion_" in query["sql"]]
    assert len(about) == len(set(about)) <= 5


def test_a_story_without_comments_describes_none(client: Client) -> None:
    assert "comment" not in described(client, make_thread())


def posting(client: Client, comment: Comment) -> dict[str, Any]:
    page = client.get(f"/talk/comments/{comment.pk}/").content.decode()
    found: dict[str, Any] = json.loads(page.split(START)[1].split("</script>")[0])
    return found


def test_the_page_of_one_comment_is_a_posting_of_its_writer(client: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread, text="The **pier** is new. " * 30, name="Ann", up=3, down=1)

    page = posting(client, comment)

    assert (page["@type"], page["url"]) == ("WebPage", f"{settings.SITE_URL}/talk/comments/{comment.pk}/")
    main = page["mainEntity"]
    story = Story.objects.get(pk=thread.page_id)
    assert main["@type"] == "DiscussionForumPosting"
    assert main["author"] == {"@type": "Person", "name": "Ann"}
    assert parse_datetime(main["datePublished"]) == comment.created_at.replace(microsecond=0)
    assert main["text"] == ("The pier is new. " * 30).strip()
    assert main["url"].endswith(f"{story.url}?comment={comment.pk}#comment-{comment.pk}")
    assert [one["userInteractionCount"] for one in main["interactionStatistic"]] == [3, 1]
    assert (main["headline"], main["isPartOf"]["name"]) == (story.title, story.title)


def test_a_story_is_no_posting_of_a_reader(client: Client) -> None:
    thread = make_thread()
    make_comment(thread)

    page = client.get(Story.objects.get(pk=thread.page_id).url).content.decode()

    assert described(client, thread)["@type"] == "NewsArticle"
    assert "DiscussionForumPosting" not in page


def test_a12_no_posting_ends_the_script_and_none_is_without_end(client: Client) -> None:
    thread = make_thread()
    nasty = "</script><script>alert(1)</script>"
    comment = make_comment(thread, text="x", name=nasty)
    Story.objects.filter(pk=thread.page_id).update(title=nasty)
    Comment.objects.filter(pk=comment.pk).update(text_html=f"<p>&lt;/script&gt;{'ferry ' * 9_000}\u2028</p>")

    page = client.get(f"/talk/comments/{comment.pk}/").content.decode()
    script = page.split(START)[1].split("</script>")[0]

    assert not set("<>&\u2028") & set(script)
    main = json.loads(script)["mainEntity"]
    assert main["author"]["name"] == main["headline"] == nasty
    assert len(main["text"]) <= 10_000
