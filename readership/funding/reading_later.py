"""A large file of a bank is read in the background, so that nobody waits for an answer and a crash costs nothing.

The file is kept with the request that gives it, and deleted when it is read or refused, or after a day.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import IO

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from readership import outbox
from readership.funding import keeping_files
from readership.funding.errors import StatementRefused
from readership.funding.models import BankAccount, FileState, StatementFile
from readership.funding.reading import Progress, Reading, check_beginning, check_unread, hash_of, read_statement
from readership.lib.text import clean_line
from readership.outbox.errors import HeldUp
from readership.outbox.registry import Lane, Payload, handles
from readership.readers.models import Reader

LARGE = 1_000_000  # bytes: half a second of reading
KEPT_FOR = timedelta(days=1)
KNOWN_FOR = timedelta(days=30)
TOLD_EVERY = 0.5  # seconds
# Who reads a file says so far more often than this.
SILENT_FOR = timedelta(minutes=2)


def is_large(size: int | None) -> bool:
    return (size or 0) > LARGE


def read_later(*, file: IO[bytes], file_name: str, account: BankAccount | None, given_by: Reader) -> StatementFile:
    """Keep the file, and have it read. The same one again, while it waits, is the first. Raises StatementRefused for
    what its beginning shows, or when it was read before."""
    file_hash = hash_of(file)
    waiting = StatementFile.objects.filter(file_hash=file_hash, state=FileState.WAITING).first()
    if waiting:
        return waiting
    check_unread(file_hash)
    check_beginning(file, account)
    key = keeping_files.keep(file)
    with transaction.atomic():
        given, is_new = StatementFile.objects.get_or_create(
            file_hash=file_hash,
            state=FileState.WAITING,
            defaults={
                "key": key,
                "file_name": clean_line(file_name)[:255],
                "account": account,
                "given_by": given_by,
                "language": translation.get_language() or "",
            },
        )
        if is_new:
            outbox.put("bank_file", key=key, payload={"file_id": given.pk})
    if not is_new:
        keeping_files.drop(key)
    return given


@handles("bank_file", lane=Lane.LONG)
def read_file(payload: Payload) -> None:
    """Goes on where somebody who died left it."""
    given = StatementFile.objects.select_related("account", "given_by").filter(pk=payload["file_id"]).first()
    if given is None:
        return
    if given.state == FileState.WAITING:
        _take(given)
        with translation.override(given.language or None):
            _read(given)
    keeping_files.drop(given.key)


def _take(given: StatementFile) -> None:
    """Raises HeldUp while another machine reads it."""
    now = timezone.now()
    if given.seen_at and now - given.seen_at < SILENT_FOR:
        raise HeldUp("This file is being read.")
    StatementFile.objects.filter(pk=given.pk).update(seen_at=now)


def _read(given: StatementFile) -> None:
    try:
        with keeping_files.kept(given.key) as file:
            reading = read_statement(
                file=file,
                file_name=given.file_name,
                account=given.account,
                read_by=given.given_by,
                told=_Teller(given),
                goes_on=True,
            )
    except FileNotFoundError:
        _refuse(given, _("This file is not here any more. Please give it once more: no line is added twice."))
    except StatementRefused as refused:
        _refuse(given, str(refused.message))
    except Exception:
        # Nobody reads it any more: it is tried again.
        StatementFile.objects.filter(pk=given.pk).update(seen_at=None)
        raise
    else:
        _finish(given, reading)


class _Teller:
    """Writes down how far it has come, twice a second."""

    def __init__(self, given: StatementFile) -> None:
        self._given, self._told_at = given, 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._told_at < TOLD_EVERY:
            return
        self._told_at = time.monotonic()
        StatementFile.objects.filter(pk=self._given.pk).update(
            checked_count=progress.checked_count,
            stored_count=progress.stored_count,
            lines_count=progress.lines_count,
            seen_at=timezone.now(),
        )


def _finish(given: StatementFile, reading: Reading) -> None:
    StatementFile.objects.filter(pk=given.pk).update(
        state=FileState.READ,
        checked_count=reading.lines_count,
        stored_count=reading.lines_count,
        lines_count=reading.lines_count,
        new_lines_count=reading.new_lines_count,
        settled_count=reading.settled_count,
    )


def _refuse(given: StatementFile, said: str) -> None:
    StatementFile.objects.filter(pk=given.pk).update(state=FileState.REFUSED, said=said)


def forget_files(*, now: datetime) -> None:
    """What could not be read in a day is given up, and the file deleted; a month later nothing is left of it."""
    for given in StatementFile.objects.filter(state=FileState.WAITING, given_at__lt=now - KEPT_FOR):
        with translation.override(given.language or None):
            _refuse(given, _("This file could not be read within a day. Please give it once more."))
    keeping_files.drop_older_than(now - KEPT_FOR)
    StatementFile.objects.filter(given_at__lt=now - KNOWN_FOR).delete()
