"""What becomes of a line of a statement: a promised gift that came, a new gift, no gift, or open again.

Locks in this order: the line, its gift, then the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.funding.errors import (
    CurrenciesDiffer,
    FundingError,
    GiftHasCome,
    LineIsSettled,
    NameTooLong,
    NotAGiftLine,
)
from readership.funding.giving import NAME_LENGTH, reverse_gift
from readership.funding.ledger import Movement
from readership.funding.matching import AWAITED, may_be_gift, named_gifts, sure_gift
from readership.funding.models import (
    BankLine,
    Campaign,
    Gift,
    GiftKind,
    GiftState,
    LedgerEntry,
    LineState,
    ProcessorName,
)
from readership.funding.receiving import book_arrival, check_arrival
from readership.funding.wording import amount_text
from readership.lib.text import clean_line, clean_text
from readership.readers.models import Reader

AT_ONCE = 500
NOTE_LENGTH = 200


def settle_sure_lines(lines: Iterable[BankLine]) -> int:
    """Settle those that pay a gift beyond doubt, each in its own transaction. Returns how many.

    What cannot be settled now (a closed period, a day to come) stays open, in view.
    """
    count = 0
    for some in _in_pieces(lines):
        named = named_gifts(some)
        for line in some:
            gift = sure_gift(line, named.get(line.pk, []))
            if gift:
                count += _settled(line, gift)
    return count


def _in_pieces(lines: Iterable[BankLine]) -> Iterator[list[BankLine]]:
    rest = iter(lines)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _settled(line: BankLine, gift: Gift) -> bool:
    try:
        settle_line(line_id=line.pk, gift_id=gift.pk)
    except FundingError:
        return False
    return True


@transaction.atomic
def settle_line(*, line_id: int, gift_id: int, settled_by: Reader | None = None) -> Gift:
    """The promised gift came with this line: what came is what counts, and another promised sum is noted.

    A second time returns the same gift and books nothing. `settled_by` is empty for what was sure. Raises FundingError.
    """
    line = _locked(line_id)
    if line.state == LineState.SETTLED and line.gift_id == gift_id:
        return Gift.objects.get(pk=gift_id)
    _check_open(line)
    gift = Gift.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=gift_id)
    if gift.state not in AWAITED or gift.is_trial:
        raise GiftHasCome
    if gift.currency != line.currency:
        raise CurrenciesDiffer
    check_arrival(campaign=gift.campaign, amount=line.amount, received_on=line.booked_on)
    if gift.amount != line.amount:
        promised = _("Promised: %(amount)s.") % {"amount": amount_text(gift.amount)}
        gift.note = clean_text(f"{gift.note}\n{promised}")
    gift.amount_minor, gift.cover_minor = line.amount_minor, 0
    gift.state, gift.received_on = GiftState.RECEIVED, line.booked_on
    gift.save(update_fields=["amount_minor", "cover_minor", "state", "received_on", "note"])
    _book(line, gift, settled_by)
    return gift


@transaction.atomic
def settle_as_new_gift(
    *,
    line_id: int,
    campaign: Campaign,
    settled_by: Reader,
    giver_name: str = "",
    giver_email: str = "",
    is_anonymous: bool = False,
    note: str = "",
) -> Gift:
    """A gift that nobody had promised. A second time returns the first gift. Raises FundingError."""
    line = _locked(line_id)
    if line.state == LineState.SETTLED and line.gift:
        return line.gift
    _check_open(line)
    giver_name = clean_line(giver_name)
    if len(giver_name) > NAME_LENGTH:
        raise NameTooLong
    check_arrival(campaign=campaign, amount=line.amount, received_on=line.booked_on)
    gift = Gift.objects.create(
        campaign=campaign,
        amount_minor=line.amount_minor,
        currency=line.currency,
        received_on=line.booked_on,
        kind=GiftKind.TRANSFER,
        giver_name=giver_name,
        giver_email=giver_email.strip().lower(),
        is_anonymous=is_anonymous,
        note=clean_text(note),
        entered_by=settled_by,
        submission_key=f"bank-{line.pk}-{_times_booked(line) + 1}",
    )
    _book(line, gift, settled_by)
    return gift


def settle_again(*, line_id: int, gift_id: int, settled_by: Reader) -> Gift:
    """A new gift from whoever gave `gift_id`, to the same campaign. Raises FundingError."""
    before = Gift.objects.select_related("campaign").get(pk=gift_id)
    return settle_as_new_gift(
        line_id=line_id,
        campaign=before.campaign,
        settled_by=settled_by,
        giver_name=before.giver_name,
        giver_email=before.giver_email,
        is_anonymous=before.is_anonymous,
    )


@transaction.atomic
def put_aside(*, line_id: int, settled_by: Reader, note: str = "") -> BankLine:
    """It is no gift. Raises LineIsSettled."""
    line = _locked(line_id)
    if line.state == LineState.SETTLED:
        raise LineIsSettled
    if line.state == LineState.OPEN:
        _change(line, LineState.NO_GIFT, settled_by, note=clean_line(note)[:NOTE_LENGTH])
    return line


def put_debits_aside(*, settled_by: Reader) -> int:
    """All open lines of money that left: none of them is a gift. Returns how many."""
    debits = BankLine.objects.filter(state=LineState.OPEN, amount_minor__lt=0)
    return debits.update(state=LineState.NO_GIFT, settled_by=settled_by, settled_at=timezone.now())


@transaction.atomic
def reopen_line(*, line_id: int, reason: str, reopened_by: Reader) -> BankLine:
    """Back among the open ones. A gift that was booked of it is reversed, with the reason. Raises FundingError."""
    line = _locked(line_id)
    if line.state == LineState.SETTLED and line.gift:
        reverse_gift(gift=line.gift, reason=reason, reversed_by=reopened_by)
    _change(line, LineState.OPEN, None, note="")
    return line


def _locked(line_id: int) -> BankLine:
    # Without its gift: who waited here would get the line as it is now, and a joined gift as it was before.
    return BankLine.objects.select_for_update().get(pk=line_id)


def _check_open(line: BankLine) -> None:
    if line.state != LineState.OPEN:
        raise LineIsSettled
    if not may_be_gift(line):
        raise NotAGiftLine


def _book(line: BankLine, gift: Gift, settled_by: Reader | None) -> None:
    book_arrival(gift=gift, booked_by=settled_by, movement=Movement(ProcessorName.BANK.value, _movement(line)))
    line.gift = gift
    _change(line, LineState.SETTLED, settled_by, note=line.note)


def _movement(line: BankLine) -> str:
    """The line's fingerprint; numbered on after it was opened again, for then it is booked anew."""
    times = _times_booked(line)
    return f"{line.fingerprint}-{times + 1}" if times else line.fingerprint


def _times_booked(line: BankLine) -> int:
    booked = LedgerEntry.objects.filter(processor=ProcessorName.BANK, movement_ref__startswith=line.fingerprint)
    return booked.filter(kind="gift").count()


def _change(line: BankLine, state: LineState, settled_by: Reader | None, *, note: str) -> None:
    line.state, line.settled_by, line.note = state, settled_by, note
    line.settled_at = None if state == LineState.OPEN else timezone.now()
    if state != LineState.SETTLED:
        line.gift = None
    line.save(update_fields=["state", "settled_by", "settled_at", "note", "gift"])
