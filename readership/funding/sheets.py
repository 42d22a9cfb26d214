"""Pure: a receipt or a statement, the same words on the page, on paper and in a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Fact = tuple[str, str]  # what it is, and the words


@dataclass(frozen=True)
class SheetLine:
    """One movement of money. `amount` is written out, with its sign when it went back."""

    day: str
    words: str
    amount: str


@dataclass(frozen=True)
class Sheet:
    title: str
    # Who wrote it: the newsroom, line by line.
    sender: tuple[str, ...]
    # A sentence that must not be overlooked, such as that it was a trial.
    warning: str
    facts: tuple[Fact, ...]
    lines: tuple[SheetLine, ...]
    sums: tuple[Fact, ...]
    notes: tuple[str, ...]
    language: str
    # The day the PDF carries: the same sheet is the same file, byte for byte, whenever it is drawn.
    dated: date
    file_name: str
