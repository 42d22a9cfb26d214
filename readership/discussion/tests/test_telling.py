"""From a comment to the mail: who hears of it, once, and of nothing they may not read any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from readership.discussion import visibility
from readership.discussion.models import Comment, Mute, State, Thread
from readership.discussion.showing import story_url
from readership.discussion.tests.makers import make_comment, make_reader, make_thread, write
from readership.following.announcing import spread
from readership.following.collecting import collect
from readership.following.models import Follow, Kind, Mailing, Notice
from readership.following.stopping import stop_follows
from readership.following.tests.makers import mails_to, make_address, make_follow, pump, verify
from readership.outbox.models import OutboxItem
from readership.readers.guests import welcome_guest
from readership.readers.models import MailAddress, Pace, StopReason
from readership.readers.speaking import Speaker
from readership.stories.tests.makers import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    return make_thread()


@pytest.fixture
def follower(thread: Thread) -> MailAddress:
    address = make_address("ann@example.org")
    make_follow(address, target_id=thread.pk)
    return address


def test_a_follower_of_the_thread_gets_one_mail_with_the_comment(thread: Thread, follower: MailAddress) -> None:
    comment = write(thread, text="The pier is *new*.", name="Old Salt").comment

    pump()

    (letter,) = mails_to("ann@example.org")
    assert letter.subject == f"Old Salt · {thread.page}"
    assert "The pier is new." in letter.body
    assert f"http://127.0.0.1:8000{story_url(thread)}?comment={comment.pk}#comment-{comment.pk}" in letter.body
    assert f"You get this because you follow: New comments on “{thread.page}”" in letter.body
    assert "The pier is new." in letter.html
    pump()
    collect(now=timezone.now())
    assert len(mail.outbox) == 1


def test_nobody_follows_and_nothing_is_put_into_the_outbox(thread: Thread) -> None:
    write(thread)

    assert not OutboxItem.objects.exists()


def test_what_is_held_is_told_when_it_is_published_and_only_then(thread: Thread, follower: MailAddress) -> None:
    held = make_comment(thread, state=State.HELD)
    pump()
    assert mail.outbox == []

    visibility.publish_comment(comment_id=held.pk)
    pump()
    visibility.remove_comment(comment_id=held.pk)
    visibility.publish_comment(comment_id=held.pk)
    pump(later=timedelta(hours=2))

    assert len(mails_to("ann@example.org")) == 1


def test_a_writer_never_hears_of_the_own_comment(thread: Thread, follower: MailAddress) -> None:
    reader, known, typed = make_reader(), welcome_guest(name="Known").guest, "typed@example.org"
    MailAddress.objects.filter(pk=follower.pk).update(reader=reader)
    address = make_address()
    verify(known, address)
    make_follow(address, target_id=thread.pk)
    make_follow(make_address(typed), target_id=thread.pk)

    write(thread, speaker=Speaker(reader=reader), key="1")
    write(thread, speaker=Speaker(guest=known), name="Known", key="2")
    pump()

    assert len(mails_to(follower.address)) == len(mails_to(address.address)) == 1
    assert Notice.objects.filter(address=follower).count() == Notice.objects.filter(address=address).count() == 1
    assert Notice.objects.filter(address__address=typed).count() == 2


def test_who_is_answered_hears_of_the_answer_and_not_of_other_comments(thread: Thread) -> None:
    reader = make_reader()
    address = make_address("ann@example.org", reader=reader)
    make_follow(address, kind=Kind.REPLIES, target_id=address.pk, about="replies")
    mine = make_comment(thread, speaker=Speaker(reader=reader))

    write(thread, text="To nobody.", key="1")
    write(thread, text="To Ann.", answers=mine, key="2", name="Bo")
    pump()

    (letter,) = mails_to("ann@example.org")
    assert "To Ann." in letter.body
    assert "To nobody." not in letter.body
    assert "Replies to all your comments" in letter.body


def test_replies_to_one_comment_are_told_to_its_followers(thread: Thread) -> None:
    comment = make_comment(thread)
    make_follow(make_address("ann@example.org"), kind=Kind.COMMENT, target_id=comment.pk)

    write(thread, answers=comment)
    pump()

    assert len(mails_to("ann@example.org")) == 1


def test_who_follows_in_two_ways_is_told_once_and_why_best(thread: Thread, follower: MailAddress) -> None:
    comment = make_comment(thread)
    make_follow(follower, kind=Kind.COMMENT, target_id=comment.pk)

    write(thread, answers=comment)
    pump()

    (letter,) = mails_to("ann@example.org")
    assert "Replies to what Old Salt wrote" in letter.body


def test_l12_g06_what_was_removed_meanwhile_is_told_to_nobody(thread: Thread, follower: MailAddress) -> None:
    MailAddress.objects.update(pace=Pace.HOURLY)
    canary = write(thread, text="canary", key="1").comment
    write(thread, text="stays", key="2")
    pump()
    collect(now=timezone.now() + timedelta(hours=1))

    visibility.remove_comment(comment_id=canary.pk)
    pump()

    (letter,) = mails_to("ann@example.org")
    assert "stays" in letter.body
    assert "canary" not in letter.body + letter.html


def test_g06_a_story_that_not_everybody_may_read_is_told_to_nobody(thread: Thread, follower: MailAddress) -> None:
    write(thread)
    _until_mailings_wait()

    assert thread.page
    restrict(thread.page)
    pump()

    assert mail.outbox == []
    assert Mailing.objects.get().dropped_at


def test_what_was_stopped_while_it_waited_does_not_come(thread: Thread, follower: MailAddress) -> None:
    write(thread)
    _until_mailings_wait()

    stop_follows(follower, list(Follow.objects.values_list("pk", flat=True)))
    pump()

    assert mail.outbox == []


def test_l07_an_address_that_is_erased_while_mail_waits_gets_none(thread: Thread, follower: MailAddress) -> None:
    write(thread)
    _until_mailings_wait()

    follower.delete()
    pump()

    assert mail.outbox == []
    assert not OutboxItem.objects.waiting().exists()


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_an_address_that_was_stopped_gets_none(thread: Thread, follower: MailAddress, when: str) -> None:
    def stop() -> None:
        MailAddress.objects.update(stopped_at=timezone.now(), stopped_because=StopReason.BOUNCED)

    if when == "before":
        stop()
    write(thread)
    if when == "between":
        stop()
    _until_mailings_wait()
    stop()
    pump()

    assert mail.outbox == []


def test_people_whom_a_reader_muted_are_not_told_of(thread: Thread, follower: MailAddress) -> None:
    reader, bore = make_reader(), welcome_guest(name="Bore").guest
    MailAddress.objects.filter(pk=follower.pk).update(reader=reader)
    Mute.objects.create(reader=reader, muted_guest=bore, name="Bore")

    write(thread, speaker=Speaker(guest=bore), name="Bore")
    pump()

    assert mail.outbox == []


def test_who_wants_no_mail_finds_it_on_the_site(thread: Thread, follower: MailAddress) -> None:
    MailAddress.objects.update(pace=Pace.NEVER)

    write(thread)
    pump(later=timedelta(days=8))

    assert mail.outbox == []
    assert Notice.objects.get().due_at is None


def test_who_began_to_follow_after_it_was_written_is_not_told(thread: Thread, follower: MailAddress) -> None:
    write(thread)
    make_follow(make_address("late@example.org"), target_id=thread.pk, asked_at=timezone.now())

    pump()

    assert mails_to("late@example.org") == []


def test_a_viral_story_is_one_mail_an_hour(thread: Thread, follower: MailAddress) -> None:
    started_at = timezone.now()
    for number in range(100):
        write(thread, text=f"Comment {number}", name=f"Neighbour {number}", key=str(number))
        if number % 10 == 0:
            pump()
    pump()
    assert len(mails_to("ann@example.org")) == 1

    collect(now=started_at + timedelta(hours=1, minutes=1))
    pump()

    first, second = mails_to("ann@example.org")
    assert first.subject.startswith("Neighbour 0 · ")
    assert second.subject == f"99 new: {thread.page}"
    assert "… and 79 more on the page." in second.body
    assert second.body.count("?comment=") == 20


def test_who_wants_each_comment_by_itself_gets_it(thread: Thread, follower: MailAddress) -> None:
    MailAddress.objects.update(wants_every=True)

    for number in range(60):
        write(thread, name=f"Neighbour {number}", key=str(number))
    pump()

    assert len({letter.subject for letter in mails_to("ann@example.org")}) == 60


def test_a_digest_holds_everything_of_several_stories(thread: Thread, follower: MailAddress) -> None:
    other = make_thread()
    make_follow(follower, target_id=other.pk)
    MailAddress.objects.update(pace=Pace.DAILY)
    write(thread, text="One.", key="1")
    write(other, text="Two.", key="2")
    pump()
    assert mail.outbox == []

    collect(now=timezone.now() + timedelta(days=1))
    pump()

    (letter,) = mails_to("ann@example.org")
    assert "One." in letter.body
    assert "Two." in letter.body
    assert letter.subject == "2 new on Readership"


def _until_mailings_wait() -> None:
    """Spread and collected, but not yet sent."""
    for item in OutboxItem.objects.filter(kind="news"):
        spread(item.payload)
    OutboxItem.objects.filter(kind="news").update(done_at=timezone.now())
    assert Comment.objects.exists()
