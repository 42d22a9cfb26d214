"""The words of a PDF that fpdf2 wrote, for tests: glyphs turned back into letters by the file's own table."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)
MEANS = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """One line for each piece of text, in the order of the page; letters of Arabic from right to left as drawn."""
    streams = [_opened(match[1]) for match in STREAM.finditer(pdf)]
    letters: dict[int, str] = {}
    for stream in streams:
        if b"beginbfchar" in stream:
            letters |= {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in MEANS.findall(stream)
            }
    pages = [stream for stream in streams if b"BT" in stream and b" Tj" in stream]
    return "\n".join(_said(piece, letters) for page in pages for piece in page.split(b"BT ")[1:])


def _opened(stream: bytes) -> bytes:
    try:
        # Its last byte may look like the end of a line, and is missing then: not asked for.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _said(piece: bytes, letters: dict[int, str]) -> str:
    codes = b"".join(_unescaped(match[1]) for match in SHOWN.finditer(piece))
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "?") for at in range(0, len(codes), 2))


def _unescaped(text: bytes) -> bytes:
    return re.sub(rb"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), text, flags=re.DOTALL)
