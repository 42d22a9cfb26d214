"""Pure: files of plain text, in whichever encoding a bank still uses, one line at a time."""

from __future__ import annotations

import codecs
import io
from typing import IO

PIECE = 1 << 16
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(file: IO[bytes]) -> str:
    """By its mark; else UTF-8 when the whole file is, else Windows' own. Leaves the file at its beginning."""
    file.seek(0)
    start = file.read(4)
    found = next((name for mark, name in MARKS if start.startswith(mark)), "")
    found = found or ("utf-8" if _is_utf8(file) else "cp1252")
    file.seek(0)
    return found


def lines_of(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """Closing what this returns leaves `file` open: see `detach`. Line ends are kept as csv wants them."""
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
