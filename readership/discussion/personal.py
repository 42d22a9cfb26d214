"""What one reader did in a thread, for the small request that makes a shared page personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readership.discussion.errors import NotThere
from readership.discussion.models import Comment, State, Thread
from readership.discussion.paging import read_id
from readership.discussion.parts import Addresses, CommentPart, OwnMarks
from readership.discussion.queries import own_held, own_marks
from readership.discussion.showing import story_url
from readership.readers.speaking import Speaker

MOST_IDS = 400


def edit_label(minutes: int) -> str:
    left = ngettext("Edit (%(minutes)d minute left)", "Edit (%(minutes)d minutes left)", minutes)
    return left % {"minutes": minutes}


@dataclass(frozen=True)
class Own:
    marks: OwnMarks
    held: tuple[CommentPart, ...]
    addresses: Addresses

    def as_json(self) -> dict[str, object]:
        own = [
            {
                "id": comment_id,
                "minutes_left": minutes,
                "edit_label": edit_label(minutes),
                "withdraw_label": _("Withdraw"),
                "edit_url": self.addresses.action(comment_id, "edit") if minutes else "",
                "withdraw_url": self.addresses.action(comment_id, "withdraw") if minutes else "",
            }
            for comment_id, minutes in sorted(self.marks.minutes_left.items())
        ]
        return {"votes": {str(key): value for key, value in self.marks.votes.items()}, "own": own} | self._as_reader()

    def _as_reader(self) -> dict[str, object]:
        """What only readers with an account have, and only moderators."""
        return {
            "account_label": _("Your account") if self.marks.may_mute else "",
            "muted": sorted(self.marks.muted_ids),
            "mute_label": _("Mute") if self.marks.may_mute else "",
            "tools_label": _("Moderate") if self.marks.is_moderator else "",
        }


def own_of(thread: Thread, speaker: Speaker, comment_ids: list[int]) -> Own:
    addresses = Addresses(story_url(thread))
    shown = list(Comment.objects.filter(thread=thread, pk__in=comment_ids).exclude(state=State.REMOVED))
    return Own(own_marks(shown, speaker), own_held(thread, addresses, speaker), addresses)


def thread_id_of(query: Mapping[str, str]) -> int:
    thread_id = read_id(query.get("thread"))
    if thread_id is None:
        raise NotThere
    return thread_id


def comment_ids_of(query: Mapping[str, str]) -> list[int]:
    """The comments on the reader's page, as `shown=1,2,3`."""
    given = query.get("shown", "").split(",")[:MOST_IDS]
    return [comment_id for text in given if (comment_id := read_id(text))]
