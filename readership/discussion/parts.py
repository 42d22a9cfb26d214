"""What the templates of a thread may use: frozen, finished, with no query left in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.forms import Form
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from readership.discussion.models import Comment
from readership.discussion.paging import Cursor
from readership.discussion.picture_part import PicturePart, picture_part
from readership.discussion.wording import agreed_sentence, badge_label, gone_sentence, held_sentence
from readership.discussion.writers import WriterPart, writer_part
from readership.lib.languages import prefix

UNKNOWN = -1  # as ARIA says of a set whose end is not known


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

    def page_after(self, cursor: Cursor, *, position: int = 0) -> str:
        """`position` is that of the first comment there, where it is known."""
        sort = f"sort={self.sort}&" if self.sort else ""
        return f"{self.story_url}?{sort}{_nth(position)}after={cursor}#comments"

    def chosen_after(self, chosen: str, cursor: Cursor, *, position: int = 0) -> str:
        """The next page of a filter; `chosen` is how the address names it."""
        return f"{self.story_url}?{chosen}&{_nth(position)}after={cursor}#comments"

    def branch(self, comment_id: int, after: int | None = None) -> str:
        place = f"&after=0_{after}" if after else ""
        return f"{self.story_url}?replies={comment_id}{place}#comment-{after or comment_id}"

    def action(self, comment_id: int, verb: str) -> str:
        return f"{prefix()}/discuss/comments/{comment_id}/{verb}/" + (f"?sort={self.sort}" if self.sort else "")


def _nth(position: int) -> str:
    return f"nth={position}&" if position else ""


@dataclass(frozen=True)
class CommentPart:
    """One comment as a reader sees it. `depth` is 0 to 4; what is deeper stands flat and names whom it answers.

    Made by parts.comment_part(); below others, and beside them, by branching.py.
    """

    id: int
    name: str
    badge: str
    badge_label: str
    writer: WriterPart
    written_at: datetime
    edited_at: datetime | None
    html: SafeString
    picture: PicturePart | None
    up_count: int
    down_count: int
    depth: int
    in_reply_to: str
    in_reply_to_id: int | None
    gone_sentence: str
    held_sentence: str
    is_pinned: bool
    is_featured: bool
    agreed_sentence: str
    may_reply: bool
    own_vote: int
    is_own: bool
    minutes_left: int
    is_muted: bool
    may_mute: bool
    may_moderate: bool
    addresses: Addresses
    # Among those that stand beside it, from 1 on; 0 where nobody knows without counting.
    position: int = 0
    set_size: int = UNKNOWN
    replies: tuple[CommentPart, ...] = ()
    more_replies_count: int = 0
    more_replies_url: str = ""

    @property
    def level(self) -> int:
        return self.depth + 1

    @property
    def is_reply(self) -> bool:
        """Also one that stands alone, as filters show it."""
        return bool(self.depth or self.in_reply_to_id)

    @property
    def is_gone(self) -> bool:
        return bool(self.gone_sentence)

    @property
    def is_held(self) -> bool:
        return bool(self.held_sentence)

    @property
    def is_agreed(self) -> bool:
        return bool(self.agreed_sentence)

    @property
    def permalink(self) -> str:
        return self.addresses.permalink(self.id)

    @property
    def reply_url(self) -> str:
        return self.addresses.action(self.id, "reply")

    @property
    def vote_url(self) -> str:
        return self.addresses.action(self.id, "vote")

    @property
    def edit_url(self) -> str:
        return self.addresses.action(self.id, "edit") if self.minutes_left else ""

    @property
    def withdraw_url(self) -> str:
        return self.addresses.action(self.id, "withdraw") if self.minutes_left else ""

    @property
    def mute_url(self) -> str:
        return self.addresses.action(self.id, "mute") if self.may_mute else ""

    @property
    def tools_url(self) -> str:
        return self.addresses.action(self.id, "tools") if self.may_moderate else ""

    @property
    def versions_url(self) -> str:
        return f"{prefix()}/discuss/comments/{self.id}/versions/" if self.edited_at else ""


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
) -> CommentPart:
    is_own = comment.pk in own.comment_ids
    return CommentPart(
        id=comment.pk,
        name="" if comment.is_gone else comment.author_name,
        badge="" if comment.is_gone else comment.badge,
        badge_label=badge_label(comment),
        writer=writer_part(comment),
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
        gone_sentence=gone_sentence(comment),
        held_sentence=held_sentence(comment),
        is_pinned=comment.is_pinned,
        is_featured=comment.featured_at is not None and not comment.is_gone,
        agreed_sentence=agreed_sentence(comment),
        may_reply=is_open and comment.is_published,
        own_vote=own.votes.get(comment.pk, 0),
        is_own=is_own,
        minutes_left=own.minutes_left.get(comment.pk, 0),
        is_muted=comment.pk in own.muted_ids,
        may_mute=own.may_mute and not is_own,
        may_moderate=own.is_moderator,
        addresses=addresses,
    )
