"""What the templates of a thread may use: frozen, finished, with no query left in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.forms import Form
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from readership.discussion.models import Comment, State
from readership.discussion.paging import Cursor
from readership.discussion.picture_part import PicturePart, picture_part
from readership.discussion.wording import agreed_sentence, badge_label, gone_sentence, held_sentence

MAX_DEPTH = 4


@dataclass(frozen=True)
class SortLink:
    name: str
    label: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True)
class PickPart:
    """An editors' pick as it is quoted above the thread."""

    name: str
    words: str
    url: str


@dataclass(frozen=True)
class OwnMarks:
    """What the one who looks did here. Empty in every page that is shared."""

    votes: dict[int, int] = field(default_factory=dict)
    comment_ids: frozenset[int] = frozenset()
    minutes_left: dict[int, int] = field(default_factory=dict)
    muted_ids: frozenset[int] = frozenset()
    may_mute: bool = False
    is_moderator: bool = False


@dataclass(frozen=True)
class Addresses:
    """The addresses that a comment's controls need. `suffix` keeps the chosen order: "" or "?sort=best"."""

    story_url: str
    sort: str = ""

    def permalink(self, comment_id: int) -> str:
        return f"{self.story_url}?comment={comment_id}#comment-{comment_id}"

    def page_after(self, cursor: Cursor) -> str:
        sort = f"sort={self.sort}&" if self.sort else ""
        return f"{self.story_url}?{sort}after={cursor}#comments"

    def branch(self, comment_id: int, after: int | None = None) -> str:
        place = f"&after=0_{after}" if after else ""
        return f"{self.story_url}?replies={comment_id}{place}#comment-{after or comment_id}"

    def action(self, comment_id: int, verb: str) -> str:
        return f"/discuss/comments/{comment_id}/{verb}/" + (f"?sort={self.sort}" if self.sort else "")


@dataclass(frozen=True)
class CommentPart:
    """One comment as a reader sees it. `depth` is 0 to 4; what is deeper stands flat and names whom it answers."""

    id: int
    name: str
    badge: str
    badge_label: str
    written_at: datetime
    edited_at: datetime | None
    html: SafeString
    picture: PicturePart | None
    up_count: int
    down_count: int
    depth: int
    in_reply_to: str
    in_reply_to_id: int | None
    is_gone: bool
    gone_sentence: str
    is_held: bool
    held_sentence: str
    is_pinned: bool
    is_featured: bool
    is_agreed: bool
    agreed_sentence: str
    permalink: str
    reply_url: str
    vote_url: str
    may_reply: bool
    own_vote: int
    is_own: bool
    edit_url: str
    withdraw_url: str
    minutes_left: int
    versions_url: str
    is_muted: bool
    mute_url: str
    tools_url: str
    replies: tuple[CommentPart, ...] = ()
    more_replies_count: int = 0
    more_replies_url: str = ""

    @property
    def level(self) -> int:
        return self.depth + 1


@dataclass(frozen=True)
class ThreadPart:
    id: int
    story_url: str
    is_open: bool
    closed_sentence: str | Promise
    comments_count: int
    sort: str
    sorts: tuple[SortLink, ...]
    filters: tuple[SortLink, ...]
    sort_explained: str | Promise
    featured: tuple[PickPart, ...]
    pinned: tuple[CommentPart, ...]
    comments: tuple[CommentPart, ...]
    next_url: str
    next_cursor: str
    first_url: str
    notice: str | Promise
    form: Form | None
    is_own: bool
    own_held: tuple[CommentPart, ...]
    status_sentence: str
    closes_at: datetime | None
    is_filtered: bool
    # What was typed into a thread that closed meanwhile: shown, so that its writer can keep it.
    kept_text: str


