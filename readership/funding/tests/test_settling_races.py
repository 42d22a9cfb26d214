"""Two treasurers at once, on real PostgreSQL: one line is one gift, one file is read once (attack K14)."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from readership.funding import reading
from readership.funding import settling_lines as settling
from readership.funding.errors import AlreadyRead, FundingError, LineIsSettled
from readership.funding.models import BankAccount, BankLine, BankStatement, Gift, LedgerEntry
from readership.funding.reading import Reading, read_statement
from readership.funding.settling_lines import settle_as_new_gift, settle_line
from readership.funding.tests.bank_makers import camt053, entry, make_account, make_line, make_promise
from readership.funding.tests.makers import make_campaign, make_reader

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("books_for_good")]
AT_ONCE = 6


def _at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each returned, or which of our errors it met."""

    def act(number: int) -> object:
        try:
            return acts[number]()
        except FundingError as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(act, range(len(acts))))


def _meet(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, count: int = AT_ONCE) -> None:
    """Everybody arrives behind `place.name` before the first goes on: the race, made certain."""
    meeting, real = Barrier(count), getattr(place, name)

    def arrive(*arguments: Any, **facts: Any) -> Any:
        found = real(*arguments, **facts)
        # With the lock, one at a time gets here and nobody comes to meet it.
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=1)
        return found

    monkeypatch.setattr(place, name, arrive)


def test_one_line_settled_by_six_at_once_is_one_gift(monkeypatch: pytest.MonkeyPatch) -> None:
    line, campaign, reader = make_line(), make_campaign(currency="EUR"), make_reader()
    _meet(monkeypatch, settling, "_locked")

    gifts = _at_once([lambda: settle_as_new_gift(line_id=line.pk, campaign=campaign, settled_by=reader)] * AT_ONCE)

    assert len(set(gifts)) == 1
    assert (Gift.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_without_the_lock_on_the_line_they_would_each_try_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    line, campaign, reader = make_line(), make_campaign(currency="EUR"), make_reader()
    monkeypatch.setattr(settling, "_locked", lambda line_id: BankLine.objects.get(pk=line_id))
    _meet(monkeypatch, settling, "_locked")

    def settle() -> object:
        try:
            return settle_as_new_gift(line_id=line.pk, campaign=campaign, settled_by=reader)
        except Exception as failed:
            return type(failed)

    told = _at_once([settle] * AT_ONCE)

    assert sum(isinstance(one, Gift) for one in told) == 1
    assert len(set(told)) > 1


def test_one_line_for_two_gifts_at_once_goes_to_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = make_campaign(currency="EUR")
    gifts = [make_promise(campaign, reference=f"AAAAAAAAA{number}") for number in range(AT_ONCE)]
    line = make_line()
    _meet(monkeypatch, settling, "_locked")

    told = _at_once([lambda gift=gift: settle_line(line_id=line.pk, gift_id=gift.pk) for gift in gifts])  # type: ignore[misc]

    assert sum(isinstance(one, Gift) for one in told) == 1
    assert told.count(LineIsSettled) == AT_ONCE - 1
    assert (LedgerEntry.objects.count(), Gift.objects.filter(state="received").count()) == (1, 1)


def test_one_promise_paid_by_two_lines_at_once_comes_once() -> None:
    gift, lines = make_promise(), [make_line() for _number in range(AT_ONCE)]

    told = _at_once([lambda line=line: settle_line(line_id=line.pk, gift_id=gift.pk) for line in lines])  # type: ignore[misc]

    assert sum(isinstance(one, Gift) for one in told) == 1
    assert LedgerEntry.objects.count() == 1


def test_k14_one_file_read_by_six_at_once_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account()
    make_promise()
    reader = make_reader()
    file = camt053(
        entry("25.00", text="RF747K2M9QX4TB"), *[entry("1.00", text=f"{n}") for n in range(50)], closing="75.00"
    )
    # All have looked whether it was read before the first begins to store.
    _meet(monkeypatch, reading, "check_unread")

    def read() -> object:
        return read_statement(file=io.BytesIO(file), file_name="a.xml", account=None, read_by=reader)

    told = _at_once([read] * AT_ONCE)

    assert told.count(AlreadyRead) == AT_ONCE - 1
    assert (BankStatement.objects.count(), BankLine.objects.count(), LedgerEntry.objects.count()) == (1, 51, 1)


def test_k14_without_the_lock_on_the_account_the_database_still_keeps_each_line_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, reader = make_account(), make_reader()
    monkeypatch.setattr(BankAccount.objects, "select_for_update", lambda: BankAccount.objects.filter(pk=account.pk))
    _meet(monkeypatch, reading, "_begin_one", count=2)
    file = camt053(entry("1.00"), closing="1.00")

    def read() -> object:
        try:
            return read_statement(file=io.BytesIO(file), file_name="a.xml", account=None, read_by=reader)
        except Exception as failed:
            return type(failed)

    told = _at_once([read, read])

    assert BankLine.objects.count() == 1
    assert sorted(one.new_lines_count for one in told if isinstance(one, Reading)) == [0, 1]
