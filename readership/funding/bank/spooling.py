"""A file read to its end and proved, on disk, before anything is stored: statements that do not add up, that end too
early or belong to another account never reach the database. In memory stand eight bytes a line."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import pairwise
from tempfile import TemporaryFile
from typing import IO, Any
from weakref import finalize

from django.utils.translation import gettext as _

from readership.funding.bank.accounts import last_four
from readership.funding.bank.fingerprints import fingerprint, line_key, remitter_hash
from readership.funding.bank.records import Record, StatementEnd, StatementHead, StatementLine
from readership.funding.errors import DoesNotAddUp, LineUnclear, NotAStatement
from readership.funding.transfers.iban import without_ibans
from readership.lib.text import clean_line

LONGEST_REFERENCE, LONGEST_TEXT, LONGEST_NAME = 500, 1_000, 140
MOST_MINOR = 10**16  # far above any account, far below what a column holds
BUFFERED = 1 << 18


@dataclass(frozen=True)
class KnownLine:
    """As it will be stored: nothing of the remitter's account but its end and a keyed hash."""

    fingerprint: str
    booked_on: date
    amount_minor: int
    currency: str
    remitter_name: str
    remitter_account_end: str
    remitter_account_hash: str
    references: dict[str, str]
    text: str


@dataclass
class KnownStatement:
    """One statement of the file. `lines` may be read once, and only before the next statement."""

    account: str
    head: StatementHead
    end: StatementEnd
    lines_count: int
    from_on: date | None
    to_on: date | None
    lines: Iterator[KnownLine]


@dataclass
class _Kept:
    account: str
    head: StatementHead
    begins_at: int
    end: StatementEnd = field(default_factory=StatementEnd)
    sum_minor: int = 0
    first_on: date | None = None
    last_on: date | None = None
    # The first eight bytes of each line's key.
    keys: array[int] = field(default_factory=lambda: array("Q"))


class Spool:
    """Read it only after the last `put`."""

    def __init__(self) -> None:
        # It lives as long as the spool, and no longer.
        self._file: IO[bytes] = TemporaryFile(buffering=BUFFERED)  # noqa: SIM115
        finalize(self, self._file.close)
        self._kept: list[_Kept] = []

    def put(self, records: Iterable[Record], account_of: Callable[[StatementHead], str]) -> None:
        """`account_of` says whose statement it is, or raises. Raises StatementRefused."""
        for record in records:
            if isinstance(record, StatementHead):
                self._kept.append(_Kept(account_of(record), record, self._file.tell()))
            elif isinstance(record, StatementEnd):
                self._close(record)
            else:
                self._add(record)
        if not self._kept:
            raise NotAStatement

    def statements(self) -> Iterator[KnownStatement]:
        for kept in self._kept:
            yield KnownStatement(
                account=kept.account,
                head=kept.head,
                end=kept.end,
                lines_count=len(kept.keys),
                from_on=kept.head.from_on or kept.first_on,
                to_on=kept.end.to_on or kept.last_on,
                lines=self._lines(kept),
            )

    def _add(self, line: StatementLine) -> None:
        kept = self._kept[-1]
        if line.currency != kept.head.currency:
            raise LineUnclear(
                _("A line of this statement is in %(line)s, the statement in %(statement)s.")
                % {"line": line.currency, "statement": kept.head.currency}
            )
        if abs(line.amount_minor) > MOST_MINOR:
            raise LineUnclear(_("A sum in this file is too large to be true."))
        line = without_accounts(line)
        kept.sum_minor += line.amount_minor
        kept.first_on = min(kept.first_on or line.booked_on, line.booked_on)
        kept.last_on = max(kept.last_on or line.booked_on, line.booked_on)
        key = line_key(kept.account, line)
        kept.keys.append(int.from_bytes(key[:8], "big"))
        self._file.write(json.dumps([key.hex(), _as_json(line)]).encode() + b"\n")

    def _close(self, end: StatementEnd) -> None:
        kept = self._kept[-1]
        kept.end = end
        opening = kept.head.opening_minor if end.opening_minor is None else end.opening_minor
        kept.head = replace(kept.head, opening_minor=opening)
        if opening is None or end.closing_minor is None:
            return
        if opening + kept.sum_minor != end.closing_minor:
            raise DoesNotAddUp(_does_not_add_up(kept))

    def _lines(self, kept: _Kept) -> Iterator[KnownLine]:
        doubled = _doubled(kept.keys)
        seen: Counter[bytes] = Counter()
        self._file.seek(kept.begins_at)
        for short in kept.keys:
            key_text, facts = json.loads(self._file.readline())
            key, number = bytes.fromhex(key_text), 1
            if short in doubled:
                seen[key] += 1
                number = seen[key]
            yield _known(fingerprint(key, number), facts)


def without_accounts(line: StatementLine) -> StatementLine:
    """As people may read it: no line ends, no invisible signs, and no whole IBAN anywhere but in its own field."""
    return replace(
        line,
        name=without_ibans(clean_line(line.name)),
        references={name: without_ibans(clean_line(value)) for name, value in line.references.items()},
        text=without_ibans(clean_line(line.text)),
    )


def _as_json(line: StatementLine) -> dict[str, Any]:
    facts = asdict(line)
    account = facts.pop("remitter_account")
    facts["booked_on"] = line.booked_on.isoformat()
    return {**facts, "end": last_four(account), "hash": remitter_hash(account)}


def _known(mark: str, facts: dict[str, Any]) -> KnownLine:
    references = {name: value[:LONGEST_REFERENCE] for name, value in facts["references"].items()}
    if facts["is_reversal"]:
        references["RvslInd"] = "true"
    return KnownLine(
        fingerprint=mark,
        booked_on=date.fromisoformat(facts["booked_on"]),
        amount_minor=facts["amount_minor"],
        currency=facts["currency"],
        remitter_name=facts["name"][:LONGEST_NAME],
        remitter_account_end=facts["end"],
        remitter_account_hash=facts["hash"],
        references=references,
        text=facts["text"][:LONGEST_TEXT],
    )


def _doubled(keys: array[int]) -> set[int]:
    """Those that stand there more than once. Looked for in small heaps, for sorting all at once takes a list of all."""
    heaps = [array("Q") for _first_byte in range(256)]
    for key in keys:
        heaps[key >> 56].append(key)
    return {one for heap in heaps for one, next_one in pairwise(sorted(heap)) if one == next_one}


def _does_not_add_up(kept: _Kept) -> str:
    return _(
        "Statement %(number)s does not add up: its lines lead to another closing balance than it names. "
        "Please fetch the file from the bank again. Nothing of it was stored."
    ) % {"number": kept.head.statement_ref or "–"}
