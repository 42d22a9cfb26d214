"""What was written before belongs to its writer: to a verified guest, or to a reader with an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from readership.discussion.models import Badge, Comment, Mute, State, Thread, Vote
from readership.discussion.screening import RULES
from readership.discussion.tests.makers import make_comment, make_guest, make_thread
from readership.discussion.voting import cast_vote
from readership.readers.claims import Claim, counts, take
from readership.readers.models import Guest, Reader
from readership.readers.speaking import Speaker
from readership.readers.tests.makers import mails_to, make_reader, sign_in
from readership.stories.models import Author
from readership.stories.tests.makers import make_author, make_story

pytestmark = pytest.mark.django_db
GRETE = "grete@readers.example"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


@pytest.fixture
def thread() -> Thread:
    return make_thread()


def post(browser: Client, thread: Thread, text: str = "The pier is new.", **fields: Any) -> Comment:
    form = {"text": text, "name": "Grete", "email": "", "submission_key": text, **fields}
    answer = browser.post(f"/discuss/threads/{thread.pk}/comments/", form)
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.get(text_source=text)


def confirm(browser: Client, address: str = GRETE) -> None:
    found = re.search(r"/guests/confirm/\S+/", mails_to(address)[-1]["text"])
    assert found
    assert browser.post(found[0]).status_code == 200


class TestVerifiedGuest:
    def test_confirming_puts_the_mark_on_what_was_written_before(self, browser: Client, thread: Thread) -> None:
        first = post(browser, thread, "One.")
        second = post(browser, thread, "Two.", email=GRETE)

        confirm(browser)

        assert {one.badge for one in Comment.objects.all()} == {Badge.VERIFIED}
        page = browser.get(thread.page.url).content.decode()  # type: ignore[union-attr]
        assert page.count("verified guest</span>") == 2
        assert first.guest_id == second.guest_id

    def test_what_is_written_later_carries_it_under_the_confirmed_name_only(
        self, browser: Client, thread: Thread
    ) -> None:
        post(browser, thread, "One.", email=GRETE)
        confirm(browser)

        assert post(browser, thread, "Two.").badge == Badge.VERIFIED
        assert post(browser, thread, "Three.", name="Somebody else").badge == Badge.GUEST
        assert Guest.objects.get().name == "Grete"

    def test_a16_nobody_else_writes_under_the_name(self, browser: Client, thread: Thread) -> None:
        post(browser, thread, "One.", email=GRETE)
        confirm(browser)

        form = {"text": "I am Grete too.", "name": "GRETE"}
        answer = Client(headers=OURS).post(f"/discuss/threads/{thread.pk}/comments/", form)

        assert answer.status_code == 400
        assert "That name belongs to somebody here" in answer.content.decode()

    def test_one_mail_is_enough_for_many_comments(self, browser: Client, thread: Thread) -> None:
        for text in ("One.", "Two.", "Three."):
            post(browser, thread, text, email=GRETE)

        assert len(mails_to(GRETE)) == 1

    def test_g03_what_a_rule_holds_writes_to_nobody(self, browser: Client, thread: Thread) -> None:
        post(browser, thread, "Buy this.", email=GRETE, website="https://spam.example")

        assert mails_to(GRETE) == []

    def test_g05_a_name_that_looks_like_a_link_stays_out_of_the_mail(self, browser: Client, thread: Thread) -> None:
        post(browser, thread, "One.", name="evil.example", email=GRETE)

        text = mails_to(GRETE)[0]["text"]
        assert "evil.example" not in text
        assert "this address" in text


class TestTheAddressIsAskedForFirst:
    """The newsroom's policy “verified”."""

    @pytest.fixture(autouse=True)
    def _policy(self, settings: Any) -> None:
        settings.GUEST_POLICY = "verified"

    def test_without_an_address_the_form_says_what_is_missing(self, browser: Client, thread: Thread) -> None:
        answer = browser.post(f"/discuss/threads/{thread.pk}/comments/", {"text": "One.", "name": "Grete"})

        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Please give your e-mail address." in page
        assert "One." in page

    def test_the_comment_appears_once_the_address_is_confirmed(self, browser: Client, thread: Thread) -> None:
        comment = post(browser, thread, "One.", email=GRETE)
        assert comment.state == State.HELD
        own = browser.get(f"{thread.page.url}?own=1").content.decode()  # type: ignore[union-attr]
        assert "Confirm your address with our mail" in own

        confirm(browser)

        comment.refresh_from_db()
        thread.refresh_from_db()
        assert (comment.state, comment.badge, thread.comments_count) == (State.PUBLISHED, Badge.VERIFIED, 1)
        assert post(browser, thread, "Two.").state == State.PUBLISHED

    def test_what_another_rule_holds_stays_held(self, browser: Client, thread: Thread) -> None:
        comment = post(browser, thread, "See https://elsewhere.example now.", email=GRETE)
        post(browser, thread, "Two.", email=GRETE)

        confirm(browser)

        comment.refresh_from_db()
        assert comment.state == State.HELD
        assert RULES[-1].__module__.endswith("unconfirmed")

    def test_somebody_elses_comment_does_not_appear_with_it(self, browser: Client, thread: Thread) -> None:
        stranger = post(Client(headers=OURS), thread, "Stranger.", name="Olaf", email="olaf@readers.example")
        post(browser, thread, "One.", email=GRETE)

        confirm(browser)

        stranger.refresh_from_db()
        assert stranger.state == State.HELD

    def test_readers_with_an_account_are_not_asked(self, browser: Client, thread: Thread) -> None:
        sign_in(browser, make_reader(GRETE, name="Grete").email)

        assert post(browser, thread, "One.").state == State.PUBLISHED


