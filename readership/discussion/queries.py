"""What is asked about a thread. A page of a thread costs the same few queries whatever the thread's size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from readership.discussion.models import Comment, State, Thread, Vote
from readership.discussion.models.comment import CommentQuerySet
from readership.discussion.paging import (
    BRANCH_PAGE,
    COLUMNS,
    DEFAULT_SORT,
    EXPLAINED,
    LABELS,
    REPLIES_SHOWN,
    ROOTS_PER_PAGE,
    Cursor,
    Sort,
    ThreadView,
    microseconds,
    read_id,
)
from readership.discussion.parts import (
    Addresses,
    CommentPart,
    OwnMarks,
    SortLink,
    ThreadPart,
    branch_part,
    comment_part,
)
from readership.pagecache import depends_on
from readership.readers.speaking import NOBODY, Speaker

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


def thread_of(page: Page) -> Thread | None:
    """One query, kept with `page`: the byline and the thread both ask."""
    thread: Thread | None = getattr(page, "thread", None)
    depends_on(thread.tag if thread else f"page:{page.pk}")
    return thread


def name_of_answered(thread: Thread, given: str | None) -> str:
    """Whom a reply answers, from the form's field; "" when it answers nobody who is shown here."""
    parent_id = read_id(given)
    parent = thread.comments.filter(pk=parent_id, state=State.PUBLISHED).first() if parent_id else None
    return parent.author_name if parent else ""


def comments_count(page: Page) -> int:
    thread = thread_of(page)
    return thread.comments_count if thread else 0


def thread_part(
    thread: Thread,
    *,
    story_url: str,
    view: ThreadView,
    form: Form | None = None,
    speaker: Speaker = NOBODY,
    status_sentence: str = "",
) -> ThreadPart:
    """The part of `thread` that `view` asks for. At most four queries; with a known `speaker` three more."""
    depends_on(thread.tag)
    is_open = thread.closed_at is None
    addresses = Addresses(story_url, "" if view.sort == DEFAULT_SORT else view.sort)
    pinned = _pinned(thread) if view.is_first_page else []
    branches, following, view = _branches(thread, view)
    shown = [comment for root, replies in [*pinned, *branches] for comment in (root, *replies)]
    own = own_marks(shown, speaker)

    def finish(branch: Branch) -> CommentPart:
        more = _what_follows(branch, following, addresses) if view.branch_id else None
        return branch_part(*branch, addresses=addresses, own=own, is_open=is_open, more=more)

    return ThreadPart(
        id=thread.pk,
        story_url=story_url,
        is_open=is_open,
        closed_sentence="" if is_open else _("Comments on this story are closed."),
        comments_count=thread.comments_count,
        sort=view.sort,
        sorts=_sort_links(view.sort, story_url),
        sort_explained=EXPLAINED[view.sort],
        pinned=tuple(map(finish, pinned)),
        comments=tuple(map(finish, branches)),
        next_url=addresses.page_after(following) if following and not view.branch_id else "",
        next_cursor=str(following) if following and not view.branch_id else "",
        first_url="" if view.is_first_page else _start_url(addresses),
        notice=view.notice,
        form=form if is_open else None,
        is_own=speaker.is_known,
        own_held=own_held(thread, addresses, speaker),
        status_sentence=status_sentence,
        kept_text="" if is_open or form is None else str(form.data.get("text", "")),
    )


def _start_url(addresses: Addresses) -> str:
    return f"{addresses.story_url}{f'?sort={addresses.sort}' if addresses.sort else ''}#comments"


def _sort_links(current: Sort, story_url: str) -> tuple[SortLink, ...]:
    return tuple(
        SortLink(
            sort,
            LABELS[sort],
            f"{story_url}#comments" if sort == DEFAULT_SORT else f"{story_url}?sort={sort}#comments",
            sort == current,
        )
        for sort in Sort
    )


def _branches(thread: Thread, view: ThreadView) -> Shown:
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
    roots = thread.comments.listed().roots().filter(is_pinned=False)
    after = _cursor_at(start, view.sort) if start else view.after
    if after:
        stretches = _beyond(view.sort, after, is_included=start is not None)
        parts = [_as_part(_in_order(roots.filter(stretch), view.sort)[: view.limit + 1]) for stretch in stretches]
        roots = Comment.objects.filter(pk__in=_ids_of(parts))
    page = list(_in_order(roots, view.sort)[: view.limit + 1])
    if len(page) > view.limit:
        return page[: view.limit], _cursor_at(page[view.limit - 1], view.sort)
    return page, None


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


def _pinned(thread: Thread) -> list[Branch]:
    pinned = thread.comments.listed().roots().filter(is_pinned=True).order_by("id")
    return _with_first_replies(list(pinned[:REPLIES_SHOWN]))


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


def _what_follows(branch: Branch, following: Cursor | None, addresses: Addresses) -> tuple[int, str]:
    """How many replies follow those of `branch` (counted to a thousand at most) and where they are."""
    root, _replies = branch
    if following is None:
        return 0, ""
    count = root.branch.filter(state=State.PUBLISHED, pk__gt=following.comment_id)[:1000].count()
    return count, addresses.branch(root.pk, following.comment_id)


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


def own_marks(comments: list[Comment], speaker: Speaker) -> OwnMarks:
    """What `speaker` did with these comments: votes, which are own, and how long those may be changed."""
    if not speaker.is_known:
        return OwnMarks()
    votes = Vote.objects.filter(_by(speaker), comment_id__in=[comment.pk for comment in comments])
    own = [comment for comment in comments if is_by(comment, speaker)]
    return OwnMarks(
        votes=dict(votes.values_list("comment_id", "value")),
        comment_ids=frozenset(comment.pk for comment in own),
        minutes_left={comment.pk: minutes_left(comment) for comment in own},
    )


def is_by(comment: Comment, speaker: Speaker) -> bool:
    if speaker.reader:
        return comment.reader_id == speaker.reader.pk
    return bool(speaker.guest) and comment.guest_id == speaker.guest.pk  # type: ignore[union-attr]


def _by(speaker: Speaker) -> Q:
    return Q(reader=speaker.reader) if speaker.reader else Q(guest=speaker.guest)


def minutes_left(comment: Comment) -> int:
    """Whole minutes, rounded up, in which its writer may still change it."""
    if comment.is_gone:
        return 0
    seconds = settings.COMMENT_EDIT_MINUTES * 60 - (timezone.now() - comment.created_at).total_seconds()
    return max(0, -int(-seconds // 60))


def own_held(thread: Thread, addresses: Addresses, speaker: Speaker) -> tuple[CommentPart, ...]:
    if not speaker.is_known:
        return ()
    held = list(
        thread.comments.filter(_by(speaker), state=State.HELD).with_parent_name().order_by("-id")[:ROOTS_PER_PAGE]
    )
    own = own_marks(held, speaker)
    return tuple(comment_part(c, addresses=addresses, own=own, is_open=False, is_flat=True) for c in held)
