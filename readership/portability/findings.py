"""What a saved page was taken for, as a table for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from textwrap import shorten

from django.utils.translation import gettext as _

from readership.portability.sources.saved_page_lines import Finding

WIDEST_TEXT = 48


def table(findings: Iterable[Finding]) -> str:
    """One line each: how sure, what, the words, why."""
    found = list(findings)
    rows = [(_certainty(finding), finding.what, _cut(finding.text), finding.why) for finding in found]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in rows
    ]
    counts = Counter(finding.certainty for finding in found)
    lines.append(
        _(
            "%(count)d pieces of the page were read: %(sure)d surely, %(likely)d likely, %(unsure)d unsure. "
            "All is held for review."
        )
        % {"count": len(found), "sure": counts["sure"], "likely": counts["likely"], "unsure": counts["unsure"]}
    )
    return "\n".join(lines)


def _certainty(finding: Finding) -> str:
    return {"sure": _("sure"), "likely": _("likely"), "unsure": _("UNSURE")}[finding.certainty]


def _cut(text: str) -> str:
    return shorten(text, WIDEST_TEXT, placeholder="…")
