"""What somebody answered stays to be read after an edit."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion.errors import EmptyComment
from readership.discussion.models import State, Version
from readership.discussion.posting import edit_comment
from readership.discussion.tests.makers import make_comment, make_thread, write
from readership.discussion.visibility import remove_comment

pytestmark = pytest.mark.django_db


def test_an_edit_after_the_first_reply_leaves_the_earlier_words_to_be_read(client: Client) -> None:
    thread = make_thread()
    comment = write(thread, text="The **ferry** was late.").comment
    make_comment(thread, answers=comment)

    edit_comment(comment=comment, text="The ferry was on time.", now=timezone.now())

    page = client.get(f"/discuss/comments/{comment.pk}/versions/").content.decode()
    assert "The <strong>ferry</strong> was late." in page
    assert "The ferry was on time." in page
    story = client.get(thread.page.url).content.decode()  # type: ignore[union-attr]
    assert f'href="/discuss/comments/{comment.pk}/versions/"' in story


def test_before_the_first_reply_they_are_kept_and_not_shown(client: Client) -> None:
    thread = make_thread()
    comment = write(thread, text="My address is 7 Quay Lane.").comment
    make_comment(thread, answers=comment, state=State.HELD)

    edit_comment(comment=comment, text="Never mind.", now=timezone.now())

    page = client.get(f"/discuss/comments/{comment.pk}/versions/").content.decode()
    assert "Quay Lane" not in page
    assert "Nobody had answered yet" in page
    assert Version.objects.get().text_html == "<p>My address is 7 Quay Lane.</p>"


def test_each_version_says_from_when_until_when() -> None:
    comment = write(make_thread(), text="one").comment
    first, second = timezone.now(), timezone.now()

    edit_comment(comment=comment, text="two", now=first)
    edit_comment(comment=comment, text="three", now=second)

    spans = list(Version.objects.order_by("id").values_list("written_at", "replaced_at"))
    assert spans == [(comment.created_at, first), (first, second)]


def test_a_refused_edit_leaves_no_version() -> None:
    comment = write(make_thread(), text="one").comment

    with pytest.raises(EmptyComment):
        edit_comment(comment=comment, text=" ", now=timezone.now())

    assert not Version.objects.exists()


def test_c02_versions_of_a_removed_comment_are_nobodys_business(client: Client) -> None:
    thread = make_thread()
    comment = write(thread).comment
    make_comment(thread, answers=comment)
    edit_comment(comment=comment, text="two", now=timezone.now())
    remove_comment(comment_id=comment.pk)

    assert client.get(f"/discuss/comments/{comment.pk}/versions/").status_code == 404
