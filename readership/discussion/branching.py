"""Comments in their places: replies below what they answer, and everything numbered among what stands beside it.

Nothing is counted for a number. Where it cannot be told from what is shown and from the stored counts, it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from readership.discussion.models import Comment
from readership.discussion.parts import UNKNOWN, Addresses, CommentPart, OwnMarks, comment_part

MAX_DEPTH = 4


@dataclass(frozen=True)
class Looking:
    """Whose page it is, and of what thread: the same for all comments of a page."""

    addresses: Addresses
    own: OwnMarks
    is_open: bool


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
    looking: Looking,
    more: tuple[int, str] | None = None,
    is_from_start: bool = True,
) -> CommentPart:
    """`root` with those `replies` (in order of writing) below the comments they answer, at most MAX_DEPTH deep.

    `more` is how many replies follow and where; left out, it is what `replies` lacks of the branch. `is_from_start`
    says that none is left out before one that is shown.
    """
    top = _Place(root, 0, [])
    places = {root.pk: top}
    for reply in replies:
        places[reply.pk] = _stand_below(places.get(reply.parent_id or 0), top, reply)
    if more is None:
        shown = sum(place.comment.is_published for place in places.values() if place is not top)
        missing = max(0, root.replies_count - shown)
        more = (missing, looking.addresses.branch(root.pk) if missing else "")
        is_from_start = is_from_start or not missing
    is_whole = is_from_start and not more[0]

    def finish(place: _Place) -> CommentPart:
        answers = tuple(finish(answer) for answer in place.answers)
        if is_from_start:
            answers = numbered(answers, first=1, is_whole=is_whole)
        return replace(_alone(place, looking), replies=answers)

    return replace(finish(top), more_replies_count=more[0], more_replies_url=more[1])


def _alone(place: _Place, looking: Looking) -> CommentPart:
    return comment_part(
        place.comment,
        addresses=looking.addresses,
        own=looking.own,
        is_open=looking.is_open,
        depth=place.depth,
        is_flat=place.is_flat,
    )


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


def numbered(parts: Sequence[CommentPart], *, first: int, is_whole: bool) -> tuple[CommentPart, ...]:
    """The comments of one level with their positions. `is_whole`: none follows them."""
    size = first + len(parts) - 1 if is_whole else UNKNOWN
    return tuple(replace(part, position=first + step, set_size=size) for step, part in enumerate(parts))
