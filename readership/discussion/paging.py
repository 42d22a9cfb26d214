"""Pure: which part of a thread an address asks for. Pages are found by key, so page 5,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROOTS_PER_PAGE = 20
REPLIES_SHOWN = 3
BRANCH_PAGE = 100
MAX_ID = 2**63 - 1
ID_DIGITS, VALUE_DIGITS, HOUR_DIGITS, POSITION_DIGITS = 19, 17, 7, 7
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    VOTED = "voted"
    BEST = "best"
    DISCUSSED = "discussed"


class Filter(StrEnum):
    """Which comments: all in their branches, or some of them one by one, the latest first."""

    ALL = "all"
    NEWSROOM = "newsroom"
    FEATURED = "featured"
    NEW = "new"


DEFAULT_SORT = Sort.NEWEST
LABELS: dict[Sort, Promise] = {
    Sort.NEWEST: _("Newest"),
    Sort.OLDEST: _("Oldest"),
    Sort.VOTED: _("Most voted"),
    Sort.BEST: _("Best"),
    Sort.DISCUSSED: _("Most discussed"),
}
FILTER_LABELS: dict[Filter, Promise] = {
    Filter.ALL: _("View all comments"),
    Filter.NEWSROOM: _("Author and newsroom"),
    Filter.FEATURED: _("Editors’ picks"),
    Filter.NEW: _("New"),
}
EXPLAINED: dict[Sort, Promise] = {
    Sort.NEWEST: _("Newest: the latest comment first; replies stand in the order they were written."),
    Sort.OLDEST: _("Oldest: from the first comment on; replies stand in the order they were written."),
    Sort.VOTED: _("Most voted: votes for minus votes against; newer first when equal."),
    Sort.BEST: _(
        "Best: the share of votes for, cautious while there are few. Later comments and editors’ picks count a little "
        "more; newer first when equal."
    ),
    Sort.DISCUSSED: _("Most discussed: the comment with the most replies first; newer first when equal."),
}
FILTERS_EXPLAINED: dict[Filter, str | Promise] = {
    Filter.ALL: "",
    Filter.NEWSROOM: _("Only what the author of the story and the newsroom wrote, the latest first."),
    Filter.FEATURED: _("Only what editors picked out, the latest first."),
    Filter.NEW: _("Only what was written since your last visit, the latest first."),
}
# The column that orders the roots, besides the id that makes the order total.
COLUMNS = {
    Sort.NEWEST: "created_at",
    Sort.OLDEST: "created_at",
    Sort.VOTED: "net_count",
    Sort.BEST: "best_rank",
    Sort.DISCUSSED: "replies_count",
}


@dataclass(frozen=True)
class Cursor:
    """The place after one root: its value in the sorting column and its id."""

    value: int
    comment_id: int

    def __str__(self) -> str:
        return f"{self.value}_{self.comment_id}"

    def moment(self) -> datetime:
        return EPOCH + timedelta(microseconds=self.value)


@dataclass(frozen=True)
class ThreadView:
    """What of a thread to show. `notice` says what of the address was not understood, if anything.

    `usual` is the order in which this thread stands when the address names none. `since` belongs to Filter.NEW.
    `nth` is the position of the first comment after `after`, as the page before this one counted it; 0 when it is not
    told.
    """

    sort: Sort = DEFAULT_SORT
    usual: Sort = DEFAULT_SORT
    filter: Filter = Filter.ALL
    since: datetime | None = None
    after: Cursor | None = None
    nth: int = 0
    comment_id: int | None = None
    branch_id: int | None = None
    limit: int = ROOTS_PER_PAGE
    notice: str | Promise = ""

    def without_place(self) -> ThreadView:
        """The first page, for an address that leads to no other."""
        return replace(self, after=None, notice=_("That page of comments could not be found. This is the first one."))

    @property
    def is_first_page(self) -> bool:
        return self.after is None and self.comment_id is None and self.branch_id is None

    @property
    def first_position(self) -> int:
        """Of the first comment on the page; 0 when it cannot be told without counting."""
        if self.comment_id or self.branch_id:
            return 0
        return self.nth if self.after else 1

    @property
    def is_filtered(self) -> bool:
        """One comment or one branch, asked for by address, is shown whatever the filter."""
        return self.filter != Filter.ALL and self.comment_id is None and self.branch_id is None

    @property
    def sort_in_address(self) -> str:
        return "" if self.sort == self.usual else str(self.sort)


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def read_view(query: Mapping[str, str], *, usual: Sort = DEFAULT_SORT) -> ThreadView:
    """From `sort`, `filter`, `since` (hours of the Unix clock), `after` with `nth`, `comment` and `replies`.

    What makes no sense is said and left out, never an error.
    """
    view = ThreadView(sort=usual, usual=usual)
    if "sort" in query:
        if query["sort"] in set(Sort):
            view = replace(view, sort=Sort(query["sort"]))
        else:
            view = replace(view, notice=_("There is no such order of comments. This is the usual one."))
    if "filter" in query:
        if query["filter"] in set(Filter):
            view = replace(view, filter=Filter(query["filter"]), since=read_hour(query.get("since")))
        else:
            view = replace(view, notice=_("There is no such choice of comments. These are all of them."))
    if "after" in query:
        after = read_cursor(query["after"])
        view = replace(view, after=after, nth=read_position(query.get("nth")))
        if after is None:
            view = view.without_place()
    return replace(view, comment_id=read_id(query.get("comment")), branch_id=read_id(query.get("replies")))


def read_id(given: str | None) -> int | None:
    if given and given.isascii() and given.isdigit() and len(given) <= ID_DIGITS and 0 < int(given) <= MAX_ID:
        return int(given)
    return None


def read_position(given: str | None) -> int:
    """0 for what is none."""
    position = read_id(given)
    return position if position and position < 10**POSITION_DIGITS else 0


def read_hour(given: str | None) -> datetime | None:
    """Whole hours since 1970: so coarse that readers who come back share their page."""
    if given and given.isascii() and given.isdigit() and len(given) <= HOUR_DIGITS:
        return EPOCH + timedelta(hours=int(given))
    return None


def read_cursor(given: str) -> Cursor | None:
    value, _underscore, comment = given.rpartition("_")
    number = value.removeprefix("-")
    comment_id = read_id(comment)
    if comment_id is None or not (number.isascii() and number.isdigit()) or len(number) > VALUE_DIGITS:
        return None
    return Cursor(int(value), comment_id)
