"""Somebody types an address: its owner is asked once, and nobody learns anything (attacks E01, G02, G03, G04)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from readership.following import asking
from readership.following.forgetting import forget_old
from readership.following.models import Follow, Kind
from readership.following.tests.makers import (
    HERE,
    browser_of,
    link_in,
    mails_to,
    make_address,
    make_follow,
    pump,
)
from readership.following.wanting import Want
from readership.lib import rate_limit
from readership.outbox.models import OutboxItem
from readership.readers.guests import welcome_guest
from readership.readers.models import MailAddress, Reader, StopReason
from readership.stories.tests.makers import make_author, make_story, make_topic

pytestmark = pytest.mark.django_db
ANN = "ann@example.org"


class Clock:
    """What the outbox's handler takes for now."""

    def __init__(self) -> None:
        self.at = timezone.now()

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(asking, "timezone", clock)
    return clock


def ask(what: str, email: str = ANN, client: Client | None = None) -> Any:
    rate_limit.forget_all()
    return (client or Client(headers=HERE)).post("/follow/", {"what": what, "beside": what, "email": email})


def author() -> str:
    return f"author-{make_author().pk}"


def test_a_stranger_is_asked_and_follows_only_after_saying_yes() -> None:
    what = author()

    answer = ask(what)
    pump()

    assert (answer.status_code, answer["Location"]) == (303, "/follow/asked/")
    (letter,) = mails_to(ANN)
    assert "New stories by Mira Solberg" in letter.body
    assert "New stories by Mira Solberg" in letter.html
    assert not Follow.objects.confirmed().exists()

    path = link_in(letter, "confirm")
    page = Client(headers=HERE).get(path)
    assert page.status_code == 200
    assert not Follow.objects.confirmed().exists()
    done = Client(headers=HERE).post(path)

    assert done.status_code == 303
    follow = Follow.objects.confirmed().get()
    assert (follow.address.address, follow.kind) == (ANN, Kind.AUTHOR)
    assert follow.address.is_reachable


def test_g07_a_scanner_that_opens_every_link_changes_nothing() -> None:
    ask(author())
    pump()
    (letter,) = mails_to(ANN)
    before = list(Follow.objects.values()) + list(MailAddress.objects.values())

    for page in ("confirm", "not-me"):
        for method in ("get", "head", "options"):
            getattr(Client(), method)(link_in(letter, page))

    assert list(Follow.objects.values()) + list(MailAddress.objects.values()) == before


def test_a_link_that_was_used_changes_nothing_the_second_time() -> None:
    ask(author())
    pump()
    path = link_in(mails_to(ANN)[0], "confirm")
    Client(headers=HERE).post(path)
    first = Follow.objects.get().confirmed_at

    again = Client(headers=HERE).post(path)
    shown = Client(headers=HERE).get(path)

    assert again.status_code == 303
    assert "You have confirmed this already" in shown.content.decode()
    assert Follow.objects.get().confirmed_at == first


def test_a_link_of_what_was_stopped_since_opens_nothing() -> None:
    ask(author())
    pump()
    path = link_in(mails_to(ANN)[0], "confirm")
    Client(headers=HERE).post(path)
    Follow.objects.all().delete()

    assert Client(headers=HERE).post(path).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("page", ["confirm", "not-me", "stop", "yours"])
def test_e14_forged_tokens_and_tokens_of_another_purpose_open_nothing(page: str) -> None:
    ask(author())
    pump()
    letter = mails_to(ANN)[0]
    others = [link_in(letter, other).split("/")[3] for other in ("confirm", "not-me") if other != page]

    for token in [*others, "1-1.abc.def", "x" * 300, "1-1-1-0"]:
        assert Client(headers=HERE).post(f"/follow/{page}/{token}/").status_code in {404, 405}, token
        assert Client(headers=HERE).get(f"/follow/{page}/{token}/").status_code == 404, token


def test_tokens_end_after_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(author())
    pump()
    path = link_in(mails_to(ANN)[0], "confirm")
    later = timezone.now().timestamp() + 3 * 86_400 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert Client(headers=HERE).post(path).status_code == 404
    forget_old(now=timezone.now() + timedelta(days=3, minutes=1))
    assert not Follow.objects.exists()


