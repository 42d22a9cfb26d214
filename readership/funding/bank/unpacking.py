"""Which format a file is in, and the files within a file: banks deliver many statements as one ZIP."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from readership.funding.errors import NotAStatement

LOOKED_AT = 8_192
PIECE = 1 << 16
MOST_FILES = 1_000
MOST_BYTES = 1 << 30  # of all files in a ZIP together, unpacked
CAMT053, MT940, CSV = "camt053", "mt940", "csv"
# Banks put these beside the statements, for people.
FOR_PEOPLE = (".pdf", ".html", ".htm", ".rtf")
MT940_BEGINS = re.compile(rb"(?:^|[\r\n}])\s*:20:")


def format_of(file: IO[bytes]) -> str:
    """By what it begins with. Leaves the file at its beginning."""
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if not start.strip():
        raise NotAStatement(_("This file is empty."))
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return CAMT053
    if MT940_BEGINS.search(start):
        return MT940
    if b"\0" in start.replace(b"\xff\xfe", b"") and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAStatement
    return CSV


@contextmanager
def unpacked(file: IO[bytes]) -> Iterator[Iterator[IO[bytes]]]:
    """The file itself, or those of a ZIP one after the other; each can be read again from its beginning."""
    file.seek(0)
    is_zip = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    if not is_zip:
        yield iter([file])
        return
    try:
        packed = zipfile.ZipFile(file)
    except zipfile.BadZipFile as broken:
        raise _broken() from broken
    with packed:
        yield _members(packed)


def _members(packed: zipfile.ZipFile) -> Iterator[IO[bytes]]:
    members = [one for one in packed.infolist() if not one.is_dir() and not one.filename.lower().endswith(FOR_PEOPLE)]
    if not members or len(members) > MOST_FILES:
        raise NotAStatement
    left = MOST_BYTES
    # By name: banks number their files by day.
    for member in sorted(members, key=lambda one: one.filename):
        with TemporaryFile() as file:
            left -= _unpack(packed, member, file, left)
            yield file


def _unpack(packed: zipfile.ZipFile, member: zipfile.ZipInfo, file: IO[bytes], most: int) -> int:
    try:
        with packed.open(member) as source:
            return _copy(source, file, most)
    # A RuntimeError is the library's word for a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
        raise _broken() from broken


def _copy(source: IO[bytes], file: IO[bytes], most: int) -> int:
    """What a ZIP says of its sizes need not be true, so the bytes are counted."""
    count = 0
    while piece := source.read(PIECE):
        count += len(piece)
        if count > most:
            raise NotAStatement(_("This ZIP file is too large. Please read its files one by one."))
        file.write(piece)
    file.seek(0)
    return count


def _broken() -> NotAStatement:
    return NotAStatement(_("This ZIP file is broken or locked with a password."))
