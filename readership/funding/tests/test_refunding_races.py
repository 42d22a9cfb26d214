"""Two clicks at the same moment, on real PostgreSQL: never more is ordered back than came (attack K11)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from readership.funding import refunding
from readership.funding.errors import FundingError
from readership.funding.models import Gift, GiftState, RefundOrder
from readership.funding.money import Money
from readership.funding.tests.makers import make_online_gift, make_reader

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("books_for_good")]
AT_ONCE = 6


def _ordered_at_once(monkeypatch: pytest.MonkeyPatch) -> int:
    """Six treasurers pay 10.00 of 25.00 back, each from a page of their own. Returns what they ordered in all."""
    gift, treasurer = make_online_gift(amount_minor=2_500), make_reader()
    meeting, real = Barrier(AT_ONCE), refunding.left_of

    def arrive(gift: Gift) -> Money:
        left = real(gift)
        # With the lock, one at a time gets here and nobody comes to meet it.
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=1)
        return left

    def order(number: int) -> None:
        try:
            refunding.order_refund(
                gift=gift,
                amount=Money(1_000, gift.currency),
                reason="Asked",
                ordered_by=treasurer,
                submission_key=f"page-{number}",
                now=timezone.now(),
            )
        except FundingError:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(refunding, "left_of", arrive)
    with ThreadPoolExecutor(AT_ONCE) as treasurers:
        list(treasurers.map(order, range(AT_ONCE)))
    assert gift.state == GiftState.RECEIVED
    return int(RefundOrder.objects.aggregate(sum=Sum("amount_minor"))["sum"])


def test_k11_six_orders_at_once_pay_back_no_more_than_came(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ordered_at_once(monkeypatch) == 2_000


def test_k11_without_the_lock_more_is_ordered_than_came(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(*_arguments: Any, **_facts: Any) -> Any:
        return Gift.objects.all()

    monkeypatch.setattr(Gift.objects, "select_for_update", unlocked)

    assert _ordered_at_once(monkeypatch) > 2_500
