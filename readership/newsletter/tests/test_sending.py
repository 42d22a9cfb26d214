"""An issue goes to each of its audience once, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readership.following.tests.makers import mails_to, make_address
from readership.newsletter import sending
from readership.newsletter.errors import NobodyGetsIt, NothingToSend, NotOpen, TimeIsPast
from readership.newsletter.models import Delivery, Edition, Issue, IssueState, Subscription
from readership.newsletter.sending import cancel, schedule, send_due, send_now, spread, unschedule
from readership.newsletter.stopping import stop_edition
from readership.newsletter.tests.makers import make_issue, make_plan, make_subscription, pump
from readership.outbox.models import OutboxItem
from readership.outbox.pump import Pump
from readership.readers.models import MailAddress, StopReason
from readership.stories.tests.makers import make_story

pytestmark = pytest.mark.django_db


def test_an_issue_goes_once_to_each_who_confirmed_and_did_not_stop() -> None:
    wanted = make_subscription()
    make_subscription(is_confirmed=False)
    make_subscription(is_stopped=True)
    make_subscription(edition=Edition.WEEKLY)
    make_subscription(make_address(stopped_at=timezone.now(), stopped_because=StopReason.BOUNCED))
    make_subscription(make_address(is_confirmed=False))
    issue = make_issue()

    send_now(issue.pk, now=timezone.now())
    pump()

    assert [letter.to for letter in mail.outbox] == [[wanted.address.address]]
    issue.refresh_from_db()
    assert (issue.state, issue.expected_count, issue.put_count) == (IssueState.SENT, 1, 1)
    with pytest.raises(NotOpen):
        send_now(issue.pk, now=timezone.now())


def test_g07_a_mail_has_its_own_buttons_to_stop_says_why_it_came_and_fetches_nothing() -> None:
    make_plan(sender_name="Mira\r\nBcc: everybody@example.org")
    subscription = make_subscription()
    story = make_story()
    issue = make_issue(body='<p>Read <a href="/harbour/">this</a>.</p>', stories=[story])

    send_now(issue.pk, now=timezone.now())
    pump()

    (letter,) = mails_to(subscription.address.address)
    assert letter.whole["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/newsletter/stop/")
    assert letter.whole["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.whole["List-Id"] == f"<letters.newsletter.{settings.SITE_HOST}>"
    # G01: a name of the sender makes no header.
    assert letter.whole["Bcc"] is None
    assert str(letter.whole["From"]).startswith('"Mira Bcc: everybody@example.org"')
    for said in (letter.body, letter.html):
        assert "You get this mail because you subscribed to “Letters from the newsroom”" in said
        assert f"{settings.SITE_URL}/newsletter/stop/" in said
        assert f"{settings.SITE_URL}/harbour/" in said
        assert str(story.url) in said
    for fetched in ("<img", "src=", "url(", "@import", "<link", "<script"):
        assert fetched not in letter.html


def test_what_is_scheduled_goes_out_at_its_time_and_not_before() -> None:
    make_subscription()
    now = timezone.now()
    issue = make_issue()
    schedule(issue.pk, send_at=now + timedelta(hours=2), now=now)

    assert send_due(now=now + timedelta(hours=1)) == 0
    assert send_due(now=now + timedelta(hours=3)) == 1
    assert send_due(now=now + timedelta(hours=3)) == 0
    pump(later=timedelta(hours=4))

    assert len(mail.outbox) == 1


def test_what_is_taken_back_while_scheduled_never_goes_out() -> None:
    make_subscription()
    now = timezone.now()
    issue = make_issue()
    schedule(issue.pk, send_at=now + timedelta(hours=2), now=now)

    unschedule(issue.pk)

    assert send_due(now=now + timedelta(hours=3)) == 0
    issue.refresh_from_db()
    assert (issue.state, issue.send_at) == (IssueState.DRAFT, None)


def test_cancelled_while_sending_what_was_not_sent_stays_here() -> None:
    for _ in range(3):
        make_subscription()
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})
    first = OutboxItem.objects.filter(kind="newsletter_mail").order_by("pk")[0]
    sending.send_mail(first.payload)

    cancel(issue.pk)
    pump()

    assert len(mail.outbox) == 1
    assert Delivery.objects.filter(left_out_at__isnull=False).count() == 2
    with pytest.raises(NotOpen):
        cancel(issue.pk)


def test_whoever_stops_while_the_mail_waits_gets_none() -> None:
    subscription = make_subscription()
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})

    stop_edition(subscription.address, Edition.LETTERS, now=timezone.now())
    pump()

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("body", "refusal"), [("", NothingToSend), ("<p></p>", NothingToSend), ("<p>Low tide.</p>", NobodyGetsIt)]
)
def test_nothing_is_sent_to_nobody_and_nobody_is_sent_nothing(body: str, refusal: type[Exception]) -> None:
    issue = make_issue(body=body)

    with pytest.raises(refusal):
        send_now(issue.pk, now=timezone.now())


def test_a_time_that_is_past_is_refused() -> None:
    issue = make_issue()
    now = timezone.now()

    with pytest.raises(TimeIsPast):
        schedule(issue.pk, send_at=now, now=now)


def test_a_mail_speaks_the_language_of_its_reader_and_is_laid_out_for_it() -> None:
    subscription = make_subscription(make_address(language="ar"))
    issue = make_issue()

    send_now(issue.pk, now=timezone.now())
    pump()

    (letter,) = mails_to(subscription.address.address)
    assert '<html lang="ar" dir="rtl">' in letter.html


def test_letters_are_due_one_after_the_other_so_that_other_mail_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 40)
    monkeypatch.setattr(sending, "PER_SECOND", 10)
    many(100)
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})

    times = list(OutboxItem.objects.filter(kind="newsletter_mail").order_by("pk").values_list("next_at", flat=True))

    assert len(times) == 100
    assert times == sorted(times)
    assert times[-1] - times[0] == timedelta(seconds=9.9)


def many(count: int) -> None:
    now = timezone.now()
    addresses = MailAddress.objects.bulk_create(
        MailAddress(address=f"many{number}@example.org", confirmed_at=now) for number in range(count)
    )
    Subscription.objects.bulk_create(
        Subscription(address=one, edition=Edition.LETTERS, asked_at=now, confirmed_at=now) for one in addresses
    )


def test_a_batch_costs_the_same_few_statements_however_many_subscribed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 100)
    many(500)
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())

    with CaptureQueriesContext(connection) as asked:
        spread({"issue": issue.pk})

    assert Delivery.objects.filter(issue=issue).count() == 500
    # Each of five batches, and one look that finds nobody: a savepoint, the issue, the subscribers, deliveries and
    # outbox lines with a savepoint each, the issue again.
    assert len(asked) <= 6 * 10
    if connection.vendor == "sqlite":
        waiting = Subscription.objects.reachable().filter(edition="letters", pk__gt=5).order_by("pk")[:10]
        assert "subscribers_of_an_edition" in waiting.explain()


def test_one_mail_costs_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    make_plan()
    make_subscription()
    issue = make_issue(stories=[make_story(title=f"Story {n}") for n in range(12)])
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})
    payload = OutboxItem.objects.get(kind="newsletter_mail").payload

    with django_assert_max_num_queries(16):
        sending.send_mail(payload)

    assert len(mail.outbox) == 1


def test_an_issue_whose_last_mails_were_given_up_is_closed_all_the_same() -> None:
    make_subscription()
    issue = make_issue()
    now = timezone.now()
    send_now(issue.pk, now=now)
    spread({"issue": issue.pk})

    send_due(now=now + timedelta(days=2))
    assert Issue.objects.get(pk=issue.pk).state == IssueState.SENDING
    send_due(now=now + timedelta(days=4))
    assert Issue.objects.get(pk=issue.pk).state == IssueState.SENT


def test_a_mail_server_that_fails_delays_the_mail_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_subscription()
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())

    def broken(*_args: object, **_more: object) -> bool:
        raise OSError("connection refused")

    with monkeypatch.context() as broken_for_now:
        broken_for_now.setattr(sending, "send_to", broken)
        pump(later=timedelta())
    assert mail.outbox == []

    Pump(lambda: timezone.now() + timedelta(hours=3)).do_due()
    assert len(mail.outbox) == 1
