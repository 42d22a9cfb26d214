"""Readers find their way: stories, people, topics, the search, and through a long thread."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import NAME, Newsroom
from tests.journeys.visitor import Visitor, within

HEADLINE = "The second ferry that never came"


def test_from_the_front_page_to_a_story_its_author_its_topic_and_the_search(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    page = visitor.page
    story, section = newsroom.path("busy"), newsroom.path("section")

    visitor.go("/")
    page.get_by_role("banner").locator(f"a[href='{section}']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour")
    page.get_by_role("heading", name=HEADLINE).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    page.locator("article").first.locator(f"a[href='{newsroom.path('author')}']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Solberg")
    page.get_by_role("heading", name=HEADLINE).get_by_role("link").click()
    page.locator(f"a[href='{newsroom.path('topic')}']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferries")
    page.get_by_role("banner").locator("a[href='/search/']").click()
    # Words are put into the search by the work in the background, soon after the story is published.
    assert within(30, lambda: _finds(visitor, "ferry", story))
    page.locator(f"main a[href='{story}']").first.click()

    assert visitor.path == story
    assert visitor.context.cookies() == []


def _finds(visitor: Visitor, words: str, story: str) -> bool:
    visitor.page.locator("main [name=q]").fill(words)
    visitor.page.locator("main [role=search] [type=submit]").click()
    visitor.page.wait_for_url("**/search/?q=*")
    return visitor.page.locator(f"main a[href='{story}']").count() > 0


def test_a_search_without_results_says_what_to_try(visitor: Visitor) -> None:
    visitor.go("/search/?q=zeppelin")

    expect(visitor.page.locator("main [name=q]")).to_have_value("zeppelin")
    expect(visitor.page.get_by_role("main")).to_contain_text("0 stories with “zeppelin”")


@pytest.mark.parametrize("order", ["newest", "oldest", "voted", "best", "discussed"])
def test_a_reader_chooses_the_order_of_comments(visitor: Visitor, newsroom: Newsroom, order: str) -> None:
    labels = {
        "newest": "Newest",
        "oldest": "Oldest",
        "voted": "Most voted",
        "best": "Best",
        "discussed": "Most discussed",
    }
    visitor.go(f"{newsroom.path('busy')}?sort={'oldest' if order == 'newest' else 'newest'}")

    orders = visitor.thread.get_by_role("navigation", name="Order of comments")
    orders.get_by_role("link", name=labels[order], exact=True).click()

    first = newsroom.facts["talk"][order]
    expect(visitor.roots().first).to_have_id(f"comment-{first}")
    expect(orders.locator("[aria-current]")).to_have_text(labels[order])
    expect(visitor.thread).to_contain_text(f"{labels[order]}:")


def test_more_comments_follow_until_all_were_seen_once(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("busy"))
    seen = _ids(visitor)

    more = visitor.thread.locator("a[href*='after=']", has_text="Show more comments")
    while more.count():
        before = visitor.roots().count()
        address = more.get_attribute("href")
        more.click()
        if visitor.has_script:
            expect(visitor.roots()).not_to_have_count(before)
        else:
            visitor.page.wait_for_url(f"**{address}")
        seen += [comment for comment in _ids(visitor) if not visitor.has_script or comment not in seen]

    assert len(seen) == len(set(seen)) == newsroom.facts["talk"]["shown_count"]


def _ids(visitor: Visitor) -> list[str]:
    return [str(one.get_attribute("id")) for one in visitor.roots().all()]


def test_more_replies_open_where_the_comment_stands(visitor: Visitor, newsroom: Newsroom) -> None:
    talk = newsroom.facts["talk"]
    visitor.go(newsroom.path("busy"))
    last = visitor.comment(talk["answers"][-1])
    expect(last).to_have_count(0)

    visitor.comment(talk["branch"]).locator(f"a[href*='replies={talk['branch']}']").click()

    expect(last).to_contain_text("Reply number 8.")
    for answer in talk["answers"]:
        expect(visitor.comment(answer)).to_have_count(1)
    if visitor.has_script:
        assert visitor.path == newsroom.path("busy")


def test_a_deep_reply_names_whom_it_answers(visitor: Visitor, newsroom: Newsroom) -> None:
    talk = newsroom.facts["talk"]

    visitor.go(f"{newsroom.path('busy')}?replies={talk['branch']}")

    expect(visitor.comment(talk["answers"][-1])).to_contain_text("Answerer 7")


def test_the_permalink_of_a_comment_on_the_third_page_leads_straight_to_it(
    visitor: Visitor, another: Another, newsroom: Newsroom
) -> None:
    visitor.go(newsroom.path("busy"))
    for _page in range(2):
        visitor.page.goto(str(newsroom.url + _next_url(visitor)))
    comment = visitor.roots().nth(3)
    comment_id = str(comment.get_attribute("id"))
    permalink = comment.locator(f"a[href$='#{comment_id}']").first.get_attribute("href")

    friend = another()
    friend.go(str(permalink))

    expect(friend.page.locator(f"#{comment_id}")).to_be_in_viewport()


def _next_url(visitor: Visitor) -> str:
    return str(visitor.thread.locator("a[href*='after=']", has_text="Show more comments").get_attribute("href"))


def test_the_place_of_a_removed_comment_stays_while_it_has_replies(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("busy"))

    expect(visitor.thread).to_contain_text("An answer to what is gone.")
    expect(visitor.thread).not_to_contain_text("Gone words.")


def test_the_whole_picture_is_one_click_away(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("busy"))
    link = visitor.page.locator("figure a[href^='/media/']").first
    picture = str(link.get_attribute("href"))

    link.click()

    if not visitor.has_script:
        assert visitor.path == picture
        return
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "A pier")
    expect(dialog).to_contain_text("The pier at noon")
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_the_close_button_closes_the_picture_too(visitor: Visitor, newsroom: Newsroom) -> None:
    if not visitor.has_script:
        return  # There is no viewer: the link led to the picture.
    visitor.go(newsroom.path("busy"))
    visitor.page.locator("figure a[href^='/media/']").first.click()

    visitor.page.get_by_role("dialog").get_by_role("button").click()

    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def test_the_meter_says_its_values_in_whole_units_and_in_words(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("quiet"))

    meter = visitor.page.get_by_role("meter")
    expect(meter).to_have_attribute("aria-valuemin", "0")
    expect(meter).to_have_attribute("aria-valuemax", "5000")
    expect(meter).to_have_attribute("aria-valuetext", re.compile(r"\$1,4\d\d .*\$5,000"))
    assert float(str(meter.get_attribute("aria-valuenow"))) >= newsroom.facts["campaign"]["raised"]
    expect(visitor.page.get_by_text(re.compile(r"^\$1,4\d\d of \$5,000 raised by")).first).to_be_visible()


def test_the_support_page_says_how_to_give(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.get_by_role("contentinfo").locator("a[href='/support/']").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Spring fund")
    expect(visitor.page.get_by_role("main")).to_contain_text("By bank transfer.")
    expect(visitor.page.get_by_role("meter")).to_have_count(1)


def test_a_closed_thread_can_be_read_and_not_written_to(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("closed"))

    expect(visitor.thread).to_contain_text("A pity.")
    expect(visitor.thread).to_contain_text("closed")
    expect(visitor.write).to_have_count(0)
    expect(visitor.thread.locator("a[href$='/reply/']")).to_have_count(0)


def test_an_empty_thread_invites(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("quiet"))

    expect(visitor.thread.get_by_role("heading", name="No comments yet")).to_be_visible()
    expect(visitor.write.locator("[name=text]")).to_be_visible()


def test_an_address_without_a_page_says_so_and_offers_the_search(visitor: Visitor) -> None:
    answer = visitor.go("/harbour/no-such-story/")

    assert answer.status == 404
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.page.locator("main [name=q]")).to_be_visible()
    expect(visitor.page).to_have_title(re.compile(NAME))


def test_on_paper_there_is_the_story_without_the_thread(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("busy"))

    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_role("heading", name=HEADLINE, level=1)).to_be_visible()
    expect(visitor.thread).to_be_hidden()
    expect(visitor.page.get_by_role("banner").get_by_role("navigation")).to_have_count(0)


@pytest.mark.parametrize(
    "page", ["/", "busy", "quiet", "section", "author", "topic", "standing", "/support/", "/search/?q=ferry"]
)
def test_l04_reading_sets_no_cookie_and_asks_no_other_host(visitor: Visitor, newsroom: Newsroom, page: str) -> None:
    visitor.go(newsroom.facts.get(page, page))
    visitor.page.wait_for_load_state("networkidle")

    assert visitor.context.cookies() == []


def test_nothing_is_wider_than_a_small_screen(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.page.set_viewport_size({"width": 320, "height": 700})

    for path in ("/", newsroom.path("busy"), "/support/", newsroom.path("author"), "/search/?q=ferry"):
        visitor.go(path)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320, path
