"""Money is whole minor units of one currency, and nothing is lost (attacks K07, K23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readership.funding.errors import CurrenciesDiffer, UnknownCurrency
from readership.funding.money import CURRENCIES, Money, exponent, share_out

minors = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


def test_k23_floats_booleans_and_texts_are_no_money() -> None:
    for wrong in (0.1, 1.0, True, "5"):
        with pytest.raises(TypeError):
            Money(wrong, "USD")  # type: ignore[arg-type]


def test_a_currency_that_does_not_exist_is_refused() -> None:
    for wrong in ("usd", "XXQ", "", "US"):
        with pytest.raises(UnknownCurrency):
            Money(1, wrong)


def test_k07_two_currencies_neither_add_nor_compare() -> None:
    dollar, euro = Money(1, "USD"), Money(1, "EUR")

    for together in (lambda: dollar + euro, lambda: dollar - euro, lambda: dollar < euro):
        with pytest.raises(CurrenciesDiffer):
            together()
    assert dollar != euro


def test_a_bare_number_has_no_currency() -> None:
    with pytest.raises(TypeError):
        Money(1, "USD") + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        sum([Money(1, "USD")])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("USD", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("UGX", 0),
        ("ISK", 0),
        ("HUF", 2),
        ("TWD", 2),
        ("KWD", 3),
        ("TND", 3),
    ],
)
def test_k07_decimals_follow_iso_4217(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@given(minors, minors)
def test_k23_what_is_added_can_be_taken_away_again(left: int, right: int) -> None:
    assert Money(left, "EUR") + Money(right, "EUR") - Money(right, "EUR") == Money(left, "EUR")


@given(minors, st.sampled_from(sorted(CURRENCIES)))
def test_k23_the_printed_decimal_is_the_sum_to_the_last_unit(minor: int, currency: str) -> None:
    assert Money(minor, currency).decimal * 10 ** exponent(currency) == minor


@given(st.integers(0, 10**12), weights)
def test_shared_parts_add_up_and_are_within_one_unit_of_fair(minor: int, shares: list[int]) -> None:
    parts = share_out(Money(minor, "EUR"), shares)

    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part.minor * sum(shares) - minor * weight) < sum(shares)


def test_cents_left_over_go_to_the_largest_remainders_earliest_first() -> None:
    assert [part.minor for part in share_out(Money(100, "EUR"), [1, 1, 1])] == [34, 33, 33]
    assert [part.minor for part in share_out(Money(5, "EUR"), [0, 3, 7])] == [0, 2, 3]


def test_whole_units_never_round_up() -> None:
    assert Money(1_499, "USD").units == 14
    assert Money(-1_499, "USD").units == -14
    assert Money(500, "JPY").units == 500