class TestReader:
    def test_comments_of_this_device_are_offered_and_taken(self, browser: Client, thread: Thread) -> None:
        comment = post(browser, thread, "One.")
        sign_in(browser, make_reader("ann@readers.example", name="Ann").email)

        assert "1 comment" in browser.get("/account/").content.decode()
        assert browser.post("/account/claim/").status_code == 302

        comment.refresh_from_db()
        assert (comment.reader, comment.guest, comment.author_name) == (Reader.objects.get(), None, "Ann")
        assert comment.badge == Badge.READER
        page = browser.get("/account/").content.decode()
        assert "From before you had an account" not in page

    def test_nothing_is_taken_without_being_asked_for(self, browser: Client, thread: Thread) -> None:
        comment = post(browser, thread, "One.")

        sign_in(browser, make_reader("ann@readers.example", name="Ann").email)

        comment.refresh_from_db()
        assert comment.reader is None

    def test_comments_of_other_devices_with_the_same_confirmed_address_come_along(
        self, browser: Client, thread: Thread
    ) -> None:
        phone = Client(headers=OURS)
        comment = post(phone, thread, "One.", email=GRETE)
        confirm(phone)
        sign_in(browser, make_reader(GRETE, name="Grete B.").email)

        browser.post("/account/claim/")

        comment.refresh_from_db()
        assert comment.reader == Reader.objects.get()

    def test_c04_a_device_that_somebody_else_confirmed_is_not_taken(self, browser: Client, thread: Thread) -> None:
        """A shared computer: Grete wrote here and confirmed her address, Ann signs in here."""
        comment = post(browser, thread, "One.", email=GRETE)
        confirm(browser)
        sign_in(browser, make_reader("ann@readers.example", name="Ann").email)

        browser.post("/account/claim/")

        comment.refresh_from_db()
        assert comment.reader is None

    def test_g02_an_address_that_was_only_typed_claims_nothing(self, browser: Client, thread: Thread) -> None:
        comment = post(Client(headers=OURS), thread, "One.", email=GRETE)
        sign_in(browser, make_reader(GRETE, name="Grete B.").email)

        browser.post("/account/claim/")

        comment.refresh_from_db()
        assert comment.reader is None

    def test_under_the_own_story_the_comment_is_the_authors(self, browser: Client) -> None:
        reader = make_reader("mira@readers.example", name="Mira", is_staff=True)
        author = make_author(name="Mira Holt")
        Author.objects.filter(pk=author.pk).update(reader=reader)
        own, _is_new = Thread.objects.get_or_create(page=make_story(authors=[author]))
        comment = post(browser, own, "One.")
        sign_in(browser, reader.email)

        browser.post("/account/claim/")

        comment.refresh_from_db()
        assert comment.badge == Badge.AUTHOR

    def test_who_muted_the_guest_goes_on_not_to_read_them(self, browser: Client, thread: Thread) -> None:
        comment = post(browser, thread, "One.")
        muter = make_reader("olaf@readers.example", name="Olaf")
        Mute.objects.create(reader=muter, muted_guest=comment.guest, name="Grete")
        reader = make_reader("ann@readers.example", name="Ann")
        sign_in(browser, reader.email)

        browser.post("/account/claim/")

        assert Mute.objects.get().muted_reader == reader

    def test_the_second_time_there_is_nothing_to_take(self, thread: Thread) -> None:
        speaker = make_guest()
        make_comment(thread, speaker=speaker)
        reader = make_reader("ann@readers.example", name="Ann")
        assert speaker.guest
        claim = Claim(devices=(speaker.guest,), address=None, reader=reader)

        assert counts(claim) == {"comments": 1}
        Comment.objects.update(guest=None, reader=reader)
        assert counts(claim) == {}


