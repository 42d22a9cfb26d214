"""What is asked of transfers: which account takes them, what a giver needs to send one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from readership.funding.models import BankAccount, Gift, GiftKind, GiftState
from readership.funding.transfers import qr
from readership.funding.transfers.references import creditor_reference, in_groups
from readership.funding.wording import amount_text

signer = Signer(salt="funding.transfer")


@dataclass(frozen=True)
class TransferPart:
    """What stands on the page of one transfer and in its mail. Nothing of the giver: the page has no lock."""

    amount_text: str
    holder: str
    iban: str
    iban_text: str
    other_number: str
    bic: str
    bank_name: str
    reference: str
    reference_text: str
    campaign: str
    code: SafeString
    is_awaited: bool
    is_expired: bool
    received_on: date | None
    address: str


def offered_account(currency: str) -> BankAccount | None:
    """Where transfers in `currency` go. One query."""
    return BankAccount.objects.filter(currency=currency, is_offered=True).order_by("pk").first()


def transfer_address(gift: Gift) -> str:
    """Of the page for this transfer. Signed: knowing a reference, which stands on statements, opens nothing."""
    return reverse("gifts:transfer", kwargs={"transfer": signer.sign(gift.reference)})


def gift_of_token(token: str) -> Gift | None:
    """One query."""
    try:
        reference = signer.unsign(token)
    except BadSignature:
        return None
    gifts = Gift.objects.filter(kind=GiftKind.TRANSFER, is_trial=False).select_related("campaign")
    return gifts.filter(reference=reference).first()


def transfer_part(gift: Gift) -> TransferPart:
    """In the active language. One query."""
    account = offered_account(gift.currency)
    reference = creditor_reference(gift.reference)
    transfer = transfer_of(gift, account)
    title = _("QR code for your bank’s app: %(amount)s to %(holder)s") % {
        "amount": amount_text(gift.amount),
        "holder": account.holder if account else "",
    }
    is_awaited = gift.state in (GiftState.PROMISED, GiftState.EXPIRED)
    # Made by segno of bars only; the title in it is escaped there.
    code = mark_safe(qr.svg(transfer, title=title)) if transfer and is_awaited else SafeString("")  # noqa: S308
    return TransferPart(
        amount_text=amount_text(gift.amount),
        holder=account.holder if account else "",
        iban=account.iban if account else "",
        iban_text=in_groups(account.iban) if account else "",
        other_number=account.other_number if account else "",
        bic=account.bic if account else "",
        bank_name=account.bank_name if account else "",
        reference=reference,
        reference_text=in_groups(reference),
        campaign=gift.campaign.title,
        code=code,
        is_awaited=is_awaited,
        is_expired=gift.state == GiftState.EXPIRED,
        received_on=gift.received_on,
        address=transfer_address(gift),
    )


def transfer_of(gift: Gift, account: BankAccount | None) -> qr.Transfer | None:
    """For the QR code; None where banks read none: it is for euro and an IBAN only."""
    if account is None or not qr.may_have_code(currency=gift.currency, iban=account.iban, minor=gift.amount_minor):
        return None
    return qr.Transfer(
        holder=account.holder,
        iban=account.iban,
        bic=account.bic,
        amount=gift.amount.decimal,
        reference=creditor_reference(gift.reference),
    )