def test_it_was_not_me_stops_the_address_for_good() -> None:
    ask(author())
    pump()
    letter = mails_to(ANN)[0]

    done = Client(headers=HERE).post(link_in(letter, "not-me"))

    assert "We write to you no more" in done.content.decode()
    address = MailAddress.objects.get()
    assert address.stopped_because == StopReason.REFUSED
    assert Client(headers=HERE).post(link_in(letter, "confirm")).status_code == 404
    ask(f"topic-{make_topic().pk}")
    pump()
    assert len(mail.outbox) == 1
    assert not Follow.objects.exists()


def test_g03_hundreds_of_askings_are_one_mail_in_a_quarter_of_an_hour_and_five_a_day(clock: Clock) -> None:
    begun_at = clock.at
    for number in range(200):
        # Another thing each time, so that no question about it is waiting already.
        asking.ask_to_follow(ANN, [Want(Kind.AUTHOR, number + 1)], about=f"author-{number}", key=str(number))
    for item in OutboxItem.objects.filter(kind="follow").order_by("pk"):
        # All within twelve hours.
        clock.at += timedelta(seconds=215)
        asking.ask(item.payload)
    OutboxItem.objects.filter(kind="follow").update(done_at=clock.at)
    pump()

    asked_at = Follow.objects.filter(question_at__isnull=False).values_list("question_at", flat=True)
    sent_at = sorted({moment for moment in asked_at if moment})
    assert len(mails_to(ANN)) == len(sent_at) == 5
    assert all(later - sooner >= timedelta(minutes=15) for sooner, later in pairwise(sent_at))
    assert sent_at[-1] - begun_at < timedelta(hours=12)


def test_g03_all_together_get_no_more_than_an_hour_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readership.readers.asking.MOST_AN_HOUR_OVERALL", 3)

    for number in range(5):
        asking.ask_to_follow(f"victim{number}@example.org", [Want(Kind.AUTHOR, 1)], about="author-1", key=str(number))
    pump()

    assert len(mail.outbox) == 3


def test_g03_about_one_story_one_question_waits_at_a_time(clock: Clock) -> None:
    for number in range(3):
        asking.ask_to_follow(ANN, [Want(Kind.COMMENT, number + 1)], about="thread-7", key=str(number))
        pump()
        clock.at += timedelta(hours=7)

    assert len(mail.outbox) == 1
    assert Follow.objects.pending().count() == 3

    # Its answer is for all that was asked for there.
    Client(headers=HERE).post(link_in(mails_to(ANN)[0], "confirm"))
    assert Follow.objects.confirmed().count() == 3


def test_g03_one_network_cannot_ask_without_end() -> None:
    what = author()
    client = Client(headers=HERE)
    statuses = [
        client.post("/follow/", {"what": what, "email": f"victim{number}@example.org"}).status_code
        for number in range(8)
    ]

    assert statuses[:6] == [303] * 6
    assert statuses[6:] == [429] * 2


@pytest.mark.parametrize("address", ["%@%", "a@x.example,b@y.example", "ann", "a\r\nBcc: b@y.example", "*@example.org"])
def test_g02_g04_what_is_no_one_address_is_refused_with_the_form(address: str) -> None:
    answer = ask(author(), address)
    pump()

    assert answer.status_code in {400, 303}
    assert all(len(letter.to) == 1 and "," not in letter.to[0] for letter in mail.outbox)
    assert not MailAddress.objects.filter(address__contains="%").exists()


def test_e01_known_unknown_confirmed_and_refused_addresses_are_answered_alike(
    django_assert_num_queries: Any,
) -> None:
    what = author()
    make_follow(make_address("known@example.org"))
    make_address("refused@example.org", stopped_at=timezone.now(), stopped_because=StopReason.REFUSED)
    answers = []

    for email in ("known@example.org", "refused@example.org", "unknown@example.org"):
        with django_assert_num_queries(2):  # what is followed, and the line in the outbox
            answers.append(ask(what, email))

    assert {(one.status_code, one["Location"], one.content, str(one.cookies)) for one in answers} == {
        (303, "/follow/asked/", b"", "")
    }


def test_e01_a_new_link_is_asked_for_alike_and_sent_to_followers_only(django_assert_num_queries: Any) -> None:
    make_follow(make_address("known@example.org"))
    make_address("nothing@example.org")
    answers = []

    for email in ("known@example.org", "nothing@example.org", "unknown@example.org"):
        with django_assert_num_queries(1):
            answers.append(Client(headers=HERE).post("/follow/link/", {"email": email}))
    pump()

    assert {(one.status_code, one["Location"]) for one in answers} == {(303, "/follow/link/?sent=1")}
    assert [letter.to for letter in mail.outbox] == [["known@example.org"]]
    assert Client(headers=HERE).get(link_in(mails_to("known@example.org")[0], "yours")).status_code == 200


