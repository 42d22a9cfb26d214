"""Pure: text that people typed, made safe to keep without changing what they meant."""

from __future__ import annotations

import unicodedata

# Characters that turn the direction of what follows, or that nobody can see (attacks A16, A17).
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = set(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0"
)
ASCII_CONTROLS = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}
MAX_MARKS = 2  # Vietnamese and polytonic Greek need two marks on a letter; zalgo uses dozens.


def clean_text(text: str) -> str:
    """Several lines: line ends made one kind, control and direction characters and piles of marks taken away."""
    return _allowed(unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def clean_line(text: str) -> str:
    """One line, such as a name: as clean_text, without line ends, invisible characters and doubled spaces."""
    kept = _allowed(unicodedata.normalize("NFC", text))
    return " ".join("".join(character for character in kept if character not in INVISIBLE).split())


def _allowed(text: str) -> str:
    if text.isascii():  # Most text, and a tenth of the time.
        return text.translate(ASCII_CONTROLS)
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        is_control = category in {"Cc", "Cs", "Co", "Cn"} and character not in "\n\t"
        if not is_control and character not in BIDI and marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def excerpt(text: str, length: int) -> str:
    """At most `length` characters of text (never of HTML, attack A03), cut between words, with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1].rsplit(" ", 1)[0]
    return f"{cut}…"
