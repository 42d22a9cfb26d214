"""The lines of statements and the statements at the treasurer's desk: filters, pages, what each row shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from readership.funding.matching import Suggestion, may_be_gift, suggestions
from readership.funding.models import (
    BankAccount,
    BankLine,
    BankStatement,
    Campaign,
    FileState,
    LineState,
    StatementFile,
)
from readership.funding.money import Money
from readership.funding.wording import amount_text

LINES_PER_PAGE = 25
STATEMENTS_PER_PAGE = 50
CAME, LEFT = "came", "left"
# The newest campaigns that a new gift from a line may go to, one query for a page of lines.
MOST_CAMPAIGNS = 30


@dataclass(frozen=True)
class LineFilter:
    """Empty fields do not filter."""

    state: str = ""
    side: str = ""
    account: BankAccount | None = None
    words: str = ""


@dataclass(frozen=True)
class LineRow:
    """One line, with what the treasurer may do with it in one click."""

    line: BankLine
    amount_text: str
    is_open: bool
    may_be_gift: bool
    suggestions: tuple[Suggestion, ...]
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True)
class LineCounts:
    """What waits, whatever is filtered."""

    open_count: int
    debits_count: int


@dataclass(frozen=True)
class StatementRow:
    statement: BankStatement
    opening_text: str
    closing_text: str


def lines_page(wanted: LineFilter, number: str | None) -> tuple[Page[BankLine], list[LineRow]]:
    """Six queries at most: how many, one page of them, three for suggestions, one for campaigns."""
    page = Paginator(_lines(wanted), LINES_PER_PAGE).get_page(number)
    return page, _rows(list(page))


def line_row(line: BankLine) -> LineRow:
    """Four queries at most."""
    return _rows([line])[0]


def every_line(wanted: LineFilter) -> Iterator[BankLine]:
    """In memory that does not grow with the list."""
    return _lines(wanted).iterator(chunk_size=1_000)


def line_counts() -> LineCounts:
    """One query."""
    counts = BankLine.objects.filter(state=LineState.OPEN).aggregate(
        open_count=Count("pk", filter=Q(amount_minor__gt=0)), debits_count=Count("pk", filter=Q(amount_minor__lt=0))
    )
    return LineCounts(**counts)


def statements_page(number: str | None) -> tuple[Page[BankStatement], list[StatementRow]]:
    """Two queries."""
    statements = BankStatement.objects.select_related("account", "read_by")
    page = Paginator(statements, STATEMENTS_PER_PAGE).get_page(number)
    return page, [_statement(statement) for statement in page]


def waiting_files() -> list[StatementFile]:
    """Large files that are being read. One query."""
    return list(StatementFile.objects.filter(state=FileState.WAITING)[:STATEMENTS_PER_PAGE])


def _statement(statement: BankStatement) -> StatementRow:
    def text(minor: int | None) -> str:
        return "" if minor is None else amount_text(Money(minor, statement.currency))

    return StatementRow(
        statement=statement, opening_text=text(statement.opening_minor), closing_text=text(statement.closing_minor)
    )


def _rows(lines: list[BankLine]) -> list[LineRow]:
    open_lines = [line for line in lines if line.state == LineState.OPEN and may_be_gift(line)]
    suggested = suggestions(open_lines) if open_lines else {}
    campaigns = list(Campaign.objects.all()[:MOST_CAMPAIGNS]) if open_lines else []
    return [
        LineRow(
            line=line,
            amount_text=amount_text(line.amount),
            is_open=line.state == LineState.OPEN,
            may_be_gift=may_be_gift(line),
            suggestions=tuple(suggested.get(line.pk, [])),
            campaigns=tuple(one for one in campaigns if one.currency == line.currency),
        )
        for line in lines
    ]


def _lines(wanted: LineFilter) -> QuerySet[BankLine]:
    lines = BankLine.objects.select_related("account", "gift__campaign", "settled_by")
    exact = {"state": wanted.state, "account": wanted.account}
    lines = lines.filter(**{name: value for name, value in exact.items() if value})
    if wanted.side:
        lines = lines.filter(amount_minor__gt=0) if wanted.side == CAME else lines.filter(amount_minor__lt=0)
    if wanted.words:
        lines = lines.filter(_says(wanted.words))
    return lines.order_by("-booked_on", "-pk")


def _says(words: str) -> Q:
    return (
        Q(remitter_name__icontains=words)
        | Q(text__icontains=words)
        | Q(note__icontains=words)
        | Q(gift__reference__iexact=words)
    )
