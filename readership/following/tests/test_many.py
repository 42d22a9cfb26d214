"""Many followers: bounded memory, few statements, and two pumps that never make two mails of one notice."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readership.following import announcing
from readership.following.announcing import spread
from readership.following.collecting import collect
from readership.following.models import Follow, Kind, Mailing, Notice
from readership.following.tests.makers import WEATHER, make_address, make_follow, rain
from readership.outbox.models import OutboxItem
from readership.readers.models import MailAddress


def make_followers(count: int) -> None:
    now = timezone.now()
    addresses = MailAddress.objects.bulk_create(
        MailAddress(address=f"follower{number}@example.org", confirmed_at=now) for number in range(count)
    )
    Follow.objects.bulk_create(
        Follow(address=one, kind=Kind.THREAD, target_id=7, about="thread-7", asked_at=now, confirmed_at=now)
        for one in addresses
    )


@pytest.mark.django_db
def test_a_batch_costs_the_same_few_statements_however_many_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "BATCH", 100)
    make_followers(500)
    rain()
    payload = OutboxItem.objects.get().payload
    monkeypatch.setattr(announcing, "collect", lambda now: 0)

    with CaptureQueriesContext(connection) as asked:
        spread(payload)

    assert Notice.objects.count() == 500
    # Each of five batches: followers, their last mails, notices (with a savepoint); and one look that finds nobody.
    assert len(asked) <= 5 * 5 + 4
    assert max(len(query["sql"]) for query in asked.captured_queries if query["sql"].startswith("SELECT")) < 4_000


@pytest.mark.django_db
def test_announcing_costs_one_query_while_nobody_follows(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert not rain()


@pytest.mark.django_db
def test_followers_are_found_by_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    following = Follow.objects.filter(kind="thread", target_id=7, confirmed_at__lte=timezone.now(), pk__gt=1)

    if connection.vendor == "sqlite":
        assert "followers_of_a_thing" in following.order_by("pk")[:10].explain()
        assert "notices_due" in Notice.objects.due(now=timezone.now()).order_by("due_at", "pk")[:10].explain()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_pumps_at_once_make_one_mail_of_each_notice() -> None:
    make_followers(300)
    rain()
    for item in OutboxItem.objects.all():
        _spread_without_collecting(item.payload)
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        try:
            collect(now=timezone.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    collect(now=timezone.now())

    assert Mailing.objects.count() == 300
    assert not Notice.objects.filter(mailing=None).exists()
    assert Mailing.objects.filter(notices=None).count() == 0
    assert OutboxItem.objects.filter(kind="mailing").count() == 300


def _spread_without_collecting(payload: dict[str, Any]) -> None:
    at = timezone.now()
    for followers in announcing._followers("thread", 7, payload, at):
        announcing._note(followers, payload, now=at)


@pytest.mark.django_db
def test_one_who_is_left_out_is_not_told() -> None:
    make_follow(make_address("ann@example.org"))
    make_follow(make_address("bo@example.org"))

    rain(left_out="ann@example.org")
    spread(OutboxItem.objects.get(kind="news").payload)

    assert list(Notice.objects.values_list("address__address", "news")) == [("bo@example.org", WEATHER)]
