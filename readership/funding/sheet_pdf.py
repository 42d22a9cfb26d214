"""A sheet as a PDF: one font that knows Latin, Greek, Cyrillic, Hebrew and Arabic, and letters that join as they must.

The same sheet gives the same bytes: nothing in the file tells when or by which version it was drawn.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import get_language_info
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, TextDirection, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from readership.funding.sheets import Fact, Sheet

FONT_FILE = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
FONT = "DejaVuSans"
MARGIN = 22.0  # millimetres
SMALL, TEXT, TITLE = 8.5, 10.5, 20.0
LEADING = 1.5
POINT = 0.3528  # millimetres
INK, MUTED, HAIR = (26, 26, 24), (96, 92, 83), (200, 196, 186)


class _Paper(FPDF):
    """A4, written from the left or from the right as the language is."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self.is_rtl = bool(get_language_info(sheet.language)["bidi"])
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.add_font(FONT, "", FONT_FILE)
        self.set_title(sheet.title)
        self.set_lang(sheet.language)
        self.set_author(sheet.sender[0] if sheet.sender else "")
        self.set_creation_date(datetime(sheet.dated.year, sheet.dated.month, sheet.dated.day, tzinfo=UTC))
        self.set_producer("Readership")
        # Letters that join, and lines of both directions. Without a base direction the first strong letter decides.
        self.set_text_shaping(True, direction=TextDirection.RTL if self.is_rtl else TextDirection.LTR)
        self.set_draw_color(*HAIR)
        self.add_page()

    @property
    def start(self) -> Align:
        return Align.R if self.is_rtl else Align.L

    @property
    def end(self) -> Align:
        return Align.L if self.is_rtl else Align.R

    def say(self, text: str, size: float, colour: tuple[int, int, int] = INK, *, after: float = 0.0) -> None:
        self.set_font(FONT, size=size)
        self.set_text_color(*colour)
        height = size * POINT * LEADING
        # By characters where a word is longer than the line, as addresses and fingerprints are.
        self.multi_cell(0, height, text, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def rows(self, rows: list[tuple[str, ...]], widths: tuple[int, ...], *, ends: set[int], ruled: bool) -> None:
        """A table without a head. `ends` are the columns whose words stand at the end of the line: sums."""
        aligns = [self.end if place in ends else self.start for place in range(len(widths))]
        if self.is_rtl:
            rows, widths, aligns = [row[::-1] for row in rows], widths[::-1], aligns[::-1]
        self.set_font(FONT, size=TEXT)
        self.set_text_color(*INK)
        layout = TableBordersLayout.HORIZONTAL_LINES if ruled else TableBordersLayout.NONE
        with self.table(
            col_widths=widths,
            text_align=aligns,
            borders_layout=layout,
            first_row_as_headings=False,
            line_height=TEXT * POINT * LEADING,
            padding=(1.0, 0.6),
            headings_style=FontFace(),
            wrapmode=WrapMode.WORD,
        ) as table:
            for row in rows:
                table.row(row)


def pdf_of(sheet: Sheet) -> bytes:
    paper = _Paper(sheet)
    for line in sheet.sender:
        paper.say(line, SMALL, MUTED)
    paper.ln(14)
    paper.say(sheet.title, TITLE, after=4)
    if sheet.warning:
        paper.say(sheet.warning, TEXT, (143, 29, 29), after=3)
    paper.rows(_facts(sheet.facts), (30, 70), ends=set(), ruled=False)
    paper.ln(8)
    if sheet.lines:
        lines: list[tuple[str, ...]] = [(line.day, line.words, line.amount) for line in sheet.lines]
        paper.rows(lines, (25, 57, 18), ends={2}, ruled=True)
    paper.rows(_facts(sheet.sums), (60, 40), ends={1}, ruled=False)
    paper.ln(8)
    for note in sheet.notes:
        paper.say(note, SMALL, MUTED, after=1.5)
    return bytes(paper.output())


def _facts(facts: tuple[Fact, ...]) -> list[tuple[str, ...]]:
    return list(facts)
