"""What became of every item of a file. For each kind: in_file = created + unchanged + skipped + failed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

FAILURES_NAMED = 100
COLUMNS = ("in_file", "created", "unchanged", "skipped", "failed")


@dataclass
class Tally:
    """Items of one kind. `skipped` and `failed` count by reason."""

    in_file: int = 0
    created: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def open_count(self) -> int:
        """Items of which nothing is known yet."""
        return self.in_file - self.created - self.unchanged - self.skipped.total() - self.failed.total()

    def add(self, other: Tally) -> None:
        self.in_file += other.in_file
        self.created += other.created
        self.unchanged += other.unchanged
        self.skipped += other.skipped
        self.failed += other.failed

    def as_json(self) -> dict[str, Any]:
        return {
            "in_file": self.in_file,
            "created": self.created,
            "unchanged": self.unchanged,
            "skipped": self.skipped.total(),
            "failed": self.failed.total(),
            "skipped_because": dict(self.skipped),
            "failed_because": dict(self.failed),
        }


@dataclass
class Report:
    """`notes` counts what was taken but not quite as it was, such as a picture that did not come along."""

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    notes: Counter[str] = field(default_factory=Counter)
    # The first of them by name, so that somebody can look.
    failures: list[str] = field(default_factory=list)

    def __getitem__(self, kind: str) -> Tally:
        return self.tallies[kind]

    def add(self, other: Report) -> None:
        for kind, tally in other.tallies.items():
            self[kind].add(tally)
        self.notes += other.notes
        self.failures += other.failures[: FAILURES_NAMED - len(self.failures)]

    def fail(self, kind: str, source_id: str, reason: str) -> None:
        self[kind].failed[reason] += 1
        if len(self.failures) < FAILURES_NAMED:
            self.failures.append(f"{kind} {source_id}: {reason}")

    def close(self) -> None:
        """Whatever is still open was not reached."""
        for tally in self.tallies.values():
            if tally.open_count > 0:
                tally.failed[_("The import stopped before it. Run it again.")] += tally.open_count

    @property
    def failed_count(self) -> int:
        return sum(tally.failed.total() for tally in self.tallies.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "items": {kind: tally.as_json() for kind, tally in self.tallies.items()},
            "notes": dict(self.notes),
            "failures": self.failures,
        }

    def as_text(self) -> str:
        items = {kind: tally.as_json() for kind, tally in self.tallies.items()}
        rows = [(kind, *(str(row[name]) for name in COLUMNS)) for kind, row in items.items()]
        lines = _table([("", *COLUMNS), *rows])
        for kind, row in items.items():
            lines += _reasons(_("%(kind)s skipped") % {"kind": kind}, row["skipped_because"])
            lines += _reasons(_("%(kind)s failed") % {"kind": kind}, row["failed_because"])
        return "\n".join([*lines, *_reasons(_("Notes"), self.notes)])


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [f"{row[0]:{widths[0]}}  " + "  ".join(_right(row[1:], widths[1:])) for row in rows]


def _right(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    return (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


def _reasons(heading: str, reasons: Mapping[str, int]) -> list[str]:
    return [f"{heading}: {count} × {reason}" for reason, count in sorted(reasons.items(), key=lambda item: -item[1])]
