"""Whoever gave and leaves: the books stay whole and name nobody in public; after the law's term they name nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from readership.funding.auditing import audit
from readership.funding.erasing import forget_givers
from readership.funding.models import Customer, Gift, Giver, Pledge, PledgeState
from readership.funding.queries import meter
from readership.funding.tests.makers import make_campaign, make_giver, make_own_gift, make_own_pledge
from readership.readers.erasing import Words, erase_person
from readership.readers.errors import StillRunning
from readership.readers.holdings import person_by_address

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def leave() -> None:
    erase_person(person_by_address("ann@example.org"), words=Words.KEEP, now=NOW)


def test_who_gave_stays_in_the_books_and_nowhere_else() -> None:
    campaign, giver = make_campaign(), make_giver()
    gift = make_own_gift(giver, campaign)
    Gift.objects.update(public_name="Ann of the Pier", dedication="For Bob", message="Go on")
    raised = meter(campaign).raised

    leave()

    gift.refresh_from_db()
    giver.refresh_from_db()
    assert (gift.public_name, gift.dedication, gift.message, gift.is_anonymous) == ("", "", "", True)
    assert gift.giver == giver
    assert (giver.email, giver.reader, giver.wants_badge, giver.link_version) == ("ann@example.org", None, False, 2)
    assert meter(campaign).raised == raised
    assert audit().is_whole


def test_who_never_gave_is_forgotten_at_once() -> None:
    giver = make_giver()
    Customer.objects.create(giver=giver, processor="demo", customer_ref="cus_1")

    leave()

    assert not Giver.objects.exists()
    assert not Customer.objects.exists()


@pytest.mark.parametrize("state", [PledgeState.ACTIVE, PledgeState.BEHIND, PledgeState.PAUSED])
def test_who_still_pledges_is_told_to_stop_it_first_and_nothing_is_lost(state: PledgeState) -> None:
    pledge = make_own_pledge(make_giver(), state=state, public_name="Ann")

    with pytest.raises(StillRunning):
        leave()

    pledge.refresh_from_db()
    assert pledge.public_name == "Ann"


def test_after_the_term_the_books_name_nobody_and_their_sums_stay() -> None:
    campaign, giver = make_campaign(), make_giver()
    first_kept = date(NOW.year - settings.KEEP_GIVERS_YEARS, 1, 1)
    gift = make_own_gift(giver, campaign)
    long_ago = first_kept - timedelta(days=1)
    Gift.objects.update(received_on=long_ago, entered_at=datetime(2000, 1, 1, tzinfo=UTC))
    Giver.objects.update(since=datetime(2000, 1, 1, tzinfo=UTC))
    raised = meter(campaign).raised

    assert forget_givers(now=NOW) == 1

    gift.refresh_from_db()
    assert (gift.giver, gift.giver_name, gift.giver_email) == (None, "", "")
    assert meter(campaign).raised == raised
    assert not Giver.objects.exists()
    assert audit().is_whole


@pytest.mark.parametrize("kept", ["newer gift", "pledge", "last day"])
def test_within_the_term_nobody_is_forgotten(kept: str) -> None:
    campaign, giver = make_campaign(), make_giver()
    first_kept = date(NOW.year - settings.KEEP_GIVERS_YEARS, 1, 1)
    gift = make_own_gift(giver, campaign)
    old = datetime(2000, 1, 1, tzinfo=UTC)
    Gift.objects.update(received_on=date(2000, 1, 1), entered_at=old)
    Giver.objects.update(since=old)
    if kept == "newer gift":
        make_own_gift(giver, campaign)
    elif kept == "pledge":
        make_own_pledge(giver, campaign, state=PledgeState.ACTIVE)
    else:
        Gift.objects.filter(pk=gift.pk).update(received_on=first_kept)

    assert forget_givers(now=NOW) == 0

    assert Giver.objects.filter(email="ann@example.org").exists()
    assert Pledge.objects.count() == (kept == "pledge")
