"""What goes when a giver leaves, and what goes when the law wants it no longer."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from readership.funding.givers import end_old_links
from readership.funding.holding import gifts_of, givers_of
from readership.funding.models import BankLine, Customer, Gift, GiftState, Giver, Pledge, PledgeState
from readership.pagecache import changed
from readership.readers.erasing import Erasure, erases
from readership.readers.errors import StillRunning

# Whoever may still be charged, or asks to be once more.
GOES_ON = (PledgeState.ACTIVE, PledgeState.BEHIND, PledgeState.PAUSED)
# A sum arrived or may yet be given back: the books name who gave it.
IN_THE_BOOKS = ~Q(state__in=[GiftState.STARTED, GiftState.FAILED, GiftState.EXPIRED])
NAMELESS = {"public_name": "", "is_anonymous": True, "dedication": "", "message": ""}
AT_ONCE = 500


@erases
def leave_funding(erasure: Erasure) -> None:
    """Out of the public and of everything that is not a book. Raises StillRunning for a pledge that would go on."""
    givers, gifts = givers_of(erasure.person), gifts_of(erasure.person)
    pledges = Pledge.objects.filter(giver__in=givers)
    if pledges.filter(state__in=GOES_ON).exists():
        raise StillRunning(_("A pledge of yours is still running. Please stop it first, on the page of your gifts."))
    campaigns = set(gifts.values_list("campaign_id", flat=True)) | set(pledges.values_list("campaign_id", flat=True))
    gifts.update(**NAMELESS)
    pledges.update(**NAMELESS)
    for giver in list(givers):
        end_old_links(giver)
        if not gifts.filter(IN_THE_BOOKS, giver=giver).exists():
            _forget(giver)
    givers.update(reader=None, wants_badge=False)
    changed("givers", *(f"campaign:{campaign}" for campaign in campaigns))


def forget_givers(*, now: datetime) -> int:
    """Whoever gave nothing for the years that books must be kept is forgotten; their gifts stay in the sums.

    Returns how many. Each in a transaction of its own: a break loses nothing and leaves nothing half.
    """
    last = _years_before(now.date(), settings.KEEP_GIVERS_YEARS)
    later = Gift.objects.filter(giver=OuterRef("pk")).filter(Q(received_on__gte=last) | Q(entered_at__date__gte=last))
    running = Pledge.objects.filter(giver=OuterRef("pk"), state__in=GOES_ON)
    old = Giver.objects.filter(~Exists(later), ~Exists(running), since__date__lt=last)
    ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
    for giver in Giver.objects.filter(pk__in=ids):
        _forget(giver)
    _forget_nameless_lines(last)
    return len(ids)


@transaction.atomic
def _forget(giver: Giver) -> None:
    gifts = Gift.objects.filter(giver=giver)
    BankLine.objects.filter(gift__in=gifts).update(
        remitter_name="", remitter_account_end="", remitter_account_hash="", text=""
    )
    gifts.update(giver=None, giver_name="", giver_email="", note="", **NAMELESS)
    Pledge.objects.filter(giver=giver).update(giver=None, **NAMELESS)
    Customer.objects.filter(giver=giver).delete()
    giver.delete()


def _forget_nameless_lines(last: date) -> None:
    """Gifts of givers that never had a row of their own, and lines of the bank that were settled with none."""
    Gift.objects.filter(giver=None, received_on__lt=last).exclude(giver_name="", giver_email="", note="").update(
        giver_name="", giver_email="", note="", **NAMELESS
    )
    BankLine.objects.filter(booked_on__lt=last).exclude(remitter_name="", text="").update(
        remitter_name="", remitter_account_end="", remitter_account_hash="", text=""
    )


def _years_before(day: date, years: int) -> date:
    """The first of January after which books must still be kept: terms run from the end of a year."""
    return date(day.year - years, 1, 1)
