"""The writing part: the same verbs, refusals and limits as the forms of the page.

On the router of the reading part: an address that both have must be known to one.
"""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Status
from ninja.errors import HttpError

from readership.api.presenting import own_comment_out
from readership.api.problems import FieldsRefused
from readership.api.reading import Id, router
from readership.api.schemas import EditedComment, NewComment, OwnComment, Problem, VoteIn, VoteOut
from readership.discussion.access import own_comment, public_thread, published_comment, readable_comment
from readership.discussion.door import remember
from readership.discussion.forms import CommentForm
from readership.discussion.posting import edit_comment, withdraw_comment
from readership.discussion.submitting import submit_comment, submit_vote
from readership.readers.speaking import speaker_of

__all__ = ["router"]

REFUSALS = {400: Problem, 403: Problem, 404: Problem, 413: Problem, 415: Problem, 422: Problem, 429: Problem}


@router.post(
    "/threads/{thread_id}/comments",
    response={201: OwnComment, 200: OwnComment, **REFUSALS},
    summary="Post a comment or a reply",
)
def post(
    request: HttpRequest,
    response: HttpResponse,
    thread_id: Id,
    comment: NewComment,
    idempotency_key: Annotated[str, Header(max_length=64)] = "",
) -> Status[OwnComment]:
    """201 with `Location` when it was stored; 200 with the first result when the same came before.

    Give each comment a key of its own, as `submission_key` or as the header `Idempotency-Key`: then it is safe to send
    again. `state` is `held` when a moderator reads it first, and `held_sentence` says so.
    """
    thread, speaker = public_thread(thread_id), speaker_of(request)
    form = CommentForm(
        {
            "text": comment.text,
            "name": comment.name,
            "email": comment.email,
            "notify": comment.notify,
            "parent": str(comment.parent_id or ""),
            "submission_key": comment.submission_key or idempotency_key,
        },
        thread_id=thread.pk,
        is_reader=speaker.reader is not None,
    )
    if not form.is_valid():
        raise FieldsRefused({_name_of(field): str(errors[0]) for field, errors in form.errors.items()})
    posted = submit_comment(request, form, thread, speaker, timezone.now())
    remember(response, posted.secret)
    _personal(response)
    response["Location"] = f"/api/v1/comments/{posted.comment.pk}"
    return Status(200 if posted.is_repeat else 201, own_comment_out(posted.comment))


def _name_of(field: str) -> str:
    return "parent_id" if field == "parent" else field


@router.get("/comments/{comment_id}", response={200: OwnComment, 404: Problem}, summary="One comment")
def get(request: HttpRequest, response: HttpResponse, comment_id: Id) -> OwnComment:
    """What everybody may read; a held one only for its writer."""
    _personal(response)
    return own_comment_out(readable_comment(comment_id, speaker_of(request)))


@router.patch("/comments/{comment_id}", response={200: OwnComment, **REFUSALS}, summary="Change an own comment")
def edit(request: HttpRequest, response: HttpResponse, comment_id: Id, change: EditedComment) -> OwnComment:
    """While there is time; afterwards 403."""
    comment = own_comment(comment_id, speaker_of(request))
    _personal(response)
    edit_comment(comment=comment, text=change.text, now=timezone.now())
    comment.refresh_from_db(fields=["state", "held_because"])  # The new words may have to wait for a moderator.
    return own_comment_out(comment)


@router.delete("/comments/{comment_id}", response={204: None, **REFUSALS}, summary="Withdraw an own comment")
def withdraw(request: HttpRequest, comment_id: Id) -> Status[None]:
    """While there is time; afterwards 403. Its place stays while others answered it."""
    withdraw_comment(comment=own_comment(comment_id, speaker_of(request)))
    return Status(204, None)


@router.post(
    "/comments/{comment_id}/vote",
    response={200: VoteOut, **REFUSALS},
    summary="The same as PUT, for those who cannot",
    operation_id="vote_by_post",
)
@router.put("/comments/{comment_id}/vote", response={200: VoteOut, **REFUSALS}, summary="Vote, or take a vote back")
def vote(request: HttpRequest, response: HttpResponse, comment_id: Id, vote: VoteIn) -> VoteOut:
    """`value` is 1, -1, or 0 to take it back. One vote a person: sending another changes it."""
    if vote.value not in {-1, 0, 1}:
        raise HttpError(422, "A vote is 1, -1 or 0.")
    cast = submit_vote(request, published_comment(comment_id), vote.value, timezone.now())
    remember(response, cast.secret)
    _personal(response)
    comment = cast.comment
    return VoteOut(comment_id=comment.pk, up_count=comment.up_count, down_count=comment.down_count, own_vote=cast.value)


def _personal(response: HttpResponse) -> None:
    response["Cache-Control"] = "no-store"
