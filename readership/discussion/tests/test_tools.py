"""Moderators act in the page; for all others there is no such address."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from readership.discussion.models import Comment, State
from readership.discussion.tests.makers import make_comment, make_guest, make_reader, make_thread

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def moderator() -> Client:
    person = make_reader(name="Mo", email="mo@example.org", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    browser = Client(headers=OURS)
    browser.force_login(person)
    return browser


def use(browser: Client, comment: Comment, verb: str) -> int:
    return browser.post(f"/discuss/comments/{comment.pk}/tools/", {"verb": verb}).status_code


# What it is before, which buttons stand there, and what each leads to.
WAYS = [
    (State.PUBLISHED, "feature", {"featured": True}),
    (State.PUBLISHED, "pin", {"pinned": True}),
    (State.PUBLISHED, "hold", {"state": State.HELD}),
    (State.PUBLISHED, "remove", {"state": State.REMOVED}),
    (State.HELD, "publish", {"state": State.PUBLISHED}),
    (State.HELD, "remove", {"state": State.REMOVED}),
    (State.REMOVED, "publish", {"state": State.PUBLISHED}),
]


@pytest.mark.parametrize(("before", "verb", "after"), WAYS)
def test_each_button_does_what_it_says(moderator: Client, before: State, verb: str, after: dict[str, object]) -> None:
    comment = make_comment(make_thread(), state=before)
    assert f'value="{verb}"' in moderator.get(f"/discuss/comments/{comment.pk}/tools/").content.decode()

    assert use(moderator, comment, verb) == 303

    comment.refresh_from_db()
    became = {"featured": comment.featured_at is not None, "pinned": comment.is_pinned, "state": comment.state}
    assert {name: became[name] for name in after} == after


@pytest.mark.parametrize(
    ("state", "verb"),
    [(State.HELD, "feature"), (State.WITHDRAWN, "publish"), (State.REMOVED, "pin"), (State.PUBLISHED, "burn")],
)
def test_what_is_not_offered_is_not_done(moderator: Client, state: State, verb: str) -> None:
    comment = make_comment(make_thread(), state=state)

    assert use(moderator, comment, verb) == 200

    comment.refresh_from_db()
    assert (comment.state, comment.featured_at, comment.is_pinned) == (state, None, False)


def test_the_thread_is_closed_and_opened_again(moderator: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread)

    use(moderator, comment, "close")
    thread.refresh_from_db()
    assert thread.closed_at

    use(moderator, comment, "reopen")
    thread.refresh_from_db()
    assert thread.closed_at is None


def test_the_same_persons_other_comments_are_shown_with_their_states(moderator: Client) -> None:
    thread, salt = make_thread(), make_guest()
    comment = make_comment(thread, speaker=salt)
    make_comment(thread, speaker=salt, text="Buy my boats.", state=State.REMOVED)
    make_comment(thread, speaker=make_guest("Grete"), text="Somebody else.")

    page = moderator.get(f"/discuss/comments/{comment.pk}/tools/").content.decode()

    assert "Buy my boats." in page
    assert "removed" in page
    assert "Somebody else." not in page


def test_the_link_stands_in_a_moderators_own_view_and_in_no_other(moderator: Client) -> None:
    thread = make_thread()
    comment = make_comment(thread)
    address = f"/discuss/comments/{comment.pk}/tools/"

    assert address in moderator.get(f"{thread.page.url}?own=1").content.decode()  # type: ignore[union-attr]
    assert address not in moderator.get(thread.page.url).content.decode()  # type: ignore[union-attr]
    assert moderator.get(f"/discuss/mine/?thread={thread.pk}&shown={comment.pk}").json()["tools_label"] == "Moderate"


@pytest.mark.parametrize("who", ["nobody", "reader", "staff without the permission"])
def test_c02_for_all_others_there_is_no_such_address(who: str) -> None:
    browser, comment = Client(headers=OURS), make_comment(make_thread())
    if who != "nobody":
        browser.force_login(make_reader(is_staff=who != "reader"))

    assert browser.get(f"/discuss/comments/{comment.pk}/tools/").status_code == 404
    assert use(browser, comment, "remove") == 404
    comment.refresh_from_db()
    assert comment.is_published


def test_d01_no_other_site_can_use_them(moderator: Client) -> None:
    comment = make_comment(make_thread())

    answer = moderator.post(
        f"/discuss/comments/{comment.pk}/tools/", {"verb": "remove"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    comment.refresh_from_db()
    assert comment.is_published
