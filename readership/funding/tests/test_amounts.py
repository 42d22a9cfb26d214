"""Sums as people write them. What could mean two sums is refused (attacks K06, K07)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readership.funding.amounts import LARGEST_MINOR, read_amount, typed, written
from readership.funding.errors import AmountNotPositive, AmountRefused, AmountTooFine, AmountTooLarge
from readership.funding.money import CURRENCIES, Money

LANGUAGES = ["en", "de", "fr", "ar", "de-ch", "en-gb", "zh-hans", "es"]


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("1,440.50", "en", 144_050),
        ("1440.5", "en", 144_050),
        ("1440", "en", 144_000),
        ("$1,440.50", "en", 144_050),
        ("25 USD", "en", 2_500),
        ("usd25", "en", 2_500),
        (" 25 ", "en", 2_500),
        ("0.01", "en", 1),
        ("1.440,50", "de", 144_050),
        ("5,00", "de", 500),
        ("1.440", "de", 144_000),
        ("25 $", "de", 2_500),
        ("1\u202f440,50", "fr", 144_050),
        ("1 440,50", "fr", 144_050),
        ("1’440.50", "de-ch", 144_050),
        ("1'440.50", "de-ch", 144_050),
        ("1,440.50", "ar", 144_050),
        ("١٬٤٤٠٫٥٠", "ar", 144_050),
        ("۱۴۴۰", "en", 144_000),
    ],
)
def test_k06_an_amount_is_read_as_its_language_writes_it(text: str, language: str, minor: int) -> None:
    assert read_amount(text, currency="USD", language=language) == Money(minor, "USD")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5,00", "en"),  # an English comma stands before three figures
        ("1.440,50", "en"),
        ("1,440.50", "de"),
        ("1.44", "de"),
        ("1,44,0", "en"),
        ("12,34,567", "en"),
        ("", "en"),
        (".", "en"),
        (".5", "en"),
        ("5.", "en"),
        ("NaN", "en"),
        ("Infinity", "en"),
        ("1e9", "en"),
        ("0x10", "en"),
        ("1_000", "en"),
        ("five", "en"),
        ("5 5.", "en"),
        ("€5", "en"),
        ("5 EUR", "en"),
        ("$$5", "en"),
        ("--5", "en"),
        ("٥,٥٥", "en"),
        ("५", "en"),
        ("９", "en"),
        ("5\x00", "en"),
        ("9" * 40, "en"),
    ],
)
def test_k06_what_is_no_clear_amount_is_refused_with_an_example(text: str, language: str) -> None:
    with pytest.raises(AmountRefused) as refused:
        read_amount(text, currency="USD", language=language)

    assert ("1.440,50" if language == "de" else "1,440.50") in str(refused.value)


@pytest.mark.parametrize("text", ["0", "0.00", "-5", "−5", "-0"])
def test_k06_nothing_and_less_are_refused(text: str) -> None:
    with pytest.raises(AmountNotPositive):
        read_amount(text, currency="USD", language="en")


def test_k06_what_no_newsroom_receives_is_refused() -> None:
    with pytest.raises(AmountTooLarge):
        read_amount(str(LARGEST_MINOR), currency="USD", language="en")


@pytest.mark.parametrize(("currency", "text"), [("USD", "0.001"), ("JPY", "5.00"), ("KWD", "1.2345")])
def test_k07_more_decimals_than_the_currency_has_are_refused(currency: str, text: str) -> None:
    with pytest.raises(AmountTooFine):
        read_amount(text, currency=currency, language="en")


def test_k07_a_yen_is_a_yen_and_a_dinar_has_a_thousand_parts() -> None:
    assert read_amount("500", currency="JPY", language="en") == Money(500, "JPY")
    assert read_amount("1.234", currency="KWD", language="en") == Money(1_234, "KWD")


@pytest.mark.parametrize(
    ("money", "language", "text"),
    [
        (Money(144_000, "USD"), "en", "$1,440"),
        (Money(144_050, "USD"), "en", "$1,440.50"),
        (Money(144_000, "USD"), "de", "1.440\xa0$"),
        (Money(-5_000, "USD"), "en", "-$50"),
        (Money(0, "EUR"), "de", "0\xa0€"),
        (Money(500, "JPY"), "en", "¥500"),
        (Money(1_234, "KWD"), "en", "KWD\xa01.234"),
        (Money(150, "HUF"), "en", "HUF\xa01.50"),
        (Money(144_050, "EUR"), "fr", "1\u202f440,50\xa0€"),
        (Money(144_000, "USD"), "tlh", "$1,440"),
    ],
)
def test_a_whole_sum_is_written_without_decimals(money: Money, language: str, text: str) -> None:
    assert written(money, language) == text


@given(st.integers(1, LARGEST_MINOR), st.sampled_from(sorted(CURRENCIES)), st.sampled_from(LANGUAGES))
def test_k23_what_we_write_we_read_back(minor: int, currency: str, language: str) -> None:
    money = Money(minor, currency)

    assert read_amount(typed(money, language), currency=currency, language=language) == money
    assert read_amount(written(money, language), currency=currency, language=language) == money


@given(st.text(max_size=12))
def test_k06_no_text_breaks_the_reader(text: str) -> None:
    with suppress(AmountRefused):
        assert read_amount(text, currency="USD", language="en").minor > 0
