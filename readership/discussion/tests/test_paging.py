"""Addresses of a thread: what makes sense is used, what does not is said (attack I08)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readership.discussion.paging import (
    Cursor,
    Sort,
    ThreadView,
    microseconds,
    read_cursor,
    read_id,
    read_view,
)


@pytest.mark.parametrize("text", ["0_1", "-17_5", "1706954400000000_57"])
def test_a_cursor_reads_back_what_it_wrote(text: str) -> None:
    assert str(read_cursor(text)) == text


def test_a_moment_survives_the_cursor() -> None:
    moment = datetime(2026, 2, 3, 10, 0, 0, 123456, tzinfo=UTC)

    assert Cursor(microseconds(moment), 1).moment() == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1",
        "1_",
        "_1",
        "1_0",
        "1_-1",
        "1e9_1",
        "٣_1",
        "1_٣",
        "9" * 40 + "_1",
        "1_" + "9" * 40,
        "1_1;",
    ],
)
def test_nonsense_is_no_cursor(text: str) -> None:
    assert read_cursor(text) is None


@pytest.mark.parametrize("text", [None, "", "0", "-1", "1e3", "99999999999999999999", "1,2", "\x00", "²"])
def test_i08_nonsense_is_no_id(text: str | None) -> None:
    assert read_id(text) is None


def test_an_unknown_order_is_said_and_the_usual_one_shown() -> None:
    view = read_view({"sort": "loudest"})

    assert view.sort == Sort.NEWEST
    assert "no such order" in str(view.notice)


def test_an_unknown_cursor_is_said_and_the_first_page_shown() -> None:
    view = read_view({"after": "elsewhere"})

    assert view.is_first_page
    assert "could not be found" in str(view.notice)


def test_nothing_asked_for_is_the_first_page() -> None:
    assert read_view({}) == ThreadView()
