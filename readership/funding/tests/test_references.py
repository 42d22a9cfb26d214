"""References are made right, and found again in whatever people and banks make of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readership.funding.models.gift import REFERENCE_LENGTH, REFERENCE_LETTERS, new_reference
from readership.funding.transfers.references import (
    LENGTH,
    LETTERS,
    bare_references,
    creditor_reference,
    in_groups,
    is_creditor_reference,
    marked_references,
)

references = st.text(REFERENCE_LETTERS, min_size=REFERENCE_LENGTH, max_size=REFERENCE_LENGTH)
between = st.sampled_from(["", " ", "-", ".", "\n", "  ", "/"])
words = st.text(st.characters(codec="utf-8"), max_size=30)


def test_they_are_made_of_the_letters_of_gifts() -> None:
    assert (LENGTH, LETTERS) == (REFERENCE_LENGTH, REFERENCE_LETTERS)


# The first is the example of ISO 11649, with its own check digits.
@pytest.mark.parametrize("known", ["RF18539007547034", "RF712348231", "RF45G72UUR"])
def test_published_references_are_right(known: str) -> None:
    assert is_creditor_reference(known)


@pytest.mark.parametrize(
    "wrong", ["RF19539007547034", "RF18", "rf18539007547034", "DE89370400440532013000", "RF1853900754703x", ""]
)
def test_others_are_not(wrong: str) -> None:
    assert not is_creditor_reference(wrong)


@settings(deadline=None)
@given(references)
def test_each_gifts_reference_has_check_digits_that_hold(reference: str) -> None:
    assert is_creditor_reference(creditor_reference(reference))
    assert len(creditor_reference(reference)) == 14


@settings(deadline=None)
@given(references, between, words, words)
def test_it_is_found_in_any_words_and_grouped_in_any_way(reference: str, sign: str, before: str, after: str) -> None:
    written = sign.join(in_groups(creditor_reference(reference)).split())

    assert reference in marked_references(f"{before} {written} {after}")
    assert reference in marked_references(f"{before} {written.lower()} {after}")


@settings(deadline=None)
@given(references)
def test_figures_read_as_letters_are_read_back(reference: str) -> None:
    written = creditor_reference(reference).replace("0", "O").replace("1", "l")

    assert reference in marked_references(f"Gift {written}")
    assert reference in bare_references(f"for {reference.replace('0', 'o').replace('1', 'I')}, thanks")


@settings(deadline=None)
@given(references, st.integers(4, 13), st.sampled_from(REFERENCE_LETTERS))
def test_one_wrong_letter_is_noticed(reference: str, place: int, letter: str) -> None:
    right = creditor_reference(reference)
    wrong = right[:place] + letter + right[place + 1 :]

    assert (reference in marked_references(wrong)) == (wrong == right)


@settings(deadline=None)
@given(references, st.integers(4, 12))
def test_two_letters_in_each_others_place_are_noticed(reference: str, place: int) -> None:
    right = creditor_reference(reference)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]

    assert (reference in marked_references(wrong)) == (wrong == right)


@settings(deadline=None)
@given(references)
def test_without_its_check_digits_it_is_found_as_a_word_or_in_two(reference: str) -> None:
    assert reference in bare_references(f"Gift {reference} from Ann")
    assert reference in bare_references(f"gift {reference[:5].lower()}-{reference[5:]}")


@settings(deadline=None)
@given(st.text(max_size=3_000))
def test_no_text_is_too_strange_or_takes_long(text: str) -> None:
    assert len(marked_references(text)) <= 20
    assert len(bare_references(text)) <= 20


def test_a_long_run_of_beginnings_is_read_in_no_time() -> None:
    assert marked_references("RF" * 1_000 + "R " * 1_000) == []


def test_new_ones_are_found_too() -> None:
    for _time in range(200):
        reference = new_reference()
        assert marked_references(creditor_reference(reference)) == [reference]
