"""The audit names the bank's line or the entry that does not agree with the other (attack K16)."""

from __future__ import annotations

import pytest

from readership.funding.auditing import audit
from readership.funding.models import BankLine, Gift, LedgerEntry, LineState
from readership.funding.settling_lines import reopen_line, settle_as_new_gift, settle_line
from readership.funding.tests.bank_makers import make_account, make_line, make_promise
from readership.funding.tests.makers import make_campaign, make_gift, make_reader
from readership.readers.models import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasurer() -> Reader:
    make_account()
    return make_reader()


@pytest.fixture
def settled(treasurer: Reader) -> BankLine:
    gift, line = make_promise(), make_line()
    settle_line(line_id=line.pk, gift_id=gift.pk, settled_by=treasurer)
    line.refresh_from_db()
    return line


def differences() -> str:
    return "\n".join(audit().differences)


def test_lines_that_nobody_touched_agree_also_when_opened_and_settled_again(
    settled: BankLine, treasurer: Reader
) -> None:
    assert differences() == ""
    reopen_line(line_id=settled.pk, reason="slip", reopened_by=treasurer)
    assert differences() == ""
    settle_as_new_gift(line_id=settled.pk, campaign=make_campaign(currency="EUR"), settled_by=treasurer)
    assert differences() == ""


def test_a_line_with_another_sum_than_was_booked_is_named(settled: BankLine) -> None:
    BankLine.objects.filter(pk=settled.pk).update(amount_minor=2_600)

    assert f"line of {settled.booked_on.isoformat()}" in differences()
    assert Gift.objects.get().reference in differences()


def test_a_line_that_was_laid_upon_another_gift_is_named_and_so_is_the_entry(settled: BankLine) -> None:
    other = make_gift(make_campaign(currency="EUR", title="Another"), giver_name="Ben")
    BankLine.objects.filter(pk=settled.pk).update(gift=other)

    said = differences()

    assert f"gift {other.reference}, and not booked so" in said
    assert f"Entry {LedgerEntry.objects.get(processor='bank').number} books gift" in said


def test_an_entry_whose_line_was_taken_away_is_named(settled: BankLine) -> None:
    BankLine.objects.filter(pk=settled.pk).update(state=LineState.OPEN, gift=None)

    assert "no line is settled so" in differences()
