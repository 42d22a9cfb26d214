"""Which comments of a thread an address asks for, each found through an index: a thread of a million comments costs
what one of twenty costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from readership.discussion.models import Badge, Comment, State, Thread
from readership.discussion.models.comment import CommentQuerySet
from readership.discussion.paging import (
    BRANCH_PAGE,
    COLUMNS,
    REPLIES_SHOWN,
    Cursor,
    Filter,
    Sort,
    ThreadView,
    microseconds,
)

ANCESTORS_SHOWN = 4
# SQLite takes a LIMIT inside a UNION only in a query of its own.
FIRST_REPLIES = """SELECT id FROM (
    SELECT id FROM discussion_comment WHERE root_id = %s AND is_listed ORDER BY id LIMIT %s
) AS branch"""
FIRST_ANSWERS = """SELECT id FROM (
    SELECT id FROM discussion_comment WHERE parent_id = %s AND is_listed ORDER BY id LIMIT %s
) AS answers"""
ITSELF = "SELECT id FROM discussion_comment WHERE id = %s"
Branch = tuple[Comment, list[Comment]]
Shown = tuple[list[Branch], Cursor | None, ThreadView]
Sql = tuple[str, tuple[Any, ...]]
FEATURED_SHOWN = 3


def find_branches(thread: Thread, view: ThreadView) -> Shown:
    """The branches to show, the cursor of what follows (None at the end), and the view that was really shown."""
    if view.branch_id:
        root = thread.comments.listed().roots().filter(pk=view.branch_id).first()
        if root:
            return _whole_branch(root, view)
    elif view.comment_id:
        target = _target(thread, view.comment_id)
        if target:
            return _from_comment(thread, target, view)
    if view.branch_id or view.comment_id:
        gone = _("The comment you look for is not here any more, or not yet. This is the whole thread.")
        view = replace(view, branch_id=None, comment_id=None, notice=gone)
    roots, following = _page_of_roots(thread, view)
    return _with_first_replies(roots), following, view


def _page_of_roots(
    thread: Thread, view: ThreadView, *, start: Comment | None = None
) -> tuple[list[Comment], Cursor | None]:
    """Roots after the view's cursor, or from `start` on (included). One query."""
    after = _cursor_at(start, view.sort) if start else view.after
    roots = thread.comments.listed().roots().filter(is_pinned=False)
    return _page_of([roots], view.sort, after, view.limit, is_included=start is not None)


def _page_of(
    sets: list[CommentQuerySet], sort: Sort, after: Cursor | None, limit: int, *, is_included: bool = False
) -> tuple[list[Comment], Cursor | None]:
    """A page of what any of `sets` holds, each of them found through an index of its own."""
    stretches = _beyond(sort, after, is_included=is_included) if after else (Q(),)
    comments = sets[0]
    if after or len(sets) > 1:
        parts = [_as_part(_in_order(one.filter(q), sort)[: limit + 1]) for one in sets for q in stretches]
        comments = Comment.objects.filter(pk__in=_ids_of(parts)).with_parent_name()
    page = list(_in_order(comments, sort)[: limit + 1])
    return page[:limit], _cursor_at(page[limit - 1], sort) if len(page) > limit else None


def _in_order(roots: CommentQuerySet, sort: Sort) -> CommentQuerySet:
    sign = "" if sort == Sort.OLDEST else "-"
    return roots.order_by(f"{sign}{COLUMNS[sort]}", f"{sign}id")


def _cursor_at(comment: Comment, sort: Sort) -> Cursor:
    value = getattr(comment, COLUMNS[sort])
    return Cursor(microseconds(value) if COLUMNS[sort] == "created_at" else value, comment.pk)


def _beyond(sort: Sort, cursor: Cursor, *, is_included: bool) -> tuple[Q, Q]:
    """Roots that stand after `cursor` (or at it): first those of equal value, then the others.

    As two parts of a question, both are found through the index. With an `or` between them, SQLite would read all
    equals from the first on; and most comments of a thread are equals: they have no vote.
    """
    column = COLUMNS[sort]
    value: Any = cursor.moment() if column == "created_at" else cursor.value
    step = "gt" if sort == Sort.OLDEST else "lt"
    equal = Q(**{column: value, f"id__{step}{'e' if is_included else ''}": cursor.comment_id})
    return equal, Q(**{f"{column}__{step}": value})


@dataclass(frozen=True)
class Highlights:
    """What stands above the first page: pinned branches, and the latest of the editors' picks."""

    pinned: list[Branch] = field(default_factory=list)
    featured: list[Comment] = field(default_factory=list)


