"""Notices that are due become mails: one for each address and story, or one for everything in a digest.

A batch of addresses at a time, each in one transaction with what is put into the outbox for it. The addresses are
locked: two pumps never make two mails of one notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from readership.following.models import Mailing, Notice
from readership.following.pacing import BETWEEN_MAILS, after_quiet, due_at
from readership.following.putting import put_mailings
from readership.following.wishes import wishes_of
from readership.readers.models import MailAddress, Pace

NOTICES, ADDRESSES, SINGLE = 1_000, 200, 50


def collect(*, now: datetime) -> int:
    """Make mails of all that is due. Returns how many. May be called as often as one likes."""
    made = 0
    while True:
        batch = _collect_some(now)
        if batch is None:
            return made
        made += batch


@transaction.atomic
def _collect_some(now: datetime) -> int | None:
    """None when nothing is due that nobody else is at."""
    due = Notice.objects.due(now=now).order_by("due_at", "pk")
    ids = list(dict.fromkeys(due.values_list("address_id", flat=True)[:NOTICES]))[:ADDRESSES]
    # Weaker than FOR UPDATE: new notices for the address may come in meanwhile.
    addresses = list(MailAddress.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=ids))
    if not addresses:
        return None
    reachable = [address for address in addresses if address.is_reachable and address.pace != Pace.NEVER]
    _give_up(set(addresses) - set(reachable), now)
    reachable = [address for address in reachable if not _put_off_while_quiet(address, now)]
    digests = [address for address in reachable if address.pace != Pace.INSTANT]
    instant = [address for address in reachable if address.pace == Pace.INSTANT]
    single = [address for address in instant if address.wants_every]
    bundled = [address for address in instant if not address.wants_every]
    return _make_digests(digests, now) + _make_single(single, now) + _make_bundles(bundled, now)


def _give_up(addresses: set[MailAddress], now: datetime) -> None:
    """What was meant for them stays to be read on the site."""
    Notice.objects.due(now=now).filter(address__in=addresses).update(due_at=None)


def _put_off_while_quiet(address: MailAddress, now: datetime) -> bool:
    """What was due before the quiet hours, and came too late for them: the program may have stood still."""
    later = after_quiet(wishes_of(address), now)
    if later > now:
        Notice.objects.due(now=now).filter(address=address).update(due_at=later)
    return later > now


def _make_digests(addresses: list[MailAddress], now: datetime) -> int:
    due = Notice.objects.due(now=now).filter(address__in=addresses)
    ids = due.values_list("address_id", flat=True).distinct()
    mailings = _store([Mailing(address_id=pk, created_at=now) for pk in ids])
    _take(due, mailings, Mailing.objects.filter(address=OuterRef("address")))
    return len(mailings)


def _make_bundles(addresses: list[MailAddress], now: datetime) -> int:
    due = Notice.objects.due(now=now).filter(address__in=addresses)
    _put_off_what_is_too_soon(addresses, due, now)
    pairs = due.values_list("address_id", "about").distinct()
    mailings = _store([Mailing(address_id=pk, about=about, created_at=now) for pk, about in pairs])
    _take(due, mailings, Mailing.objects.filter(address=OuterRef("address"), about=OuterRef("about")))
    return len(mailings)


def _put_off_what_is_too_soon(addresses: list[MailAddress], due: QuerySet[Notice], now: datetime) -> None:
    """A mail about the same story may have gone out after the notice was made."""
    lately = (
        Mailing.objects.not_dropped()
        .filter(address__in=addresses, created_at__gt=now - BETWEEN_MAILS)
        .exclude(about="")
    )
    of = {address.pk: wishes_of(address) for address in addresses}
    for pk, about, last in lately.values_list("address_id", "about").annotate(last=Max("created_at")):
        later = due_at(of[pk], now=now, last_mail_at=last)
        if later is None or later > now:
            due.filter(address=pk, about=about).update(due_at=later)


def _make_single(addresses: list[MailAddress], now: datetime) -> int:
    """A mail for each notice; what is left comes with the next batch."""
    notices = list(Notice.objects.due(now=now).filter(address__in=addresses).order_by("due_at", "pk")[:SINGLE])
    mailings = _store([Mailing(address_id=one.address_id, about=one.about, created_at=now) for one in notices])
    for notice, mailing in zip(notices, mailings, strict=True):
        notice.mailing = mailing
    Notice.objects.bulk_update(notices, ["mailing"])
    return len(mailings)


def _store(mailings: Sequence[Mailing]) -> list[Mailing]:
    stored = Mailing.objects.bulk_create(mailings)
    put_mailings(stored)
    return stored


def _take(due: QuerySet[Notice], mailings: list[Mailing], mine: QuerySet[Mailing]) -> None:
    """Give each notice to the new mail of its address (and story), all in one statement."""
    if mailings:
        new = mine.filter(pk__gte=mailings[0].pk, pk__lte=mailings[-1].pk)
        due.update(mailing=Subquery(new.values("pk")[:1]))
