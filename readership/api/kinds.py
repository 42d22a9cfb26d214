"""The kinds of problems that a program can tell apart by their address. An address stays: programs compare it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from readership.stories.queries import absolute

PAGE = "/api/v1/problems"


@dataclass(frozen=True)
class Kind:
    """`title` is for programmers and the same each time; `means` is what the page of problems says."""

    name: str
    status: int
    title: str
    means: str | Promise

    @property
    def address(self) -> str:
        return absolute(f"{PAGE}#{self.name}") if self.name else "about:blank"


WRONG_SHAPE = Kind(
    "wrong-shape",
    400,
    "The request has the wrong shape",
    _("No JSON, an unknown or missing field, a value of the wrong type. “errors” names the fields."),
)
BAD_CURSOR = Kind(
    "bad-cursor",
    400,
    "The cursor is not one of ours",
    _("Take “next” of the page before as it is, or leave the cursor out for the first page."),
)
FORBIDDEN = Kind("forbidden", 403, "This person may not do that", _("“detail” says why."))
OTHER_SITE = Kind(
    "other-site",
    403,
    "The request comes from a page of another site",
    _("Browsers may write only from pages of this site. Programs say nothing of a site and are let in."),
)
CLOSED = Kind("closed", 403, "The thread is closed", _("Nobody can write in it any more. Reading goes on."))
TOO_LATE = Kind(
    "too-late", 403, "The time for changes is over", _("A comment can be edited and withdrawn for a while.")
)
VOTE_REFUSED = Kind("vote-refused", 403, "The vote does not count", _("Nobody votes on an own comment."))
VOTES_PAUSED = Kind(
    "votes-paused",
    403,
    "Votes of guests on this comment are paused",
    _("Very many came at once. A moderator looks; voting with an account goes on."),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "There is no such thing for this person",
    _("It never was, is not published yet, is not shown any more, or belongs to somebody else."),
)
METHOD = Kind("method", 405, "This address does not know that method", _("“Allow” names those that it knows."))
TOO_LARGE = Kind("too-large", 413, "The body is too large", _("More than 64 KB are not read."))
NOT_JSON = Kind("not-json", 415, "The body is not JSON", _("Send JSON and say so: Content-Type: application/json."))
REFUSED = Kind(
    "refused",
    422,
    "What was sent cannot be taken as it stands",
    _("Its shape is right; “errors” says at which field to mend what."),
)
TOO_FAST = Kind("too-fast", 429, "Too many requests", _("“Retry-After” says in how many seconds to come back."))
BROKEN = Kind("broken", 500, "Something broke on our side", _("It is written down for us. Try again later."))

KINDS = (
    WRONG_SHAPE, BAD_CURSOR, FORBIDDEN, OTHER_SITE, CLOSED, TOO_LATE, VOTE_REFUSED, VOTES_PAUSED, NOT_FOUND, METHOD,
    TOO_LARGE, NOT_JSON, REFUSED, TOO_FAST, BROKEN,
)  # fmt: skip


def kind_of(status: int) -> Kind:
    """The first and most general of a status; of one that no program of ours gives, only its phrase is known."""
    unnamed = Kind("", status, HTTPStatus(status).phrase, "")
    return next((kind for kind in KINDS if kind.status == status), unnamed)
