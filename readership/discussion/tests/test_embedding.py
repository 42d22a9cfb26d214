"""One comment, and how many there are, on other sites: in a frame, by hand or through oEmbed."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django.fixtures import Settings

from readership.discussion.models import Comment, State, Thread
from readership.discussion.tests.makers import make_comment, make_thread
from readership.discussion.visibility import remove_comment
from readership.pagecache.collecting import rendering
from readership.stories.models import Story
from readership.stories.tests.makers import restrict

pytestmark = pytest.mark.django_db
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@pytest.fixture(autouse=True)
def here(settings: Settings) -> None:
    settings.SITE_URL = "https://news.example.org"


def story_url(thread: Thread) -> str:
    return str(Story.objects.get(pk=thread.page_id).url)


def oembed(client: Client, url: str, **more: object) -> tuple[int, dict[str, object]]:
    answer = client.get(f"/discuss/oembed/?{urlencode({'url': url, 'format': 'json', **more})}")
    return answer.status_code, answer.json()


def permalink(comment: Comment) -> str:
    return f"https://news.example.org{story_url(comment.thread)}?comment={comment.pk}#comment-{comment.pk}"


def test_a_comment_stands_alone_with_a_way_back(client: Client) -> None:
    comment = make_comment(make_thread(), text="See [the plan](https://town.example/).", name="Old Salt")

    page = client.get(f"/talk/comments/{comment.pk}/embed/").content.decode()

    assert "<bdi>Old Salt</bdi>" in page
    assert '<a target="_blank" href="https://town.example/"' in page
    assert f'href="{permalink(comment)}" target="_blank"' in page
    assert not {"<script", "<form", "<button", "style="} & set(page.split())


def test_the_count_of_a_story_stands_alone_with_a_way_back(client: Client) -> None:
    thread = make_thread()
    make_comment(thread)
    make_comment(thread)

    page = client.get(f"/talk/{thread.pk}/count/").content.decode()

    assert (
        f'href="https://news.example.org{story_url(thread)}#comments" target="_blank" rel="noopener">2 comments</a>'
        in page
    )
    assert len(page) < 700


def test_d07_these_answers_and_no_others_may_stand_in_a_foreign_frame(client: Client) -> None:
    comment = make_comment(make_thread())
    framed = [
        f"/talk/comments/{comment.pk}/embed/",
        f"/talk/{comment.thread_id}/count/",
        "/talk/comments/999999/embed/",
    ]
    others = [f"/talk/comments/{comment.pk}/", f"/talk/{comment.thread_id}/feed/", "/talk/feed/", story_url(comment.thread),
              f"/discuss/comments/{comment.pk}/reply/"]  # fmt: skip

    for address in framed:
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert "form-action 'none'" in policy
        assert "X-Frame-Options" not in headers
        assert {name: headers[name] for name in OPEN} == OPEN
        assert "Set-Cookie" not in headers
    for address in others:
        headers = client.get(address).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
        assert headers["X-Frame-Options"] == "DENY"
        assert not OPEN.keys() & headers.keys()


def test_l12_what_is_gone_says_so_in_the_frame(client: Client) -> None:
    comment = make_comment(make_thread(), text="canary")
    remove_comment(comment_id=comment.pk)

    answer = client.get(f"/talk/comments/{comment.pk}/embed/")

    assert answer.status_code == 404
    assert "no longer shown" in answer.content.decode()
    assert "canary" not in answer.content.decode()


def test_c11_of_a_story_that_not_everybody_may_read_nothing_is_shown(client: Client) -> None:
    members, draft = make_comment(make_thread()), make_comment(make_thread(live=False))
    restrict(Story.objects.get(pk=members.thread.page_id))

    for comment in (members, draft):
        for address in ("comments/{0.pk}/embed/", "comments/{0.pk}/", "{0.thread_id}/count/"):
            assert client.get(f"/talk/{address.format(comment)}").status_code == 404
        assert oembed(client, permalink(comment))[0] == 404


def test_all_of_them_are_kept_for_everybody_and_go_with_their_thread() -> None:
    comment = make_comment(make_thread())

    for address in (
        f"/talk/comments/{comment.pk}/embed/",
        f"/talk/comments/{comment.pk}/",
        f"/talk/{comment.thread_id}/count/",
    ):
        with rendering() as page:
            Client().get(address)
        assert page.is_shared
        assert {"site", comment.thread.tag, f"page:{comment.thread.page_id}"} <= page.tags


def test_a_page_of_ours_offers_the_lines_to_copy(client: Client) -> None:
    comment = make_comment(make_thread(), name='Ann "onload=x')

    page = client.get(f"/talk/comments/{comment.pk}/").content.decode()

    snippet = f'<iframe src="https://news.example.org/talk/comments/{comment.pk}/embed/" title="Comment by Ann &quot;onload=x"'
    assert escape(snippet) in page
    assert escape(f'src="https://news.example.org/talk/{comment.thread_id}/count/"') in page
    assert "<iframe" not in page


def test_the_page_of_one_comment_leads_there(client: Client) -> None:
    thread = make_thread()
    comment, held = make_comment(thread), make_comment(thread, state=State.HELD)

    linked = client.get(f"{story_url(thread)}?comment={comment.pk}").content.decode()
    gone = client.get(f"{story_url(thread)}?comment={held.pk}").content.decode()

    assert f'href="/talk/comments/{comment.pk}/"' in linked
    assert 'type="application/json+oembed" href="https://news.example.org/discuss/oembed/?url=' in linked
    assert "/talk/comments/" not in gone
    assert "/talk/comments/" not in client.get(story_url(thread)).content.decode()


def test_oembed_answers_for_the_permalink_of_a_comment(client: Client) -> None:
    comment = make_comment(make_thread(), name="Ann")

    status, answer = oembed(client, permalink(comment), maxwidth=400)

    assert status == 200
    assert answer["type"], answer["version"] == ("rich", "1.0")
    assert answer["author_name"] == "Ann"
    assert answer["width"] == 400
    assert f'src="https://news.example.org/talk/comments/{comment.pk}/embed/"' in str(answer["html"])
    assert f'width="400" height="{answer["height"]}"' in str(answer["html"])


def test_oembed_is_discovered_at_the_address_that_it_answers_for(client: Client) -> None:
    comment = make_comment(make_thread())
    page = client.get(f"{story_url(comment.thread)}?comment={comment.pk}").content.decode()

    address = page.split('type="application/json+oembed" href="https://news.example.org')[1].split('"')[0]

    assert client.get(address.replace("&amp;", "&")).json()["type"] == "rich"


@pytest.mark.parametrize(
    "url",
    ["", "https://evil.example/harbour/x/?comment={0}", "http://news.example.org{1}?comment={0}", "https://news.example.org/?comment={0}",
     "https://news.example.org{1}", "https://news.example.org{1}?comment=x", "https://[", "https://news.example.org.evil.example{1}?comment={0}",
     "https://news.example.org@evil.example{1}?comment={0}"],
)  # fmt: skip
def test_oembed_answers_for_nothing_else(client: Client, url: str) -> None:
    comment = make_comment(make_thread())

    assert oembed(client, url.format(comment.pk, story_url(comment.thread)))[0] == 404


def test_oembed_speaks_json_only(client: Client) -> None:
    assert client.get("/discuss/oembed/?format=xml&url=x").status_code == 501
