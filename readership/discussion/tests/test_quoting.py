"""A reply can begin with the words that it answers, without JavaScript too."""

from __future__ import annotations

import pytest
from django.test import Client

from readership.discussion.quoting import quoted
from readership.discussion.rendering import render_markdown
from readership.discussion.tests.makers import make_comment, make_thread


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Salt & *gravel*.\n\nBoth.", "> Salt & gravel. Both.\n\n"),
        ("> Who was it?\n\nThe captain.", "> The captain.\n\n"),
        ("It was ||the captain||.", "> It was ….\n\n"),
        ("> The captain?", ""),
    ],
)
def test_it_quotes_what_a_comment_says_itself_and_no_spoiler(said: str, begins: str) -> None:
    assert quoted(render_markdown(said)) == begins


def test_a_long_comment_is_cut_between_words() -> None:
    begins = quoted(render_markdown("gravel " * 100))

    assert begins.endswith(" gravel…\n\n")
    assert 290 < len(begins.strip()) <= 302


@pytest.mark.django_db
def test_the_page_for_a_reply_holds_the_quote_only_when_it_was_asked_for() -> None:
    comment = make_comment(make_thread(), text="<Salt> and gravel.")

    page = Client().get(f"/discuss/comments/{comment.pk}/reply/?quote=1").content.decode()

    assert "&gt; &lt;Salt&gt; and gravel.\n\n</textarea>" in page
    assert ">&gt; " not in Client().get(f"/discuss/comments/{comment.pk}/reply/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?sort=best&own=1"])
def test_the_link_to_quote_leads_there_from_every_order(query: str) -> None:
    thread = make_thread()
    comment = make_comment(thread)
    make_comment(thread)

    page = Client().get(f"{thread.page.url}{query}").content.decode()  # type: ignore[union-attr]

    sort = "sort=best&amp;" if "best" in query else ""
    assert f'href="/discuss/comments/{comment.pk}/reply/?{sort}quote=1"' in page