def comment_part(
    comment: Comment,
    *,
    addresses: Addresses,
    own: OwnMarks,
    is_open: bool,
    depth: int = 0,
    is_flat: bool = False,
    replies: tuple[CommentPart, ...] = (),
    more_replies: tuple[int, str] = (0, ""),
) -> CommentPart:
    minutes = own.minutes_left.get(comment.pk, 0)
    is_published = comment.state == State.PUBLISHED
    return CommentPart(
        id=comment.pk,
        name="" if comment.is_gone else comment.author_name,
        badge="" if comment.is_gone else comment.badge,
        badge_label=badge_label(comment),
        written_at=comment.created_at,
        edited_at=comment.edited_at,
        # Made by rendering.py, which lets only safe tags through.
        html=SafeString("" if comment.is_gone else comment.text_html),
        picture=picture_part(comment),
        up_count=comment.up_count,
        down_count=comment.down_count,
        depth=depth,
        in_reply_to=getattr(comment, "parent_name", None) or "" if is_flat else "",
        in_reply_to_id=comment.parent_id if is_flat else None,
        is_gone=comment.is_gone,
        gone_sentence=gone_sentence(comment),
        is_held=comment.state == State.HELD,
        held_sentence=held_sentence(comment),
        is_pinned=comment.is_pinned,
        is_featured=comment.featured_at is not None and not comment.is_gone,
        is_agreed=comment.agreed_at is not None and not comment.is_gone,
        agreed_sentence=agreed_sentence() if comment.agreed_at and not comment.is_gone else "",
        permalink=addresses.permalink(comment.pk),
        reply_url=addresses.action(comment.pk, "reply"),
        vote_url=addresses.action(comment.pk, "vote"),
        may_reply=is_open and is_published,
        own_vote=own.votes.get(comment.pk, 0),
        is_own=comment.pk in own.comment_ids,
        edit_url=addresses.action(comment.pk, "edit") if minutes else "",
        withdraw_url=addresses.action(comment.pk, "withdraw") if minutes else "",
        minutes_left=minutes,
        is_muted=comment.pk in own.muted_ids,
        mute_url=addresses.action(comment.pk, "mute") if own.may_mute and comment.pk not in own.comment_ids else "",
        tools_url=addresses.action(comment.pk, "tools") if own.is_moderator else "",
        versions_url=f"/discuss/comments/{comment.pk}/versions/" if comment.edited_at else "",
        replies=replies,
        more_replies_count=more_replies[0],
        more_replies_url=more_replies[1],
    )


@dataclass
class _Place:
    """A comment on its way into the tree: `siblings` is the list it stands in."""

    comment: Comment
    depth: int
    siblings: list[_Place]
    is_flat: bool = False
    answers: list[_Place] = field(default_factory=list)


def branch_part(
    root: Comment,
    replies: Iterable[Comment],
    *,
    addresses: Addresses,
    own: OwnMarks,
    is_open: bool,
    more: tuple[int, str] | None = None,
) -> CommentPart:
    """`root` with those `replies` (in order of writing) below the comments they answer, at most MAX_DEPTH deep.

    `more` is how many replies follow and where; left out, it is what `replies` lacks of the branch.
    """
    top = _Place(root, 0, [])
    places = {root.pk: top}
    for reply in replies:
        places[reply.pk] = _stand_below(places.get(reply.parent_id or 0), top, reply)
    shown = sum(place.comment.is_published for place in places.values() if place is not top)
    if more is None:
        missing = max(0, root.replies_count - shown)
        more = (missing, addresses.branch(root.pk) if missing else "")

    def finish(place: _Place) -> CommentPart:
        return comment_part(
            place.comment,
            addresses=addresses,
            own=own,
            is_open=is_open,
            depth=place.depth,
            is_flat=place.is_flat,
            replies=tuple(finish(answer) for answer in place.answers),
            more_replies=more if place is top else (0, ""),
        )

    return finish(top)


def _stand_below(parent: _Place | None, top: _Place, reply: Comment) -> _Place:
    """Below its parent; beside it when that is MAX_DEPTH deep; below the root when the parent is not shown."""
    if parent is None:
        place = _Place(reply, 1, top.answers, is_flat=True)
    elif parent.depth < MAX_DEPTH:
        place = _Place(reply, parent.depth + 1, parent.answers)
    else:
        place = _Place(reply, parent.depth, parent.siblings, is_flat=True)
    place.siblings.append(place)
    return place
