"""Pure: the QR code of a transfer in euro (EPC069-12), which banks' apps read. Never more than 331 bytes, level M."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

import segno
from segno.helpers import make_epc_qr

NAME_LENGTH, NAME_BYTES = 70, 200  # with the longest of all else, 200 stay below 331
SMALLEST_MINOR, LARGEST_MINOR = 1, 99_999_999_999
PIXELS = 6  # of each module, in the mail


@dataclass(frozen=True)
class Transfer:
    """In euro: `amount` has two decimals, `reference` is an RF creditor reference."""

    holder: str
    iban: str
    bic: str
    amount: Decimal
    reference: str


def may_have_code(*, currency: str, iban: str, minor: int) -> bool:
    return currency == "EUR" and bool(iban) and SMALLEST_MINOR <= minor <= LARGEST_MINOR


def svg(transfer: Transfer, *, title: str) -> str:
    """Dark on light in any colour scheme, else cameras do not find it. No style attribute: the policy forbids it."""
    file = io.BytesIO()
    _code(transfer).save(
        file, kind="svg", title=title, light="#fff", xmldecl=False, nl=False, omitsize=True, svgclass="transfer__code"
    )
    # The title is its name for those who do not see it.
    return file.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)


def png(transfer: Transfer) -> bytes:
    file = io.BytesIO()
    _code(transfer).save(file, kind="png", scale=PIXELS, light="#fff")
    return file.getvalue()


def _code(transfer: Transfer) -> segno.QRCode:
    return make_epc_qr(
        name=transfer.holder[:NAME_LENGTH].encode()[:NAME_BYTES].decode(errors="ignore"),
        iban=transfer.iban,
        bic=transfer.bic or None,
        amount=transfer.amount,
        reference=transfer.reference,
        encoding="utf-8",
    )
