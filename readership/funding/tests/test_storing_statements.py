"""A statement is stored in pieces, so that others may write meanwhile; broken off, it is gone on with (K14)."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from readership.funding import reading
from readership.funding.errors import AlreadyRead
from readership.funding.models import BankLine, BankStatement, LedgerEntry
from readership.funding.reading import GIVEN_UP_AFTER, Reading, read_statement
from readership.funding.tests.bank_makers import camt053, entry, make_account, make_promise
from readership.funding.tests.makers import make_reader
from readership.readers.models import Reader

FILE = camt053(entry("25.00", text="RF747K2M9QX4TB"), *[entry("1.00", text=f"{n}") for n in range(34)], closing="59.00")


def read(reader: Reader) -> Reading:
    return read_statement(file=io.BytesIO(FILE), file_name="a.xml", account=None, read_by=reader)


class Broken(BaseException):
    """As a kill is: nothing of ours gets to hear of it."""


@pytest.fixture
def reader(books_for_good: None, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    make_account()
    make_promise()
    return make_reader()


def break_off(monkeypatch: pytest.MonkeyPatch, reader: Reader, *, at: int) -> None:
    """Read until the piece of that number, and die."""
    add, pieces = reading._add_new, [0]

    def add_or_die(*given: Any) -> None:
        pieces[0] += 1
        if pieces[0] == at:
            raise Broken
        add(*given)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "_add_new", add_or_die)
        with pytest.raises(Broken):
            read(reader)


def test_between_two_pieces_no_transaction_is_open(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack e1.2: on SQLite whoever else writes would wait for the whole file."""
    was_open: list[bool] = []

    def look(*given: Any) -> Any:
        was_open.append(connection.in_atomic_block)
        return islice(*given)

    monkeypatch.setattr(reading, "islice", look)
    read(reader)

    assert was_open == [False] * 5


@pytest.mark.parametrize("at", [1, 2, 4])
def test_k14_what_was_broken_off_is_gone_on_with_and_each_line_is_there_once(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    break_off(monkeypatch, reader, at=at)
    assert BankLine.objects.count() == (at - 1) * 10
    assert not BankStatement.objects.get().is_whole
    with pytest.raises(AlreadyRead, match="at the moment"):
        read(reader)
    BankStatement.objects.update(read_at=timezone.now() - GIVEN_UP_AFTER - timedelta(seconds=1))

    found = read(reader)

    assert (found.lines_count, found.new_lines_count, found.settled_count) == (35, 35, 1)
    assert BankLine.objects.count() == 35
    assert LedgerEntry.objects.count() == 1
    assert BankStatement.objects.get().is_whole
    with pytest.raises(AlreadyRead, match=r"a\.xml"):
        read(reader)
