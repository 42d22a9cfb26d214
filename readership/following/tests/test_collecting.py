"""What was right when a notice was made may be wrong when the mail is: it is looked at again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from readership.following.announcing import spread
from readership.following.collecting import collect
from readership.following.mailing import send_mailing
from readership.following.models import Mailing, Notice
from readership.following.tests.makers import HERE, make_address, make_follow, pump, rain
from readership.outbox.models import OutboxItem
from readership.readers.address_links import Purpose, token_of
from readership.readers.models import MailAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> MailAddress:
    address = make_address("ann@example.org")
    make_follow(address)
    return address


def note(number: int, address: MailAddress) -> None:
    """A notice that was due at once when it was made."""
    now = timezone.now()
    Notice.objects.create(
        address=address,
        news="weather",
        item_id=number,
        about="thread-7",
        follow=address.follows.get(),
        created_at=now,
        due_at=now,
    )


def test_what_was_due_before_quiet_hours_and_comes_too_late_for_them_waits(ann: MailAddress) -> None:
    note(1, ann)
    now = timezone.now()
    MailAddress.objects.update(quiet_from=now.hour, quiet_until=(now.hour + 2) % 24, time_zone="UTC")

    collect(now=now)

    due = Notice.objects.get().due_at
    assert not Mailing.objects.exists()
    assert due
    assert due > now
    assert due.minute == 0
    assert collect(now=due) == 1


def test_a_second_notice_made_while_the_first_was_mailed_waits_its_hour(ann: MailAddress) -> None:
    note(1, ann)
    now = timezone.now()
    assert collect(now=now) == 1
    note(2, ann)

    assert collect(now=now + timedelta(minutes=1)) == 0
    assert collect(now=now + timedelta(hours=1)) == 1


def test_a_mail_with_nothing_in_it_makes_no_other_wait(ann: MailAddress) -> None:
    note(1, ann)
    now = timezone.now()
    collect(now=now)
    Mailing.objects.update(dropped_at=now)
    note(2, ann)

    assert collect(now=now + timedelta(minutes=1)) == 1


def test_g10_an_item_of_the_outbox_done_again_sends_nothing_again(ann: MailAddress) -> None:
    rain()
    pump()
    assert len(mail.outbox) == 1

    for item in OutboxItem.objects.filter(kind="mailing"):
        send_mailing(item.payload)
    for item in OutboxItem.objects.filter(kind="news"):
        spread(item.payload)
    pump(later=timedelta(hours=2))

    assert len(mail.outbox) == 1


def test_it_was_not_me_ends_every_link_that_was_mailed_there(ann: MailAddress) -> None:
    page = f"/follow/yours/{token_of(Purpose.MANAGE, ann)}/"
    client = Client(headers=HERE)
    assert client.get(page).status_code == 200

    client.post(f"/follow/not-me/{token_of(Purpose.NOT_ME, ann)}/")

    assert client.get(page).status_code == 404
