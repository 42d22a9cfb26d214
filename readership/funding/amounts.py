"""Pure: sums of money as people write and read them, in their own language."""

from __future__ import annotations

import copy
import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, get_currency_symbol, get_decimal_symbol, get_group_symbol
from django.utils.translation import gettext as _

from readership.funding.errors import AmountNotPositive, AmountTooFine, AmountTooLarge, AmountUnclear
from readership.funding.money import Money, exponent

LARGEST_MINOR = 10**12  # far above any gift, far below what a BigIntegerField holds
# Arabic and Persian figures, and the signs that go with them, read as what they are.
EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
SPACES = re.compile(r"[\s\u00a0\u2009\u202f\u200e\u200f\u061c]+")
# CLDR keeps a currency's letters apart from the figures, "KWD 5" but "$5"; Babel does not do it yet.
LETTER_AT_FIGURE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
APOSTROPHES = re.compile("['’]")


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale of a Django language code such as "de" or "zh-hans"; English when it knows none."""
    for name in (language.replace("-", "_"), language.partition("-")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def written(money: Money, language: str) -> str:
    """`money` as `language` writes it, a whole sum without decimals: "$1,440", "$1,440.50", "1.440 $"."""
    decimals = exponent(money.currency) if money.has_fraction else 0
    locale = locale_of(language)
    text = _pattern(language, decimals).apply(money.decimal, locale, currency=money.currency, currency_digits=False)
    # In Arabic the sign of "US$" would jump to the other side of its letters.
    end = "\u200e" if locale.text_direction == "rtl" and text.endswith("$") else ""
    return LETTER_AT_FIGURE.sub("\u00a0", text) + end


@lru_cache(maxsize=256)
def _pattern(language: str, decimals: int) -> NumberPattern:
    pattern: NumberPattern = copy.copy(locale_of(language).currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    return pattern


def typed(money: Money, language: str) -> str:
    """`money` as one would type it into a form: figures only, all decimals. `read_amount` reads it back."""
    return f"{money.decimal:f}".replace(".", _signs(language)[1])


def read_amount(text: str, *, currency: str, language: str) -> Money:
    """The sum that somebody typed as `language` writes it: "1,440.50", in German "1.440,50", "$25", "25 USD".

    What could mean two sums is refused (AmountUnclear): "5,00" is no English five. Raises AmountRefused.
    """
    figures = _figures(_without_currency(SPACES.sub("", text).translate(EASTERN), currency, language))
    group, point = _signs(language) if not _has_eastern(text) else (",", ".")
    match = _grammar(group, point).fullmatch(figures)
    if not match:
        raise _unclear(currency, language)
    whole, decimals = match["whole"].replace(group, ""), match["decimals"] or ""
    if len(decimals) > exponent(currency):
        raise _too_fine(currency, language)
    return _in_range(Decimal(f"{whole}.{decimals or 0}"), bool(match["sign"]), currency)


def _in_range(value: Decimal, is_negative: bool, currency: str) -> Money:
    minor = int(value.scaleb(exponent(currency)))
    if is_negative or minor == 0:
        raise AmountNotPositive
    if minor > LARGEST_MINOR:
        raise AmountTooLarge
    return Money(minor, currency)


def _figures(text: str) -> str:
    # One written form of the signs that a keyboard offers in several.
    return APOSTROPHES.sub("'", text).replace("−", "-")


def _has_eastern(text: str) -> bool:
    return text.translate(EASTERN) != text


@lru_cache(maxsize=64)
def _signs(language: str) -> tuple[str, str]:
    """(between thousands, before decimals). A space between thousands has been taken away before we look."""
    locale = locale_of(language)
    group = _figures(SPACES.sub("", get_group_symbol(locale)))
    return group, get_decimal_symbol(locale)


@lru_cache(maxsize=64)
def _grammar(group: str, point: str) -> re.Pattern[str]:
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+|" if group else ""
    decimals = rf"(?:{re.escape(point)}(?P<decimals>[0-9]{{1,6}}))?"
    return re.compile(rf"(?P<sign>-)?(?P<whole>{grouped}[0-9]{{1,15}}){decimals}")


def _without_currency(text: str, currency: str, language: str) -> str:
    """Without the currency's sign or letters. Another currency's stays, and is refused later."""
    symbol = SPACES.sub("", get_currency_symbol(currency, locale_of(language)))
    narrow = get_currency_symbol(currency, "en")
    for name in (symbol, narrow, currency, currency.lower()):
        if text.startswith(name):
            return text.removeprefix(name)
        if text.endswith(name):
            return text.removesuffix(name)
    return text


def _unclear(currency: str, language: str) -> AmountUnclear:
    return AmountUnclear(
        _("Please write the amount in figures, like %(example)s.") % {"example": _example(currency, language)}
    )


def _too_fine(currency: str, language: str) -> AmountTooFine:
    return AmountTooFine(
        _("That is too fine for %(currency)s. Please write the amount like %(example)s.")
        % {"currency": currency, "example": _example(currency, language)}
    )


def _example(currency: str, language: str) -> str:
    """1440 units and a half, with the signs of this language, so that nobody has to guess."""
    group, point = _signs(language)
    half = "5".ljust(exponent(currency), "0") if exponent(currency) else ""
    return f"1{group}440{point}{half}" if half else f"1{group}440"
