"""Text that people typed (attacks A16, A17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readership.lib.skeleton import skeleton
from readership.lib.text import BIDI, clean_line, clean_text, excerpt


def test_line_ends_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\n") == "a\nb\nc"


def test_control_characters_go_and_words_stay() -> None:
    assert clean_text("a\x00b\x07c\x1b[31m\td") == "abc[31m\td"


def test_a17_direction_overrides_go() -> None:
    assert clean_line("evil\u202egnp.exe") == "evilgnp.exe"


def test_a16_zalgo_keeps_two_marks_on_a_letter() -> None:
    assert clean_text("Z" + "\u0335" * 500 + "a") == "Z\u0335\u0335a"


def test_vietnamese_keeps_its_marks() -> None:
    assert clean_line("Nguyễn Thị Ổn") == "Nguyễn Thị Ổn"


def test_joined_emoji_and_persian_stay_whole_in_text() -> None:
    assert clean_text("👩‍🚀 می‌خواهم") == "👩‍🚀 می‌خواهم"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert not set(once) & BIDI


@pytest.mark.parametrize("alike", ["Аdmin", "ADMIN", "ÁDMIN", "adm1n", "a d m i n", "Ａｄｍｉｎ", "admın", "ad.min"])
def test_a16_look_alikes_have_one_skeleton(alike: str) -> None:
    assert skeleton(alike) == skeleton("admin")


def test_different_names_have_different_skeletons() -> None:
    assert len({skeleton(name) for name in ("Ann", "Anna", "Ama B.", "Old Salt", "Jörgen")}) == 5


def test_a03_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("short", 12) == "short"
