"""What is asked about a thread. A page of a thread costs the same few queries whatever the thread's size."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.forms import Form
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from readership.discussion.branching import Looking, branch_part, numbered
from readership.discussion.closing import closes_at
from readership.discussion.finding import Branch, Highlights, Shown, find_branches, find_chosen, find_highlights
from readership.discussion.models import MODERATE, Comment, Mute, State, Thread, Vote
from readership.discussion.paging import (
    EXPLAINED,
    FILTER_LABELS,
    FILTERS_EXPLAINED,
    LABELS,
    ROOTS_PER_PAGE,
    Cursor,
    Filter,
    Sort,
    ThreadView,
    microseconds,
    read_id,
)
from readership.discussion.parts import (
    Addresses,
    CommentPart,
    OwnMarks,
    PickPart,
    SortLink,
    ThreadPart,
    comment_part,
)
from readership.discussion.rendering import plain_words
from readership.discussion.writers import fetch_writers
from readership.pagecache import depends_on
from readership.readers.models import Reader
from readership.readers.speaking import NOBODY, Speaker

PICK_WORDS = 40
HOUR = 3_600_000_000  # microseconds


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
    """The part of `thread` that `view` asks for. At most six queries; with a known `speaker` three more."""
    depends_on(thread.tag)
    is_open = thread.closed_at is None
    addresses = Addresses(story_url, view.sort_in_address)
    branches, following, view = _shown(thread, view)
    highlights = find_highlights(thread) if view.is_first_page and not view.is_filtered else Highlights()
    shown = [comment for root, replies in [*highlights.pinned, *branches] for comment in (root, *replies)]
    prefetch_related_objects(shown, "picture")
    fetch_writers(shown)
    looking = Looking(addresses, own_marks(shown, speaker), is_open)
    parts = _parts([*highlights.pinned, *branches], view, following, looking)
    pinned_count = len(highlights.pinned)
    goes_on = following is not None and not view.branch_id

    return ThreadPart(
        id=thread.pk,
        story_url=story_url,
        is_open=is_open,
        closed_sentence="" if is_open else _("Comments on this story are closed."),
        comments_count=thread.comments_count,
        sort=view.sort,
        sorts=_sort_links(view, story_url),
        filters=_filter_links(view, story_url),
        sort_explained=FILTERS_EXPLAINED[view.filter] if view.is_filtered else EXPLAINED[view.sort],
        featured=tuple(_pick(comment, addresses) for comment in highlights.featured),
        pinned=parts[:pinned_count],
        comments=parts[pinned_count:],
        next_url=_next_url(addresses, view, following, len(parts)) if following and goes_on else "",
        next_cursor=str(following) if goes_on else "",
        first_url="" if view.is_first_page else _start_url(addresses),
        notice=view.notice,
        form=form if is_open else None,
        is_own=speaker.is_known,
        own_held=own_held(thread, addresses, speaker),
        status_sentence=status_sentence,
        closes_at=closes_at(thread) if is_open else None,
        is_filtered=view.is_filtered,
        kept_text="" if is_open or form is None else str(form.data.get("text", "")),
    )


def _start_url(addresses: Addresses) -> str:
    return f"{addresses.story_url}{f'?sort={addresses.sort}' if addresses.sort else ''}#comments"


def _shown(thread: Thread, view: ThreadView) -> Shown:
    found = _found(thread, view)
    if found[0] or view.after is None or view.branch_id:
        return found
    # A place of another order, or beyond the end: nobody is helped by a page without comments.
    return _found(thread, view.without_place())


def _found(thread: Thread, view: ThreadView) -> Shown:
    if not view.is_filtered:
        return find_branches(thread, view)
    comments, following = find_chosen(thread, view)
    return [(comment, []) for comment in comments], following, view


def _parts(
    branches: list[Branch], view: ThreadView, following: Cursor | None, looking: Looking
) -> tuple[CommentPart, ...]:
    def finish(branch: Branch) -> CommentPart:
        root, replies = branch
        if view.is_filtered:
            return comment_part(
                root, addresses=looking.addresses, own=looking.own, is_open=looking.is_open, is_flat=True
            )
        more = _what_follows(branch, following, looking.addresses) if view.branch_id else None
        is_from_start = view.comment_id is None and not (view.branch_id and view.after)
        return branch_part(root, replies, looking=looking, more=more, is_from_start=is_from_start)

    parts = tuple(map(finish, branches))
    first = view.first_position
    return numbered(parts, first=first, is_whole=following is None) if first else parts


def _next_url(addresses: Addresses, view: ThreadView, following: Cursor, shown_count: int) -> str:
    position = view.first_position and view.first_position + shown_count
    if not view.is_filtered:
        return addresses.page_after(following, position=position)
    since = f"&since={microseconds(view.since) // HOUR}" if view.since else ""
    return addresses.chosen_after(f"filter={view.filter}{since}", following, position=position)


def _sort_links(view: ThreadView, story_url: str) -> tuple[SortLink, ...]:
    return tuple(
        SortLink(
            sort,
            LABELS[sort],
            f"{story_url}#comments" if sort == view.usual else f"{story_url}?sort={sort}#comments",
            sort == view.sort and not view.is_filtered,
        )
        for sort in Sort
    )


def _filter_links(view: ThreadView, story_url: str) -> tuple[SortLink, ...]:
    return tuple(
        SortLink(
            one,
            FILTER_LABELS[one] if one != Filter.ALL or view.is_filtered else _("All"),
            f"{story_url}#comments" if one == Filter.ALL else f"{story_url}?filter={one}#comments",
            one == view.filter,
        )
        for one in Filter
    )


def _pick(comment: Comment, addresses: Addresses) -> PickPart:
    words = Truncator(plain_words(comment.text_html)).words(PICK_WORDS, truncate=" …")
    return PickPart(comment.author_name, words, addresses.permalink(comment.pk))


def _what_follows(branch: Branch, following: Cursor | None, addresses: Addresses) -> tuple[int, str]:
    """How many replies follow those of `branch` (counted to a thousand at most) and where they are."""
    root, _replies = branch
    if following is None:
        return 0, ""
    count = root.branch.filter(state=State.PUBLISHED, pk__gt=following.comment_id)[:1000].count()
    return count, addresses.branch(root.pk, following.comment_id)


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
        muted_ids=_muted_among(comments, speaker.reader) if speaker.reader else frozenset(),
        may_mute=speaker.reader is not None,
        is_moderator=speaker.reader is not None and speaker.reader.is_staff and speaker.reader.has_perm(MODERATE),
    )


def _muted_among(comments: list[Comment], reader: Reader) -> frozenset[int]:
    """Which of `comments` are by somebody whom `reader` muted. One query."""
    muted = set(Mute.objects.filter(reader=reader).values_list("muted_reader", "muted_guest"))
    return frozenset(comment.pk for comment in comments if (comment.reader_id, comment.guest_id) in muted)


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
    waiting = thread.comments.filter(_by(speaker), state=State.HELD).with_parent_name().select_related("picture")
    held = list(waiting.order_by("-id")[:ROOTS_PER_PAGE])
    own = own_marks(held, speaker)
    return tuple(comment_part(c, addresses=addresses, own=own, is_open=False, is_flat=True) for c in held)
