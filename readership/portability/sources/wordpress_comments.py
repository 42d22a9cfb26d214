"""One `<wp:comment>` → a comment, a pingback, or the reason why it is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from readership.portability.records import CommentRecord, CommentState, PingbackRecord, SkippedRecord
from readership.portability.sources import php_values
from readership.portability.sources.wordpress_comment_html import comment_html
from readership.portability.sources.wordpress_words import moment, plain, web_address
from readership.portability.sources.wordpress_xml import Entry

STATES: dict[str, CommentState] = {
    "1": "published",
    "approve": "published",
    "approved": "published",
    "0": "held",
    "hold": "held",
    "spam": "removed",
    "trash": "removed",
    "post-trashed": "removed",
}
LINK_KINDS = {"pingback", "trackback"}
# wpDiscuz keeps a pinned comment as a type of its own, and so a private one (only its writer and the newsroom
# saw it).
COMMENT_TYPES = {"", "comment", "wpdiscuz_sticky", "private"}
PINNED, PRIVATE = "wpdiscuz_sticky", "private"
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
MAX_VOTES = 1_000_000


@dataclass(frozen=True)
class ItsStory:
    """What a comment must know of the item it stands under. `is_coming` is false when that item was skipped."""

    source_id: str
    is_coming: bool
    published_at: datetime | None = None
    author_user_ids: frozenset[str] = frozenset()


def kind_of_comment(entry: Entry) -> str:
    kind = entry.text("wp:comment_type")
    return kind if kind in LINK_KINDS else "comment"


def comment_record(entry: Entry, story: ItsStory) -> CommentRecord | PingbackRecord | SkippedRecord:
    kind = kind_of_comment(entry)
    written_at = moment(entry.text("wp:comment_date_gmt"), entry.text("wp:comment_date")) or story.published_at
    reason = _why_not(entry, story, written_at)
    if reason or written_at is None:
        return SkippedRecord(kind, entry.text("wp:comment_id"), reason, _details(entry, story))
    if kind in LINK_KINDS:
        return _pingback(entry, story, written_at)
    return _comment(entry, story, written_at)


def _why_not(entry: Entry, story: ItsStory, written_at: datetime | None) -> str:
    kind = entry.text("wp:comment_type")
    if not entry.text("wp:comment_id"):
        return _("It has no number of its own.")
    if not story.is_coming:
        return _("What it was written under is not imported.")
    if kind not in COMMENT_TYPES | LINK_KINDS:
        return _("It belongs to an extension (type “%(kind)s”).") % {"kind": kind}
    if written_at is None:
        return _("It has no date.")
    if kind not in LINK_KINDS and not entry.text("wp:comment_content"):
        return _("It is empty.")
    return ""


def _details(entry: Entry, story: ItsStory) -> dict[str, str]:
    return {"line": str(entry.line), "story_id": story.source_id}


def _pingback(entry: Entry, story: ItsStory, sent_at: datetime) -> PingbackRecord:
    return PingbackRecord(
        source_id=entry.text("wp:comment_id"),
        story_id=story.source_id,
        title=plain(entry.text("wp:comment_author")),
        url=web_address(entry.text("wp:comment_author_url")),
        excerpt=plain(entry.text("wp:comment_content")),
        sent_at=sent_at,
    )


def _comment(entry: Entry, story: ItsStory, written_at: datetime) -> CommentRecord:
    ups, downs = _votes(entry)
    parent_id = entry.text("wp:comment_parent")
    email = entry.text("wp:comment_author_email")
    return CommentRecord(
        source_id=entry.text("wp:comment_id"),
        story_id=story.source_id,
        parent_id=None if parent_id in {"", "0"} else parent_id,
        author_name=plain(entry.text("wp:comment_author")) or _("Unknown reader"),
        # wpDiscuz invents `…@example.com` for guests who gave none.
        author_email="" if email.lower().endswith("@example.com") else email,
        author_url=web_address(entry.text("wp:comment_author_url")),
        text=comment_html(entry.text("wp:comment_content")),
        written_at=written_at,
        state=_state(entry),
        up_count=ups,
        down_count=downs,
        is_pinned=entry.text("wp:comment_type") == PINNED,
        closes_thread=entry.meta("wpdiscuz_closed") == "1",
        is_by_author=entry.text("wp:comment_user_id") in story.author_user_ids,
    )


def _state(entry: Entry) -> CommentState:
    """What nobody but the newsroom could read stays so: private and unknown states wait for a moderator."""
    state = STATES.get(entry.text("wp:comment_approved"), "held")
    return "held" if state == "published" and entry.text("wp:comment_type") == PRIVATE else state


def _votes(entry: Entry) -> tuple[int, int]:
    """(up, down). The older net number alone tells only which side was ahead."""
    apart = php_values.counts(entry.meta("wpdiscuz_votes_seperate"))
    if apart:
        return _within(apart.get("like", 0)), _within(abs(apart.get("dislike", 0)))
    found = WHOLE_NUMBER.fullmatch(entry.meta("wpdiscuz_votes"))
    net = int(found[0]) if found else 0
    return _within(net), _within(-net)


def _within(votes: int) -> int:
    return min(max(votes, 0), MAX_VOTES)