def find_highlights(thread: Thread) -> Highlights:
    """One query, two when something is pinned."""
    listed = thread.comments.listed()
    pinned = listed.roots().filter(is_pinned=True).order_by("id")[:REPLIES_SHOWN]
    featured = _in_order(_featured(listed), Sort.NEWEST)[:FEATURED_SHOWN]
    found = list(_those_of([_as_part(pinned), _as_part(featured)]))
    return Highlights(
        pinned=_with_first_replies([one for one in found if one.is_pinned and one.parent_id is None]),
        featured=[one for one in reversed(found) if one.featured_at and one.is_published],
    )


def find_chosen(thread: Thread, view: ThreadView) -> tuple[list[Comment], Cursor | None]:
    """The page of `view` when it asks for some comments, one by one, the latest first. One query."""
    listed = thread.comments.listed().filter(state=State.PUBLISHED).with_parent_name()
    chosen: dict[Filter, Callable[[], list[CommentQuerySet]]] = {
        Filter.NEWSROOM: lambda: [listed.filter(badge=badge) for badge in (Badge.STAFF, Badge.AUTHOR)],
        Filter.FEATURED: lambda: [_featured(listed)],
        Filter.NEW: lambda: [listed.filter(created_at__gte=view.since) if view.since else listed],
    }
    return _page_of(chosen[view.filter](), Sort.NEWEST, view.after, view.limit)


def _featured(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.filter(featured_at__isnull=False)


def _with_first_replies(roots: list[Comment], *, around: Comment | None = None) -> list[Branch]:
    """Each root with its first replies; and the surroundings of one of them, when it is asked for by its address."""
    parts: list[Sql] = [(FIRST_REPLIES, (root.pk, REPLIES_SHOWN)) for root in roots if root.replies_count]
    if around:
        parts += _surroundings(around)
    replies: dict[int | None, list[Comment]] = {}
    if parts:
        for reply in _those_of(parts).filter(root__in=[root.pk for root in roots]):
            replies.setdefault(reply.root_id, []).append(reply)
    return [(root, replies.get(root.pk, [])) for root in roots]


def _those_of(parts: list[Sql]) -> CommentQuerySet:
    """The comments that any of `parts` finds, each through the index: a branch of 100,000 costs what one of 3 costs.

    A window function would read every reply of every root.
    """
    return Comment.objects.listed().filter(pk__in=_ids_of(parts)).with_parent_name().order_by("id")


def _ids_of(parts: list[Sql]) -> RawSQL:
    """What any of `parts` finds. The ORM cannot limit each part of a UNION on SQLite."""
    statement = " UNION ALL ".join(sql for sql, _values in parts)
    return RawSQL(statement, [value for _sql, values in parts for value in values])  # noqa: S611 - our own words


def _as_part(comments: CommentQuerySet) -> Sql:
    # By its full name: what a part does not have, SQL looks for in the question around it.
    sql, values = comments.values("id").query.sql_with_params()
    return f"SELECT part.id FROM ({sql}) AS part", values  # noqa: S608 - the ORM's words


def _whole_branch(root: Comment, view: ThreadView) -> Shown:
    replies = root.branch.listed().with_parent_name()
    if view.after:
        replies = replies.filter(pk__gt=view.after.comment_id)
    page = list(replies.order_by("id")[: BRANCH_PAGE + 1])
    following = Cursor(0, page[BRANCH_PAGE - 1].pk) if len(page) > BRANCH_PAGE else None
    return [(root, page[:BRANCH_PAGE])], following, view


def _target(thread: Thread, comment_id: int) -> Comment | None:
    """The comment with its root and all whom it answers, in one query."""
    above = "__".join(["parent"] * ANCESTORS_SHOWN)
    return thread.comments.listed().filter(pk=comment_id).select_related("root", above).first()


def _from_comment(thread: Thread, target: Comment, view: ThreadView) -> Shown:
    """The page that begins with the branch of `target`, with `target` and whom it answers among the replies shown."""
    root = target.root or target
    if root.is_pinned:
        return _with_first_replies([root], around=target), None, view
    roots, following = _page_of_roots(thread, view, start=root)
    return _with_first_replies(roots, around=target), following, view


def _surroundings(target: Comment) -> list[Sql]:
    """Where to find `target`, whom it answers, and who answers it."""
    shown = [target.pk]
    above = target
    for _step in range(ANCESTORS_SHOWN):
        if above.parent is None:
            break
        above = above.parent
        shown.append(above.pk)
    return [(FIRST_ANSWERS, (target.pk, REPLIES_SHOWN)), *((ITSELF, (pk,)) for pk in shown)]
