"""What banks write into field 86 of MT940: numbered parts (German, Polish), parts with names (Dutch), or free text."""

from __future__ import annotations

import re
from typing import Any

# As the Dutch banks and SWIFT's own guide name the parts of field 86.
NAMES = (
    "EREF", "REMI", "NAME", "IBAN", "BIC", "CNTP", "ORDP", "BENM", "ULTD", "ULTC", "MARF", "CSID", "PREF", "KREF",
    "TRTP", "TRCD", "RTRN", "ISDT", "PURP", "ADDR", "INIT", "SVCL", "BUSP", "OCMT", "CHGS", "EXCH", "ACCW", "ID",
)  # fmt: skip
PART = re.compile(rf"/({'|'.join(NAMES)})/")
# Polish banks number the parts as German ones do, with other signs between them.
NUMBERED = re.compile(r"(\d{3})([~^<])(?=\d{2})")
KEPT = {
    "customer_reference": "61",
    "bank_reference": "61//",
    "end_to_end_reference": "EREF",
    "additional_position_reference": "MREF",
    "applicant_creditor_id": "CRED",
    "prima_nota": "10",
    "purpose": "SVWZ",
    "additional_purpose": "60",
}
NO_REFERENCE = {"", "NONREF", "NOTPROVIDED", "NOREF"}
Details = tuple[str, str, dict[str, str], str]


def details_of(told: dict[str, Any]) -> Details:
    """(name, account, references, text) of what the library found in fields 61 and 86."""
    references = {KEPT[key]: _clean(told.get(key)) for key in KEPT if _clean(told.get(key)) not in NO_REFERENCE}
    free = str(told.get("transaction_details") or "")
    extra = _clean(told.get("extra_details"))
    if free:
        return _from_free(free, extra, references)
    text = " ".join(filter(None, (_clean(told.get("purpose")), _clean(told.get("additional_purpose")))))
    account = _clean(told.get("applicant_iban")) or _clean(told.get("gvc_applicant_iban"))
    return _clean(told.get("applicant_name")), account, references, text or _clean(told.get("posting_text"))


def _from_free(free: str, extra: str, references: dict[str, str]) -> Details:
    whole = "".join(free.splitlines())
    if numbered := NUMBERED.match(whole):
        return _from_numbered(whole, numbered[2], references)
    if PART.search(f"/{whole}" if not whole.startswith("/") else whole):
        return _from_named(whole, extra, references)
    text = _clean(" ".join(line.strip() for line in free.splitlines()))
    return "", "", {**references, "86": text} if text else references, text or extra


def _from_named(whole: str, extra: str, references: dict[str, str]) -> Details:
    pieces = PART.split(whole)
    parts: dict[str, str] = {}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        # The first of each counts: the other party's parts come before what it wrote itself.
        parts.setdefault(name, value.strip("/ "))
    counterpart = dict(enumerate(parts.get("CNTP", "").split("/")))
    name = parts.get("NAME") or counterpart.get(2, "") or parts.get("ORDP", "")
    account = parts.get("IBAN") or counterpart.get(0, "")
    text = re.sub(r"^(?:USTD//|STRD/(?:CUR/|ISO/)?)", "", parts.get("REMI", ""))
    kept = ("EREF", "REMI", "MARF", "CSID", "PREF", "KREF", "RTRN")
    references = {**references, **{key: parts[key] for key in kept if parts.get(key, "") not in NO_REFERENCE}}
    return _clean(name), _clean(account), references, _clean(text) or extra


def _from_numbered(whole: str, sign: str, references: dict[str, str]) -> Details:
    parts: dict[str, str] = {}
    for part in whole.split(sign)[1:]:
        parts[part[:2]] = parts.get(part[:2], "") + part[2:]
    purpose = _clean("".join(parts.get(str(number), "") for number in range(20, 30)))
    name = _clean(" ".join(filter(None, (parts.get("32", "").strip(), parts.get("33", "").strip()))))
    account = _clean(parts.get("38") or parts.get("31") or "")
    return name, account, {**references, **({"SVWZ": purpose} if purpose else {})}, purpose


def _clean(told: object) -> str:
    return " ".join(str(told or "").split())
