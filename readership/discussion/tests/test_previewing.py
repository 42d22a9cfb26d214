"""A preview shows what a comment would be, keeps everything that was typed, and stores nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from readership.discussion import limits
from readership.discussion.models import Comment, Thread
from readership.discussion.tests.makers import make_comment, make_thread
from readership.readers.models import Guest

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


def preview(browser: Client, thread: Thread, **fields: object) -> Any:
    return browser.post(f"/discuss/threads/{thread.pk}/comments/preview/", {"text": "Gravel is *gravel*.", **fields})


def test_it_shows_the_text_as_it_would_be_posted(browser: Client) -> None:
    thread = make_thread()
    make_comment(thread, name="Old Salt")

    page = preview(browser, thread, text="@Old Salt: ||gravel||").content.decode()

    assert "<b>@Old Salt</b>: <details><summary>Spoiler</summary>gravel</details>" in page


def test_it_keeps_what_was_typed_and_whom_it_answers(browser: Client) -> None:
    thread = make_thread()
    asked = make_comment(thread, name="Ama")

    page = preview(
        browser, thread, name="Old <Salt>", email="salt@a.example", parent=asked.pk, submission_key="one"
    ).content.decode()

    for kept in ('value="Old &lt;Salt&gt;"', 'value="salt@a.example"', f'value="{asked.pk}"', 'value="one"'):
        assert kept in page
    assert ">Gravel is *gravel*.</textarea>" in page
    assert "<bdi data-answers>Ama</bdi>" in page
    assert 'role="alert"' not in page


def test_nothing_is_stored_and_no_cookie_is_set(browser: Client) -> None:
    answer = preview(browser, make_thread())

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert (Comment.objects.count(), Guest.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "the comment is empty"), ("\u200b", "the comment is empty"), ("x" * 5001, "too long")]
)
def test_where_there_is_nothing_to_show_it_says_so(browser: Client, text: str, sentence: str) -> None:
    page = preview(browser, make_thread(), text=text, parent="9" * 40).content.decode()

    assert sentence in page
    assert f">{text}</textarea>" in page


def test_who_asks_without_end_is_told_and_keeps_the_text(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PREVIEWS", ((2, 60),))
    thread = make_thread()

    pages = [preview(browser, thread).content.decode() for _time in range(3)]

    assert ["<em>gravel</em>" in page for page in pages] == [True, True, False]
    assert ">Gravel is *gravel*.</textarea>" in pages[2]


def test_c02_a_draft_shows_no_preview(browser: Client) -> None:
    assert preview(browser, make_thread(live=False)).status_code == 404


def test_d01_another_sites_form_gets_no_preview() -> None:
    assert preview(Client(headers={"Sec-Fetch-Site": "cross-site"}), make_thread()).status_code == 403


def own_comment_of(browser: Client) -> Comment:
    browser.post(f"/discuss/threads/{make_thread().pk}/comments/", {"text": "Sand.", "name": "Grete"})
    return Comment.objects.get()


def test_an_edit_has_the_same_box_and_is_shown_before_it_is_saved(browser: Client) -> None:
    comment = own_comment_of(browser)

    form = browser.get(f"/discuss/comments/{comment.pk}/edit/?sort=best").content.decode()
    page = browser.post(f"/discuss/comments/{comment.pk}/edit/preview/?sort=best", {"text": "*Gravel* & sand."})

    assert 'role="toolbar"' in form
    assert 'most="5000"' in form
    assert f'formaction="/discuss/comments/{comment.pk}/edit/preview/?sort=best"' in form
    shown = page.content.decode()
    assert "<em>Gravel</em> &amp; sand." in shown
    assert ">*Gravel* &amp; sand.</textarea>" in shown
    assert f'action="/discuss/comments/{comment.pk}/edit/?sort=best"' in shown
    comment.refresh_from_db()
    assert (comment.text_source, comment.edited_at) == ("Sand.", None)


def test_c03_nobody_else_and_no_other_site_previews_an_edit(browser: Client) -> None:
    address = f"/discuss/comments/{own_comment_of(browser).pk}/edit/preview/"

    assert Client(headers=OURS).post(address, {"text": "x"}).status_code == 404
    assert browser.post(address, {"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.get(address).status_code == 405


def test_an_edit_that_is_refused_names_the_mistake_and_keeps_the_words(browser: Client) -> None:
    comment = own_comment_of(browser)

    answer = browser.post(f"/discuss/comments/{comment.pk}/edit/", {"text": "x" * 5001})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert f">{'x' * 5001}</textarea>" in page
    assert 'role="alert"' in page
    assert page.count("5001 characters") == 2
