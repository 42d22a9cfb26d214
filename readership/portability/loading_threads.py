"""The threads that comments of an older site belong to: found, counted, closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from wagtail.models import Page

from readership.discussion.closing import close_thread
from readership.discussion.models import Comment, State, Thread
from readership.discussion.opening import open_thread
from readership.portability.loading_items import Load
from readership.stories.models import Byline

GONE = (State.REMOVED, State.WITHDRAWN)


@dataclass(frozen=True)
class Home:
    """A story's thread, and which accounts its authors have, by name."""

    thread: int
    opened_at: datetime
    readers: Mapping[str, int]


def homes_of(load: Load, story_ids: Iterable[str]) -> dict[str, Home]:
    pages = {name: pk for name in story_ids if (pk := load.page_pk(name)) is not None}
    threads = {thread.page_id: thread for thread in Thread.objects.filter(page__in=pages.values())}
    for page in Page.objects.filter(pk__in=set(pages.values()) - threads.keys()).specific():
        threads[page.pk] = open_thread(
            page=page, takes_comments=page.takes_comments, published_at=page.published_at, now=load.now
        )
    readers = _readers(page for page in threads if page)
    return {
        name: Home(threads[pk].pk, threads[pk].opened_at, readers.get(pk, {}))
        for name, pk in pages.items()
        if pk in threads
    }


def _readers(pages: Iterable[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    bylines = Byline.objects.filter(story__in=list(pages), author__reader__isnull=False)
    for page, name, reader in bylines.values_list("story_id", "author__name", "author__reader_id"):
        found.setdefault(page, {})[name] = reader
    return found


def close_threads(closings: Mapping[int, datetime]) -> None:
    for thread in Thread.objects.filter(pk__in=closings).select_related("page"):
        close_thread(thread=thread, at=closings[thread.pk])


def count_in(comments: Sequence[Comment]) -> None:
    """Bring the stored counts up to date for comments just stored, in their transaction: a killed import is right.

    The same result as `discussion.counting.recount`, which reads and writes every row of the thread.
    """
    published = [comment for comment in comments if comment.is_published]
    for thread, number in Counter(comment.thread_id for comment in published).items():
        Thread.objects.filter(pk=thread).update(comments_count=F("comments_count") + number)
    _count_replies(Counter(comment.root_id for comment in published if comment.root_id))
    _list_gone_above({comment.parent_id for comment in published if comment.parent_id})


def _count_replies(replies: Mapping[int, int]) -> None:
    roots: defaultdict[int, list[int]] = defaultdict(list)
    for root, number in replies.items():
        roots[number].append(root)
    for number, pks in roots.items():
        Comment.objects.filter(pk__in=pks).update(replies_count=F("replies_count") + number)


def _list_gone_above(pks: set[int]) -> None:
    """The place of a gone comment is shown as long as something below it is, and so on upwards."""
    while pks:
        gone = Comment.objects.filter(pk__in=pks, is_listed=False, state__in=GONE).values_list("pk", "parent_id")
        parents = dict(gone)
        Comment.objects.filter(pk__in=parents).update(is_listed=True)
        pks = {parent for parent in parents.values() if parent is not None}
