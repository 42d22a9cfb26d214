"""The audit names what somebody did with the database in hand (attack K16)."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from readership.funding.auditing import MOST_NAMED, audit
from readership.funding.giving import reverse_gift
from readership.funding.ledger import NO_ENTRY
from readership.funding.models import Gift, LedgerEntry
from readership.funding.tests.makers import make_campaign, make_gift, make_opening, make_reader
from readership.funding.tests.tampering import change_unseen, lay_triggers_on, take_triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def books() -> list[Gift]:
    """Entries 1 to 5: an opening sum, three gifts, the last of them reversed."""
    campaign, reader = make_campaign(), make_reader()
    make_opening(campaign)
    gifts = [make_gift(campaign, amount_minor=100 * number, entered_by=reader) for number in (1, 2, 3)]
    reverse_gift(gift=gifts[2], reason="slip", reversed_by=reader)
    return gifts


def _differences() -> str:
    return "\n".join(audit().differences)


def test_books_that_nobody_touched_agree(books: list[Gift]) -> None:
    report = audit()

    assert report.is_whole
    assert (report.entries_count, report.gifts_count, report.last_number) == (5, 3, 5)
    assert report.last_hash == LedgerEntry.objects.get(number=5).hash


def test_an_empty_ledger_agrees() -> None:
    report = audit()

    assert report.is_whole
    assert (report.last_number, report.last_hash) == (0, NO_ENTRY)


@pytest.mark.parametrize(
    "change",
    [
        "amount_minor = 999",
        "currency = 'EUR'",
        "reason = 'because'",
        "booked_at = '2020-01-01 00:00:00+00:00'",
        "booked_by_id = NULL",
    ],
)
def test_a_changed_entry_is_named(books: list[Gift], change: str) -> None:
    change_unseen(f"UPDATE funding_ledgerentry SET {change} WHERE number = 3")  # noqa: S608

    assert "Entry 3 was changed after it was booked" in _differences()


def test_a_deleted_entry_is_named_with_its_gift(books: list[Gift]) -> None:
    change_unseen("DELETE FROM funding_ledgerentry WHERE number = 3")

    found = _differences()
    assert "after entry 2 comes 4; numbers 3 to 3 are missing" in found
    assert "Entry 4 is not bound to the entry before it." in found
    assert f"Gift {books[1].reference} has 0 bookings" in found


def test_an_end_cut_off_is_named_by_its_gift(books: list[Gift]) -> None:
    change_unseen("DELETE FROM funding_ledgerentry WHERE number >= 4 AND kind = 'reversal'")
    change_unseen("DELETE FROM funding_ledgerentry WHERE number >= 4")

    assert f"Gift {books[2].reference} has 0 bookings" in _differences()


def test_renumbered_entries_are_named(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_ledgerentry SET number = 9 WHERE number = 5")

    found = _differences()
    assert "after entry 4 comes 9; numbers 5 to 8 are missing" in found
    assert "Entry 9 was changed after it was booked" in found


def test_an_entry_put_in_with_a_hash_of_its_own_breaks_the_chain(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_ledgerentry SET hash = %s WHERE number = 2", "f" * 64)

    found = _differences()
    assert "Entry 2 was changed after it was booked" in found
    assert "Entry 3 is not bound to the entry before it." in found


def test_a_gift_made_larger_is_named(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_gift SET amount_minor = 5 WHERE id = %s", books[0].pk)

    assert f"Entry 2 and its gift {books[0].reference} differ in the amount." in _differences()


def test_a_gift_moved_to_another_campaign_is_named(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_gift SET campaign_id = %s WHERE id = %s", make_campaign().pk, books[0].pk)

    assert f"Entry 2 and its gift {books[0].reference} differ in campaign or currency." in _differences()


def test_a_reversal_of_part_of_a_gift_is_named(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_ledgerentry SET amount_minor = -1 WHERE number = 5")

    assert "Entry 5 does not exactly undo entry 4." in _differences()


def test_a_campaign_whose_currency_was_changed_is_named(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_campaign SET currency = 'EUR'")

    assert "Entry 1 is in another currency than its campaign." in _differences()


def test_k16_a_meter_that_shows_another_sum_is_named(books: list[Gift], monkeypatch: pytest.MonkeyPatch) -> None:
    def totals(_campaign: object) -> dict[str, int]:
        return {"raised": 1, "openings_count": 0, "givers_count": 0}

    monkeypatch.setattr("readership.funding.queries._totals", totals)

    assert "Campaign “Spring fund”: the meter shows $0.01, the ledger adds up to $1,003." in _differences()


def test_a_database_without_its_triggers_is_named(books: list[Gift]) -> None:
    take_triggers_off()
    try:
        assert "the trigger “funding_ledgerentry_refuses_delete” is missing" in _differences()
    finally:
        lay_triggers_on()


def test_of_very_many_differences_the_rest_is_counted(books: list[Gift], monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_NAMED >= 100
    monkeypatch.setattr("readership.funding.auditing.MOST_NAMED", 2)
    change_unseen("UPDATE funding_ledgerentry SET reason = 'x'")

    report = audit()

    assert (len(report.differences), report.unnamed_count) == (2, 3)


def test_the_audit_asks_as_much_of_a_long_ledger_as_of_a_short_one(books: list[Gift]) -> None:
    def count() -> int:
        before = len(connection.queries_log)
        audit()
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        short = count()
        make_gift(books[0].campaign)
        assert count() == short
    finally:
        connection.force_debug_cursor = False


def test_the_command_ends_well_and_says_the_last_hash(books: list[Gift]) -> None:
    said = StringIO()

    call_command("audit", stdout=said)

    assert "Everything agrees." in said.getvalue()
    assert LedgerEntry.objects.get(number=5).hash in said.getvalue()


def test_the_command_ends_with_1_and_names_the_difference_as_json(books: list[Gift]) -> None:
    change_unseen("UPDATE funding_ledgerentry SET reason = 'x' WHERE number = 3")
    said = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("audit", "--json", stdout=said)

    assert ended.value.code == 1
    report = json.loads(said.getvalue())
    assert report["is_whole"] is False
    assert report["differences"] == ["Entry 3 was changed after it was booked: its hash does not fit its content."]
