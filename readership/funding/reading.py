"""A bank's file comes in: read and proved to its end first, then stored, each line once (attacks K14, I11).

It is stored in short transactions, so that nobody else who writes waits for a file of a whole year. A statement is
`is_whole` when all its lines are there; one that a crash left half is gone on with when the file is given again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from readership import outbox
from readership.funding.bank.accounts import is_same_account, last_four
from readership.funding.bank.camt053 import read_camt053
from readership.funding.bank.csv_lines import Mapping, fits, read_csv
from readership.funding.bank.mt940 import read_mt940
from readership.funding.bank.records import Record, StatementHead
from readership.funding.bank.spooling import KnownLine, KnownStatement, Spool
from readership.funding.bank.unpacking import format_of, unpacked
from readership.funding.errors import AlreadyRead, MappingMissing, WrongAccount
from readership.funding.models import BankAccount, BankLine, BankStatement, CsvMapping, LineState, StatementFormat
from readership.funding.settling_lines import settle_sure_lines
from readership.lib.text import clean_line
from readership.outbox.registry import Payload, handles
from readership.readers.models import Reader

PIECE = 1 << 16
AT_ONCE = 1_000
# A file of 100 MB is stored in less than a minute; whatever is half after this was broken off.
GIVEN_UP_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Reading:
    """What came of one file."""

    statements_count: int
    lines_count: int
    new_lines_count: int
    settled_count: int


@dataclass(frozen=True)
class Progress:
    """How far it has come: first all lines are checked, then all are stored."""

    checked_count: int
    stored_count: int = 0
    lines_count: int = 0


Told = Callable[[Progress], None]


def read_statement(
    *,
    file: IO[bytes],
    file_name: str,
    account: BankAccount | None,
    read_by: Reader,
    told: Told = lambda _progress: None,
    goes_on: bool = False,
) -> Reading:
    """Take in a bank's file: its new lines are stored, and those that pay a promised gift beyond doubt are settled.

    `account` may be None where the file names its account itself, or where there is only one. Called outside of any
    transaction, for it may take a minute. `told` hears of each piece. `goes_on` says that what stands of this file was
    left by whoever read it before for the same caller. Raises StatementRefused: then nothing of the file was stored.
    """
    accounts, account = _asked(account)
    file_hash = hash_of(file)
    if goes_on and (whole := _whole(file_hash)):
        return _reading_of(whole)
    check_unread(file_hash, goes_on=goes_on)
    spool, kept_as = _spooled(file, account, accounts, told)
    kept = _File(clean_line(file_name)[:255], file_hash, kept_as, read_by, goes_on)
    return _reading_of(_store(spool, kept, accounts, told))


def check_beginning(file: IO[bytes], account: BankAccount | None) -> None:
    """That it is of a format that we read, and that its columns are known. Raises StatementRefused."""
    _accounts, account = _asked(account)
    with unpacked(file) as files:
        _records(next(files), account)


def _asked(account: BankAccount | None) -> tuple[list[BankAccount], BankAccount | None]:
    """Whose statement it may be, and whose it must be, for a file that says nothing of it."""
    accounts = [account] if account else list(BankAccount.objects.all())
    return accounts, accounts[0] if len(accounts) == 1 else None


def _spooled(
    file: IO[bytes], account: BankAccount | None, accounts: list[BankAccount], told: Told
) -> tuple[Spool, StatementFormat]:
    spool = Spool()
    formats: list[StatementFormat] = []
    count = _Count(told)
    with unpacked(file) as files:
        for one in files:
            kept_as, records, known = _records(one, account)
            formats.append(kept_as)
            spool.put(count.each(records), lambda head, known=known: _account_of(head, accounts, known))  # type: ignore[misc]
    return spool, formats[0]


class _Count:
    """Tells of every thousandth record that passes."""

    def __init__(self, told: Told) -> None:
        self._told, self._seen = told, 0

    def each(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            self._seen += 1
            if self._seen % AT_ONCE == 0:
                self._told(Progress(checked_count=self._seen))
            yield record


def _whole(file_hash: str) -> list[BankStatement]:
    """The statements of this file, when all are there."""
    found = list(BankStatement.objects.filter(file_hash=file_hash).order_by("pk"))
    return found if all(one.is_whole for one in found) else []


def _reading_of(statements: list[BankStatement]) -> Reading:
    """Settles what is sure; some of it may have been settled by the outbox in the meantime."""
    for statement in statements:
        settle_sure_lines(_open_lines(statement.pk))
    sure = BankLine.objects.filter(statement__in=statements, state=LineState.SETTLED, settled_by=None)
    return Reading(
        statements_count=len(statements),
        lines_count=sum(statement.lines_count for statement in statements),
        new_lines_count=sum(statement.new_lines_count for statement in statements),
        settled_count=sure.count(),
    )


@handles("bank_statement")
def settle_statement(payload: Payload) -> None:
    """What `read_statement` does at its end, should it have died before. Doing it twice settles nothing twice."""
    settle_sure_lines(_open_lines(payload["statement_id"]))


def mapping_of(row: CsvMapping) -> Mapping:
    return Mapping(
        columns=row.columns,
        delimiter=row.delimiter,
        encoding=row.encoding,
        date_format=row.date_format,
        decimal_mark=row.decimal_mark,
        skipped_lines=row.skipped_lines,
    )


def save_mapping(*, account: BankAccount, name: str, mapping: Mapping) -> CsvMapping:
    """Told once; told again under the same name, it replaces what was told before."""
    facts = asdict(mapping)
    row, _is_new = CsvMapping.objects.update_or_create(account=account, name=clean_line(name)[:80], defaults=facts)
    return row


@dataclass(frozen=True)
class _File:
    name: str
    hash: str
    format: StatementFormat
    read_by: Reader
    goes_on: bool


def hash_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def check_unread(file_hash: str, *, goes_on: bool = False) -> None:
    """Raises AlreadyRead."""
    first = BankStatement.objects.filter(file_hash=file_hash).order_by("is_whole", "pk").first()
    if first and not first.is_whole and not goes_on and timezone.now() - first.read_at < GIVEN_UP_AFTER:
        raise AlreadyRead(_("This very file is being read at the moment. Please look again in a few minutes."))
    if first and first.is_whole:
        raise AlreadyRead(
            _("This very file was read on %(day)s as “%(name)s”. Nothing was added.")
            % {"day": date_format(first.read_at, "DATE_FORMAT"), "name": first.file_name}
        )


def _records(
    file: IO[bytes], account: BankAccount | None
) -> tuple[StatementFormat, Iterable[Record], BankAccount | None]:
    """The third is the account whose statement it must be, for a format that names none."""
    kind = StatementFormat(format_of(file))
    if kind == StatementFormat.CAMT053:
        return kind, read_camt053(file), None
    if kind == StatementFormat.MT940:
        return kind, read_mt940(file), None
    if account is None:
        raise WrongAccount(_("A CSV file does not say whose it is. Please choose the account."))
    mappings = [mapping_of(row) for row in CsvMapping.objects.filter(account=account).order_by("-pk")]
    mapping = next((one for one in mappings if fits(file, one)), None)
    if mapping is None:
        raise MappingMissing
    file.seek(0)
    return (
        kind,
        read_csv(file, mapping, currency=account.currency, is_ours=lambda named: _is_of(account, named)),
        account,
    )


def _account_of(head: StatementHead, accounts: list[BankAccount], known: BankAccount | None) -> str:
    """The key by which the spool and we know an account."""
    found = known or next((one for one in accounts if _is_of(one, head.account)), None)
    if found is None:
        raise WrongAccount(
            _("This statement is of another account, which ends in %(end)s. Nothing of it was stored.")
            % {"end": last_four(head.account) or "–"}
        )
    if head.currency != found.currency:
        raise WrongAccount(
            _("This statement is in %(file)s, but the account is kept in %(account)s.")
            % {"file": head.currency or "–", "account": found.currency}
        )
    return _key(found)


def _is_of(account: BankAccount, named: str) -> bool:
    return is_same_account(named, iban=account.iban, other_number=account.other_number)


def _key(account: BankAccount) -> str:
    return account.iban or account.other_number


def _store(spool: Spool, file: _File, accounts: list[BankAccount], told: Told) -> list[BankStatement]:
    by_key = {_key(account): account for account in accounts}
    statements = _begin(spool, file, by_key)
    whole, stored = sum(statement.lines_count for statement in statements), 0
    try:
        for statement, known in zip(statements, spool.statements(), strict=True):
            for count in _store_lines(statement, known):
                stored += count
                told(Progress(whole, stored, whole))
    except Exception:
        # Nobody is reading it any more: the same file may be given again at once.
        half = BankStatement.objects.filter(pk__in=[one.pk for one in statements], is_whole=False)
        half.update(read_at=timezone.now() - GIVEN_UP_AFTER)
        raise
    return statements


@transaction.atomic
def _begin(spool: Spool, file: _File, by_key: dict[str, BankAccount]) -> list[BankStatement]:
    """The statements without their lines. Two people with the same file: the second waits here and then finds it."""
    list(BankAccount.objects.select_for_update().filter(pk__in=[one.pk for one in by_key.values()]).order_by("pk"))
    check_unread(file.hash, goes_on=file.goes_on)
    # What a crash left half: its lines stay, for somebody may have settled some; the statements are told anew.
    # All of a file were begun together, so that each is found at its place, those that are whole among them.
    left = list(BankStatement.objects.select_for_update().filter(file_hash=file.hash).order_by("pk"))
    begun = [
        _begin_one(known, by_key[known.account], file, left[place] if place < len(left) else None)
        for place, known in enumerate(spool.statements())
    ]
    return begun


def _begin_one(known: KnownStatement, account: BankAccount, file: _File, half: BankStatement | None) -> BankStatement:
    facts = {
        "account": account,
        "file_name": file.name,
        "file_hash": file.hash,
        "format": file.format,
        "statement_ref": clean_line(known.head.statement_ref)[:80],
        "from_on": known.from_on,
        "to_on": known.to_on,
        "opening_minor": known.head.opening_minor,
        "closing_minor": known.end.closing_minor,
        "currency": account.currency,
        "lines_count": known.lines_count,
        "read_by": file.read_by,
        "read_at": timezone.now(),
        "is_whole": False,
    }
    statement = half or BankStatement()
    for name, value in facts.items():
        setattr(statement, name, value)
    statement.save()
    return statement


def _store_lines(statement: BankStatement, known: KnownStatement) -> Iterator[int]:
    """Yields how many came with each piece."""
    lines = known.lines
    while some := list(islice(lines, AT_ONCE)):
        with transaction.atomic():
            _add_new(some, statement)
        yield len(some)
    with transaction.atomic():
        statement.new_lines_count = statement.lines.count()
        statement.is_whole = True
        statement.save(update_fields=["new_lines_count", "is_whole"])
        outbox.put("bank_statement", key=f"statement-{statement.pk}", payload={"statement_id": statement.pk})


def _add_new(lines: list[KnownLine], statement: BankStatement) -> None:
    marks = [line.fingerprint for line in lines]
    known = set(BankLine.objects.filter(fingerprint__in=marks).values_list("fingerprint", flat=True))
    new = [
        BankLine(
            statement=statement,
            account_id=statement.account_id,
            fingerprint=line.fingerprint,
            booked_on=line.booked_on,
            amount_minor=line.amount_minor,
            currency=line.currency,
            remitter_name=line.remitter_name,
            remitter_account_end=line.remitter_account_end,
            remitter_account_hash=line.remitter_account_hash,
            references=line.references,
            text=line.text,
        )
        for line in lines
        if line.fingerprint not in known
    ]
    # The database keeps each line once, whoever else reads an overlapping file at the same time.
    BankLine.objects.bulk_create(new, ignore_conflicts=True)


def _open_lines(statement_id: int) -> Iterator[BankLine]:
    lines = BankLine.objects.filter(statement=statement_id, state=LineState.OPEN, amount_minor__gt=0).order_by("pk")
    # By number, not with a cursor: each line is settled in a transaction of its own meanwhile.
    last = 0
    while some := list(lines.filter(pk__gt=last)[:AT_ONCE]):
        yield from some
        last = some[-1].pk
