"""From a request to a verb: the same for the forms of the page and for the JSON API, limits included."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from readership.discussion import limits
from readership.discussion.asking import ask_for_address
from readership.discussion.errors import TooFast
from readership.discussion.forms import CommentForm
from readership.discussion.models import Comment, Thread
from readership.discussion.picturing import Upload
from readership.discussion.posting import Posted, Submission, post_comment
from readership.discussion.previewing import Preview, preview_of
from readership.discussion.telling import Notify
from readership.discussion.voting import Cast, cast_vote, freeze_votes
from readership.readers.speaking import Speaker, speaker_of


def submit_comment(request: HttpRequest, form: CommentForm, thread: Thread, speaker: Speaker, now: datetime) -> Posted:
    """Post what a valid `form` holds. Raises TooManyPictures, and what post_comment raises."""
    file = form.cleaned_data["picture"]
    if file:
        limits.allow_picture(request)
    submission = Submission(
        text=form.cleaned_data["text"],
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        parent_id=form.cleaned_data["parent"],
        key=form.cleaned_data["submission_key"],
        network=limits.network(request, purpose="comment", at=now),
        is_flood=limits.is_flood(request),
        has_hidden_field=bool(form.cleaned_data["website"]),
        notify=Notify(form.cleaned_data["notify"]),
        upload=Upload(file, alt=form.cleaned_data["picture_alt"]) if file else None,
    )
    posted = post_comment(thread=thread, speaker=speaker, submission=submission, now=now)
    # Who wants to be notified is asked for that, and the answer confirms the address as well: one mail, not two.
    if not posted.is_repeat and not (submission.notify and posted.comment.is_published):
        ask_for_address(posted.comment, now=now)
    return posted


def submit_vote(request: HttpRequest, comment: Comment, value: int, now: datetime) -> Cast:
    """Cast it. Raises TooFast, and what cast_vote raises."""
    speaker = speaker_of(request)
    limits.allow_vote(request)
    if speaker.reader is None and limits.is_vote_spike(comment.pk):
        freeze_votes(comment_id=comment.pk, now=now)
    network = limits.network(request, purpose=f"vote-{comment.pk}", at=now)
    return cast_vote(comment_id=comment.pk, speaker=speaker, value=value, network=network, now=now)


def preview_text(request: HttpRequest, thread: Thread, *, parent_id: int | None) -> Preview:
    """How the text that was sent would look. Who asks too often is told so beside the text, which stays."""
    try:
        limits.allow_preview(request)
    except TooFast as refused:
        return Preview(sentence=refused.message)
    return preview_of(request.POST.get("text", ""), thread=thread, parent_id=parent_id)
