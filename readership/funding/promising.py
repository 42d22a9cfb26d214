"""A gift by bank transfer, before the money is there: promised, and given up when it never comes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readership import outbox, pagecache
from readership.funding.errors import AmountNotPositive, CurrenciesDiffer, NameTooLong, TransferNotOffered
from readership.funding.models import Campaign, Gift, GiftKind, GiftState
from readership.funding.money import Money
from readership.funding.transferring import offered_account
from readership.lib.text import clean_line, clean_text

NAME_LENGTH = 120
AT_ONCE = 500


@transaction.atomic
def promise_transfer(
    *,
    campaign: Campaign,
    amount: Money,
    submission_key: str,
    giver_name: str = "",
    giver_email: str = "",
    public_name: str = "",
    is_anonymous: bool = False,
    dedication: str = "",
    message: str = "",
    language: str = "",
) -> Gift:
    """Somebody says that they will transfer `amount`. It counts nowhere until a line of a statement shows it.

    The same `submission_key` again returns the first gift and mails nothing. Raises FundingError.
    """
    giver_name = clean_line(giver_name)
    _check(campaign, amount, giver_name)
    gift, is_new = Gift.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "campaign": campaign,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "state": GiftState.PROMISED,
            "kind": GiftKind.TRANSFER,
            "giver_name": giver_name,
            "giver_email": giver_email.strip().lower(),
            "public_name": clean_line(public_name),
            "is_anonymous": is_anonymous,
            "dedication": clean_line(dedication),
            "message": clean_text(message),
            "language": language,
        },
    )
    if is_new:
        _announce(gift)
    return gift


def _announce(gift: Gift) -> None:
    pagecache.changed(f"campaign:{gift.campaign_id}")
    if gift.giver_email:
        outbox.put("transfer_instructions", key=f"gift-{gift.pk}", payload={"gift_id": gift.pk})


def _check(campaign: Campaign, amount: Money, giver_name: str) -> None:
    if amount.minor <= 0:
        raise AmountNotPositive
    if amount.currency != campaign.currency:
        raise CurrenciesDiffer
    if len(giver_name) > NAME_LENGTH:
        raise NameTooLong
    if offered_account(amount.currency) is None:
        raise TransferNotOffered


def expire_promises(*, now: datetime) -> int:
    """Give up promises that nobody kept in time; a line that comes later still finds them. Returns how many.

    In pieces, so that nobody waits long; doing it twice expires nothing twice.
    """
    before = now - timedelta(days=settings.TRANSFER_DAYS)
    waiting = Gift.objects.filter(state=GiftState.PROMISED, kind=GiftKind.TRANSFER, entered_at__lt=before)
    count = 0
    while some := list(waiting.values_list("pk", "campaign_id")[:AT_ONCE]):
        # Asked again in the UPDATE: one of them may have come meanwhile.
        count += waiting.filter(pk__in=[pk for pk, _campaign in some]).update(state=GiftState.EXPIRED)
        pagecache.changed(*{f"campaign:{campaign}" for _pk, campaign in some})
    return count


def expire_now() -> int:
    return expire_promises(now=timezone.now())
