"""F-03 for a bank's file: killed at any statement, it goes on by itself, and each line is there once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.funding import keeping_files, reading, reading_later
from readership.funding.auditing import audit
from readership.funding.models import BankLine, BankStatement, FileState, Gift, GiftState, LedgerEntry, StatementFile
from readership.funding.reading_later import SILENT_FOR, read_later
from readership.funding.tests.bank_makers import camt053, entry, make_account, make_promise
from readership.funding.tests.killing import killed_at
from readership.funding.tests.makers import make_reader
from readership.funding.transfers.references import creditor_reference
from readership.outbox.pump import LEASE, Pump

pytestmark = pytest.mark.postgresql
CUTS = 12


def test_f03_killed_at_12_places_a_large_file_is_read_to_its_end(
    books_for_good: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    monkeypatch.setattr(reading_later, "TOLD_EVERY", 0)
    make_account()
    given_by = make_reader()
    whole = _statements_of(partial(_give, 0, given_by))
    places = [1 + whole * number // CUTS for number in range(CUTS)]

    for number, place in enumerate(places, start=1):
        given, gift = _give(number, given_by)
        killed_at(place, partial(_work, timedelta()))
        # As much later as a lease lasts.
        StatementFile.objects.update(seen_at=timezone.now() - SILENT_FOR)
        _work(number * (LEASE + timedelta(minutes=1)))

        given.refresh_from_db()
        assert given.state == FileState.READ, f"killed at statement {place}: {given.said}"
        assert (given.lines_count, given.new_lines_count, given.settled_count) == (35, 35, 1)
        gift.refresh_from_db()
        assert gift.state == GiftState.RECEIVED
    assert BankLine.objects.count() == 35 * (CUTS + 1)
    assert not BankStatement.objects.filter(is_whole=False).exists()
    assert LedgerEntry.objects.count() == CUTS + 1
    assert list(keeping_files.folder().iterdir()) == []
    assert audit().is_whole


def _statements_of(give: Callable[[], Any]) -> int:
    """How many statements it takes to read a file."""
    give()
    seen = [0]

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        seen[0] += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        _work(timedelta())
    return seen[0]


def _give(number: int, given_by: Any) -> tuple[StatementFile, Gift]:
    """A file of its own, with a gift in it that was promised."""
    gift = make_promise(reference=f"7K2M9QX4{number:02}")
    lines = [
        entry("25.00", text=creditor_reference(gift.reference)),
        *[entry("1.00", text=f"{number} {n}") for n in range(34)],
    ]
    file = io.BytesIO(camt053(*lines, closing="59.00", number=str(number)))
    return read_later(file=file, file_name=f"{number}.xml", account=None, given_by=given_by), gift


def _work(later: timedelta) -> None:
    pump = Pump(lambda: timezone.now() + later)
    while pump.do_due():
        pass