def test_an_empty_address_and_an_empty_choice_are_told_apart() -> None:
    what = author()

    no_address = ask(what, "")
    no_choice = Client(headers=HERE).post("/follow/", {"beside": what, "email": ANN})

    assert "Please give the e-mail address" in no_address.content.decode()
    assert "Please choose what you want to hear of" in no_choice.content.decode()
    assert {no_address.status_code, no_choice.status_code} == {400}
    assert f'value="{what}" checked' in no_address.content.decode()


@pytest.mark.parametrize("what", ["author-99", "thread-1", "author-0", "author-x", "replies-1", "corrections-1", ""])
def test_what_is_not_there_cannot_be_followed(what: str) -> None:
    assert ask(what).status_code == 404
    assert not OutboxItem.objects.exists()


def test_a_form_of_another_site_is_refused() -> None:
    answer = Client(headers={"sec-fetch-site": "cross-site"}).post("/follow/", {"what": author(), "email": ANN})

    assert answer.status_code == 403


def test_a_field_that_people_do_not_see_starts_no_mail() -> None:
    Client(headers=HERE).post("/follow/", {"what": author(), "email": ANN, "website": "x"})

    assert not OutboxItem.objects.exists()


def test_a_reader_whose_address_is_known_follows_at_once() -> None:
    reader = Reader.objects.create_user(ANN, "a long password", name="Ann")
    make_address(ANN, reader=reader)

    answer = ask(author(), "", browser_of(reader=reader))

    assert answer.status_code == 303
    assert answer["Location"].startswith("/follow/yours/")
    assert Follow.objects.confirmed().get().kind == Kind.AUTHOR
    assert not OutboxItem.objects.exists()


def test_a_reader_with_somebody_elses_address_is_asked_like_anybody() -> None:
    reader = Reader.objects.create_user(ANN, "a long password", name="Ann")
    make_address(ANN, reader=reader)

    ask(author(), "victim@example.org", browser_of(reader=reader))
    pump()

    assert not Follow.objects.confirmed().exists()
    assert len(mails_to("victim@example.org")) == 1


def test_the_device_that_asked_is_known_after_the_answer_and_another_is_not() -> None:
    mine, other = welcome_guest(name="Ann"), welcome_guest(name="Bo")
    ask(author(), ANN, browser_of(mine.secret))
    pump()
    path = link_in(mails_to(ANN)[0], "confirm")

    browser_of(other.secret).post(path)
    other.guest.refresh_from_db()
    assert other.guest.address is None

    ask(f"topic-{make_topic().pk}", "bo@example.org", browser_of(other.secret))
    pump()
    browser_of(other.secret).post(link_in(mails_to("bo@example.org")[0], "confirm"))
    other.guest.refresh_from_db()
    assert other.guest.address is not None
    assert other.guest.address.address == "bo@example.org"


def test_a_new_story_is_told_to_followers_of_its_author_and_topic_once() -> None:
    mira, ferries = make_author(), make_topic()
    for kind, target_id in ((Kind.AUTHOR, mira.pk), (Kind.TOPIC, ferries.pk)):
        make_follow(_ann(), kind=kind, target_id=target_id)
    story = make_story(title="The ferry is back", standfirst="At last.", live=False, authors=[mira], topics=[ferries])

    story.save_revision().publish()
    pump()
    story.title = "The ferry is back again"
    story.save_revision().publish()
    pump(later=timedelta(hours=2))

    (letter,) = mails_to(ANN)
    assert letter.subject.startswith("The ferry is back")
    assert "At last." in letter.body


def test_a_story_of_long_ago_is_no_news() -> None:
    mira = make_author()
    make_follow(_ann(), kind=Kind.AUTHOR, target_id=mira.pk)
    old = timezone.now() - timedelta(days=300)
    story = make_story(live=False, authors=[mira], published_at=old)

    story.save_revision().publish()
    pump()

    assert mail.outbox == []


def _ann() -> MailAddress:
    known = MailAddress.objects.filter(address=ANN).first()
    return known or make_address(ANN)
