"""Pure: the comments that a page shows, as schema.org describes them to machines.

On the page of a story they are comments on an article. A DiscussionForumPosting is what a reader wrote where that is
the main thing, so it describes the page of one comment; to call a newsroom's own story one would be false.
"""

from __future__ import annotations

from collections.abc import Iterator

from readership.discussion.parts import CommentPart, ThreadPart
from readership.discussion.rendering import plain_words
from readership.lib.text import excerpt
from readership.stories.queries import absolute

# The whole text stands in the page already.
LONGEST_TEXT = 300
# More than anybody can post today; an import may have brought a longer one.
LONGEST_POSTING = 10_000


def described_comments(thread: ThreadPart) -> list[dict[str, object]]:
    """A schema.org Comment for each that is shown, in the order of the page. Gone ones are left out."""
    return [described for root in (*thread.pinned, *thread.comments) for described in _described(root, None)]


def described_posting(comment: CommentPart, *, address: str, story_title: str, story_url: str) -> dict[str, object]:
    """The page at `address`, which shows this published comment and nothing else."""
    posting: dict[str, object] = {
        **_comment(comment, None),
        "@type": "DiscussionForumPosting",
        "headline": story_title,
        "datePublished": comment.written_at.isoformat(timespec="seconds"),
        "text": excerpt(plain_words(comment.html), LONGEST_POSTING),
        "interactionStatistic": [
            _counter("LikeAction", comment.up_count),
            _counter("DislikeAction", comment.down_count),
        ],
        "isPartOf": {"@type": "WebPage", "@id": story_url, "url": story_url, "name": story_title},
    }
    return {"@context": "https://schema.org", "@type": "WebPage", "url": address, "mainEntity": posting}


def _counter(action: str, count: int) -> dict[str, object]:
    kind = f"https://schema.org/{action}"
    return {"@type": "InteractionCounter", "interactionType": kind, "userInteractionCount": count}


def shown_ids(thread: ThreadPart) -> frozenset[int]:
    """The comments of which the page shows words."""

    def ids(comment: CommentPart) -> Iterator[int]:
        if not comment.is_gone:
            yield comment.id
        for reply in comment.replies:
            yield from ids(reply)

    return frozenset(number for root in (*thread.pinned, *thread.comments) for number in ids(root))


def _described(comment: CommentPart, parent: CommentPart | None) -> Iterator[dict[str, object]]:
    if not comment.is_gone:
        yield _comment(comment, parent)
    for reply in comment.replies:
        yield from _described(reply, comment)


def _comment(comment: CommentPart, parent: CommentPart | None) -> dict[str, object]:
    url = absolute(comment.permalink)
    described: dict[str, object] = {
        "@type": "Comment",
        "@id": url,
        "url": url,
        "author": {"@type": "Person", "name": comment.name},
        "dateCreated": comment.written_at.isoformat(timespec="seconds"),
        "text": excerpt(plain_words(comment.html), LONGEST_TEXT),
        "upvoteCount": comment.up_count,
        "downvoteCount": comment.down_count,
    }
    if comment.edited_at:
        described["dateModified"] = comment.edited_at.isoformat(timespec="seconds")
    if comment.picture:
        described["image"] = {
            "@type": "ImageObject",
            "url": absolute(comment.picture.url),
            "width": comment.picture.width,
            "height": comment.picture.height,
            "caption": comment.picture.alt,
        }
    # What stands flat names whom it answers, who may not be on this page.
    answers_parent = parent is not None and not parent.is_gone and comment.in_reply_to_id in {None, parent.id}
    if parent is not None and answers_parent:
        described["parentItem"] = {"@id": absolute(parent.permalink)}
    return described
