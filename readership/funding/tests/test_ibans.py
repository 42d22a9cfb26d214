"""Account numbers are checked, printed in fours, and never left whole in a text (attack K20)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readership.funding.bank.accounts import is_same_account, last_four
from readership.funding.transfers.iban import compact, in_groups_or_as_is, is_bic, is_iban, without_ibans

# Of the registry of SWIFT: the example of each country.
KNOWN = [
    "DE89370400440532013000",
    "NL91ABNA0417164300",
    "CH9300762011623852957",
    "SE4550000000058398257466",
    "PL61109010140000071219812874",
    "GB29NWBK60161331926819",
    "NO9386011117947",
    "FR1420041010050500013M02606",
    "MT84MALT011000012345MTLCAST001S",
    "BR1800360305000010009795493C1",
    "LC55HEMM000100010012001200023015",
]


@pytest.mark.parametrize("iban", KNOWN)
def test_those_of_the_registry_are_right(iban: str) -> None:
    assert is_iban(iban)
    assert is_iban(compact(in_groups_or_as_is(iban).lower()))


@pytest.mark.parametrize(
    "wrong", ["", "DE", "DE89370400440532013001", "DE8937040044053201300", "XX89370400440532013000", "RF18539007547034"]
)
def test_others_are_not(wrong: str) -> None:
    assert not is_iban(wrong)


@settings(deadline=None)
@given(st.sampled_from(KNOWN), st.integers(4, 14), st.sampled_from("0123456789"))
def test_one_wrong_figure_is_noticed(iban: str, place: int, figure: str) -> None:
    wrong = iban[:place] + figure + iban[place + 1 :]

    assert is_iban(wrong) == (wrong == iban)


@pytest.mark.parametrize(
    ("bic", "is_one"), [("COBADEFF", True), ("COBADEFFXXX", True), ("COBADEF", False), ("COBADEFFXX", False)]
)
def test_a_bic_has_eight_or_eleven(bic: str, is_one: bool) -> None:
    assert is_bic(bic) == is_one


@settings(deadline=None)
@given(st.sampled_from(KNOWN), st.booleans(), st.sampled_from(["", " ", ", ", " für die Zeitung", " 12 Euro"]))
def test_k20_no_whole_iban_is_left_in_a_text(iban: str, is_grouped: bool, after: str) -> None:
    written = in_groups_or_as_is(iban) if is_grouped else iban

    told = without_ibans(f"von {written}{after}")

    assert compact(iban) not in compact(told)
    assert told == f"von …{iban[-4:]}{after}"


def test_k20_of_several_in_one_text_none_is_left() -> None:
    told = without_ibans("von DE02 1203 0000 0000 2020 51 und IBANDE02120300000000202051, nl91.abna.0417.1643.00")

    assert told == "von …2051 und IBAN…2051, …4300"


@pytest.mark.parametrize("text", ["RF18 5390 0754 7034", "RF747K2M9QX4TB", "Order DE12345678901234567890", ""])
def test_what_is_no_iban_stays(text: str) -> None:
    assert without_ibans(text) == text


@pytest.mark.parametrize(
    ("named", "is_ours"),
    [
        ("DE89370400440532013000", True),
        ("DE89 3704 0044 0532 0130 00", True),
        ("DE89370400440532013000EUR", True),
        ("37040044/0532013000", True),
        ("37040044/532013000", True),
        ("532013000", True),
        ("DE02120300000000202051", False),
        ("37040044/0532013001", False),
        ("0", False),
        ("", False),
        ("EUR", False),
    ],
)
def test_an_account_is_known_by_any_of_its_numbers(named: str, is_ours: bool) -> None:
    assert is_same_account(named, iban="DE89370400440532013000", other_number="") == is_ours


def test_an_account_without_iban_is_known_by_its_own_numbers() -> None:
    assert is_same_account("30-12-34 12345678", iban="", other_number="30-12-34, 12345678")
    assert is_same_account("12345678", iban="", other_number="30-12-34, 12345678")
    assert not is_same_account("30-12-34 12345679", iban="", other_number="30-12-34, 12345678")


def test_the_last_four_are_what_is_shown() -> None:
    assert last_four("DE02 1203 0000 0000 2020 51") == "2051"
