"""Somebody's own page: opened by a link, without signing in, and by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from readership.following.collecting import collect
from readership.following.models import Follow, Kind, Muted, Notice
from readership.following.tests.makers import (
    GONE,
    HERE,
    browser_of,
    mails_to,
    make_address,
    make_follow,
    pump,
    rain,
    verify,
)
from readership.readers.address_links import Purpose, token_of
from readership.readers.guests import welcome_guest
from readership.readers.models import MailAddress, Pace, Reader

pytestmark = pytest.mark.django_db
WISHES = {
    "pace": "daily",
    "quiet_from": "22",
    "quiet_until": "7",
    "time_zone": "Europe/Berlin",
    "language": "de",
}


@pytest.fixture
def ann() -> MailAddress:
    return make_address("ann@example.org")


def page_of(address: MailAddress, more: str = "", *, purpose: Purpose = Purpose.MANAGE) -> str:
    return f"/follow/yours/{token_of(purpose, address)}/{more}"


def test_it_lists_what_is_followed_and_stops_one(ann: MailAddress) -> None:
    follow, other = make_follow(ann), make_follow(ann, target_id=8)
    page = page_of(ann)

    shown = Client(headers=HERE).get(page).content.decode()
    Client(headers=HERE).post(f"{page}{follow.pk}/stop/")

    assert "Weather of 7" in shown
    assert "Weather of 8" in shown
    assert list(Follow.objects.all()) == [other]


def test_c01_the_number_of_somebody_elses_follow_stops_nothing(ann: MailAddress) -> None:
    theirs = make_follow()

    Client(headers=HERE).post(f"{page_of(ann)}{theirs.pk}/stop/")
    Client(headers=HERE).post(f"{page_of(ann)}{theirs.pk}/yes/")

    assert Follow.objects.count() == 1


def test_wishes_are_kept_and_what_waits_goes_by_them(ann: MailAddress) -> None:
    make_follow(ann)
    MailAddress.objects.update(pace=Pace.HOURLY)
    rain()
    pump()
    before = Notice.objects.get().due_at

    answer = Client(headers=HERE).post(page_of(ann, "wishes/"), WISHES)

    ann.refresh_from_db()
    assert answer.status_code == 303
    assert (ann.pace, ann.quiet_from, ann.quiet_until, ann.time_zone, ann.language) == (
        "daily",
        22,
        7,
        "Europe/Berlin",
        "de",
    )
    due = Notice.objects.get().due_at
    assert before
    assert due
    assert due >= before


@pytest.mark.parametrize(
    "wrong", [{"pace": "hourly2"}, {"time_zone": "Mars/Base"}, {"quiet_from": "24"}, {"language": "xx"}]
)
def test_wishes_that_cannot_be_are_refused_and_nothing_is_kept(ann: MailAddress, wrong: dict[str, str]) -> None:
    answer = Client(headers=HERE).post(page_of(ann, "wishes/"), WISHES | wrong)

    ann.refresh_from_db()
    assert answer.status_code == 400
    assert ann.pace == Pace.INSTANT


def test_what_came_in_quiet_hours_while_nothing_ran_waits_for_their_end(ann: MailAddress) -> None:
    make_follow(ann)
    now = timezone.now()
    MailAddress.objects.update(quiet_from=now.hour, quiet_until=(now.hour + 2) % 24, time_zone="UTC")
    rain()

    pump()
    collect(now=now + timedelta(minutes=5))
    assert mails_to("ann@example.org") == []

    collect(now=now + timedelta(hours=2))
    pump()
    assert len(mails_to("ann@example.org")) == 1


def test_stop_everything_and_forget_old_links(ann: MailAddress) -> None:
    make_follow(ann)
    page = page_of(ann)

    Client(headers=HERE).post(f"{page}stop-all/")
    ended = Client(headers=HERE).post(f"{page}end-links/")

    assert not Follow.objects.exists()
    assert Client(headers=HERE).get(page).status_code == 404
    assert Client(headers=HERE).get(ended["Location"]).status_code == 200


def test_holding_the_link_is_enough_to_confirm_what_waits(ann: MailAddress) -> None:
    follow = make_follow(ann, is_confirmed=False)
    MailAddress.objects.update(confirmed_at=None)

    Client(headers=HERE).post(f"{page_of(ann)}{follow.pk}/yes/")

    ann.refresh_from_db()
    assert Follow.objects.confirmed().exists()
    assert ann.is_reachable


def test_replies_to_all_own_comments_can_be_chosen_there(ann: MailAddress) -> None:
    Client(headers=HERE).post(page_of(ann, "replies/"))

    follow = Follow.objects.get()
    assert (follow.kind, follow.target_id) == (Kind.REPLIES, ann.pk)


def test_what_is_new_is_there_without_what_may_not_be_read(ann: MailAddress) -> None:
    make_follow(ann)
    MailAddress.objects.update(pace=Pace.NEVER)
    rain(1)
    rain(2)
    pump()
    GONE.add(1)

    shown = Client(headers=HERE).get(page_of(ann, "news/")).content.decode()

    assert "Rain 2" in shown
    assert "Rain 1" not in shown

    Client(headers=HERE).post(page_of(ann, "news/seen/"))
    assert not Notice.objects.filter(seen_at=None).exists()


def test_a_muted_thread_is_told_no_more_in_any_way(ann: MailAddress) -> None:
    make_follow(ann)
    make_follow(ann, kind=Kind.COMMENT)
    rain(1)
    pump()

    Client(headers=HERE).post(page_of(ann, "news/mute/"), {"about": "thread-7"})
    rain(2)
    pump(later=timedelta(hours=2))

    assert len(mails_to("ann@example.org")) == 1
    assert Notice.objects.count() == 1


def test_only_what_one_was_told_of_can_be_muted(ann: MailAddress) -> None:
    Client(headers=HERE).post(page_of(ann, "news/mute/"), {"about": "thread-7"})

    assert not Muted.objects.exists()


@pytest.mark.parametrize("where", ["mine", "news"])
def test_accounts_and_known_devices_need_no_link(ann: MailAddress, where: str) -> None:
    reader = Reader.objects.create_user("ann@example.org", "a long password", name="Ann")
    guest = welcome_guest(name="Ann")
    verify(guest.guest, ann)
    MailAddress.objects.update(reader=reader)

    for client in (browser_of(reader=reader), browser_of(guest.secret)):
        answer = client.get(f"/follow/{where}/")
        assert client.get(answer["Location"]).status_code == 200
    assert Client(headers=HERE).get(f"/follow/{where}/")["Location"] == "/follow/link/"


def test_a_link_for_an_account_ends_after_a_working_day(ann: MailAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(ann, purpose=Purpose.VISIT)
    assert Client(headers=HERE).get(page).status_code == 200

    later = timezone.now().timestamp() + 13 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert Client(headers=HERE).get(page).status_code == 404


def test_e12_no_line_of_the_log_holds_a_token() -> None:
    import logging  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    from readership.lib.logs import JsonLine  # noqa: PLC0415

    line = JsonLine(settings.KEYS_FOLLOW)
    for page in ("yours", "confirm", "stop", "not-me"):
        record = logging.makeLogRecord({"msg": f"GET /follow/{page}/1-1-SECRET/wishes/ 500"})
        assert "SECRET" not in line.format(record)