class TestVotes:
    """Of a guest who has an account now: each counts once, as the reader's (attack F01)."""

    @pytest.fixture
    def reader(self) -> Reader:
        return make_reader("ann@readers.example", name="Ann")

    @pytest.fixture
    def comment(self, thread: Thread) -> Comment:
        return make_comment(thread)

    def test_they_come_along(self, comment: Comment, reader: Reader) -> None:
        guest = voted(comment, +1)

        claimed(reader, guest)

        assert votes_on(comment) == [(reader.pk, None, None, +1)]
        assert counted(comment) == (1, 0, 0, 0)

    def test_where_the_reader_voted_already_that_vote_stays_alone(self, comment: Comment, reader: Reader) -> None:
        voted(comment, -1, Speaker(reader=reader))
        guest = voted(comment, +1)

        claimed(reader, guest)

        assert votes_on(comment) == [(reader.pk, None, None, -1)]
        assert counted(comment) == (0, 1, 0, 0)

    def test_of_two_devices_the_latest_vote_stays(self, comment: Comment, reader: Reader) -> None:
        guests = [voted(comment, +1), voted(comment, -1)]

        claimed(reader, *guests)

        assert votes_on(comment) == [(reader.pk, None, None, -1)]
        assert counted(comment) == (0, 1, 0, 0)

    def test_nobody_keeps_a_vote_on_what_became_theirs(self, thread: Thread, reader: Reader) -> None:
        writer = make_guest()
        comment = make_comment(thread, speaker=writer)
        voted(comment, +1, Speaker(reader=reader))
        other_device = voted(comment, +1)
        assert writer.guest

        claimed(reader, writer.guest, other_device)

        assert votes_on(comment) == []
        assert counted(comment) == (0, 0, 0, 0)

    def test_votes_of_other_guests_stay_theirs(self, comment: Comment, reader: Reader) -> None:
        stranger, guest = voted(comment, +1), voted(comment, +1)

        claimed(reader, guest)
        claimed(reader, guest)

        assert {(reader_id, guest_id) for reader_id, guest_id, _network, _value in votes_on(comment)} == {
            (reader.pk, None),
            (None, stranger.pk),
        }
        assert counted(comment) == (2, 0, 1, 0)


def voted(comment: Comment, value: int, speaker: Speaker | None = None) -> Guest:
    """By a new guest from a network of their own, unless it is said by whom."""
    voter = speaker or make_guest()
    network = "" if speaker else f"network {Guest.objects.count()}"
    cast_vote(comment_id=comment.pk, speaker=voter, value=value, network=network, now=timezone.now())
    return voter.guest or Guest()


def claimed(reader: Reader, *devices: Guest) -> None:
    take(Claim(devices=devices, address=None, reader=reader), now=timezone.now())


def votes_on(comment: Comment) -> list[tuple[Any, ...]]:
    return list(Vote.objects.filter(comment=comment).values_list("reader", "guest", "network_hash", "value"))


def counted(comment: Comment) -> tuple[int, int, int, int]:
    comment.refresh_from_db()
    assert comment.net_count == comment.up_count - comment.down_count
    assert comment.best_rank == comment.rank()
    return comment.up_count, comment.down_count, comment.guest_up_count, comment.guest_down_count


def test_a_new_name_stands_beside_everything_one_wrote(browser: Client, thread: Thread) -> None:
    reader = make_reader("ann@readers.example", name="Ann")
    sign_in(browser, reader.email)
    comment = post(browser, thread, "One.")

    browser.post("/account/", {"name": "Ann of the Pier", "bio": "", "has_profile": "on"})

    comment.refresh_from_db()
    assert comment.author_name == "Ann of the Pier"
    assert "Ann of the Pier" in browser.get(thread.page.url).content.decode()  # type: ignore[union-attr]
