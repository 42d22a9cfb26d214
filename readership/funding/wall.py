"""The wall of givers: those who chose to be named, by the name they chose and a class of size, and nobody else.

No day, no sum, no address, no order by money. The class is one that at least three givers share (attack K19).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import Lower

from readership import pagecache
from readership.funding.book_parts import NamedGiver, Wall
from readership.funding.books import size_classes, size_text
from readership.funding.counting import GIVER
from readership.funding.models import LedgerEntry
from readership.funding.size_classes import SizeClass, is_told, joined_classes
from readership.lib.text import clean_line

NAMES_A_PAGE = 200


def wall(number: int = 1, *, per_page: int = NAMES_A_PAGE) -> Wall:
    """Two queries, and two more for each currency."""
    pagecache.depends_on("ledger", "givers")
    named = _named()
    begin = (number - 1) * per_page
    rows, count = list(named[begin : begin + per_page]), named.count()
    sizes = {currency: joined_classes(size_classes(currency)[0]) for currency in {row["currency"] for row in rows}}
    return Wall(
        givers=tuple(NamedGiver(clean_line(row["name"]), _size(row, sizes[row["currency"]])) for row in rows),
        count=count,
        before=number - 1 if number > 1 else None,
        after=number + 1 if begin + per_page < count else None,
    )


def _named() -> Any:
    """Of each giver only the gifts that bear the name: what the same person gave unnamed is in no class here."""
    entries = LedgerEntry.objects.counted().filter(gift__public_name__gt="", gift__is_anonymous=False)
    named = entries.values("currency", name=F("gift__public_name"), giver=GIVER).annotate(total=Sum("amount_minor"))
    return named.filter(total__gt=0).order_by(Lower("name"), "name", "giver")


def _size(row: dict[str, Any], classes: list[SizeClass]) -> str:
    if not is_told(classes):
        return ""
    inside = (one for one in classes if one.below is None or row["total"] < one.below)
    return size_text(next(inside), row["currency"])
