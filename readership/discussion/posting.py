"""Readers write: post, edit, withdraw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from readership.discussion import naming, visibility
from readership.discussion.badges import badge_of_guest, badge_of_reader
from readership.discussion.composing import compose
from readership.discussion.errors import (
    AddressForNews,
    AddressNeeded,
    CommentRefused,
    DiscussionError,
    GuestsNotAllowed,
    ReplyToGone,
    ThreadClosed,
)
from readership.discussion.models import Badge, Comment, Picture, State, TextFormat, Thread, Version
from readership.discussion.picturing import PictureChange, Upload, change_picture, drop_picture, kept
from readership.discussion.rendering import RENDERER_VERSION
from readership.discussion.screening import Draft, why_held
from readership.discussion.telling import Notify, follow_with, has_address, tell_of_comment
from readership.pagecache import changed
from readership.readers.guests import go_by, welcome_guest
from readership.readers.models import Guest
from readership.readers.speaking import NOBODY, Speaker


@dataclass(frozen=True)
class Submission:
    """What came with the form, besides who sent it. `network` is networks.network_hash(…, purpose="comment")."""

    text: str
    name: str = ""
    email: str = ""
    parent_id: int | None = None
    key: str = ""
    network: str = ""
    is_flood: bool = False
    has_hidden_field: bool = False
    upload: Upload | None = None
    notify: Notify = Notify.NOTHING


@dataclass(frozen=True)
class Posted:
    """`secret` is for the guest's device, given once and stored nowhere. `is_repeat`: the same form came before.

    `follows`: whether what was chosen under “notify me of” has begun; None where nothing was chosen.
    """

    comment: Comment
    secret: str = ""
    is_repeat: bool = False
    follows: bool | None = None


def post_comment(*, thread: Thread, speaker: Speaker, submission: Submission, now: datetime) -> Posted:
    """Store a comment, published or held. The same submission sent again returns the first comment.

    Raises ThreadClosed or a CommentRefused. What can be made or looked up before the transaction is: SQLite has one
    writer at a time, and while this one holds the pen, all others wait.
    """
    key = _repeat_key(thread, speaker, submission)
    if speaker.guest and (first := _first_of_new_guest(thread, speaker.guest, submission)):
        return Posted(first, is_repeat=True)
    try:
        draft = _draft(thread, speaker, submission)
        with kept(submission.upload) as picture:
            return _store(thread, speaker, submission, draft, picture, key=key, now=now)
    except (DiscussionError, IntegrityError):
        first = Comment.objects.filter(submission_key=key).first()
        if first is None:
            raise
        return Posted(first, is_repeat=True)


@transaction.atomic
def _store(
    thread: Thread,
    speaker: Speaker,
    submission: Submission,
    draft: Draft,
    picture: Picture | None,
    *,
    key: str,
    now: datetime,
) -> Posted:
    """Locks the thread: closing it and posting to it must not cross."""
    if Thread.objects.select_for_update().values_list("closed_at", flat=True).get(pk=thread.pk):
        raise ThreadClosed
    parent = _parent(thread, submission.parent_id)
    secret = ""
    if not speaker.is_known:
        new = welcome_guest(name=draft.name)
        speaker, secret = Speaker(guest=new.guest), new.secret
    elif speaker.guest:
        go_by(speaker.guest, draft.name)
    because = why_held(draft)
    comment = Comment(
        thread=thread,
        parent=parent,
        root=(parent.root or parent) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        reader=speaker.reader,
        guest=speaker.guest,
        author_name=draft.name,
        author_email=submission.email,
        badge=draft.badge,
        text_source=draft.text,
        text_html=draft.html,
        renderer_version=RENDERER_VERSION,
        state=State.HELD if because else State.PUBLISHED,
        held_because=because,
        is_listed=not because,
        created_at=now,
        submission_key=key,
        network_hash=submission.network,
    )
    comment.best_rank = comment.rank()
    comment.save()
    if picture:
        picture.comment = comment
        picture.save()
    if comment.is_published:
        visibility.count(comment, +1)
        changed(thread.tag)
        tell_of_comment(comment, now=now)
    return Posted(comment, secret, follows=_follow(comment, speaker, submission, now))


def _follow(comment: Comment, speaker: Speaker, submission: Submission, now: datetime) -> bool | None:
    """What looks like a machine starts no mail to anybody."""
    if not submission.notify or submission.is_flood or submission.has_hidden_field:
        return None
    return follow_with(comment, submission.notify, speaker=speaker, now=now)


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, now: datetime, picture: PictureChange | None = None) -> Comment:
    """Replace the text. `comment` comes from access.own_comment, which says whether there is still time."""
    changed_text = compose(text, thread=comment.thread, parent_id=comment.parent_id)
    _keep_version(comment, now)
    comment.text_source, comment.text_html = changed_text
    comment.text_format, comment.renderer_version = TextFormat.MARKDOWN, RENDERER_VERSION
    comment.edited_at = now
    changes = ["text_source", "text_html", "text_format", "renderer_version", "edited_at"]
    if comment.guest_id and "<a " in comment.text_html and comment.is_published:
        # An edit must not smuggle in what posting would have held: links put in later are a known trick of spammers.
        visibility.hold_comment(comment_id=comment.pk, because="A guest added a link while editing.")
    comment.save(update_fields=changes)
    changed(f"thread:{comment.thread_id}")
    if picture:
        change_picture(comment=comment, change=picture)
    return comment


def _keep_version(comment: Comment, now: datetime) -> None:
    """What somebody answered stays to be read: else an edit could make fools of those who replied."""
    Version.objects.create(
        comment=comment,
        text_html=comment.text_html,
        written_at=comment.edited_at or comment.created_at,
        replaced_at=now,
        is_public=comment.answers.filter(state=State.PUBLISHED).exists(),
    )


@transaction.atomic
def withdraw_comment(*, comment: Comment) -> Comment:
    """Take the comment back, its picture for good. Its place stays while others answered it."""
    drop_picture(comment=comment)
    return visibility.withdraw_comment(comment_id=comment.pk)


def _parent(thread: Thread, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = Comment.objects.select_related("root").filter(pk=parent_id, thread=thread).first()
    if parent is None or not parent.is_published:
        raise ReplyToGone
    return parent


def _name_and_badge(thread: Thread, speaker: Speaker, submission: Submission) -> tuple[str, Badge]:
    if speaker.reader:
        name = speaker.reader.name or naming.guest_name(submission.name)
        return name, badge_of_reader(thread, speaker.reader)
    if settings.GUEST_POLICY == "off":
        raise GuestsNotAllowed
    if _awaits_address(speaker) and not submission.email:
        raise AddressNeeded
    name = naming.guest_name(submission.name, speaker.guest)
    return name, badge_of_guest(speaker.guest, name)


def _awaits_address(speaker: Speaker) -> bool:
    is_unknown = speaker.reader is None and not (speaker.guest and speaker.guest.is_verified)
    return is_unknown and settings.GUEST_POLICY == "verified"


def _draft(thread: Thread, speaker: Speaker, submission: Submission) -> Draft:
    if thread.closed_at:
        raise ThreadClosed
    if submission.notify and not has_address(speaker, submission.email):
        raise AddressForNews
    text, html = compose(submission.text, thread=thread, parent_id=submission.parent_id)
    name, badge = _name_and_badge(thread, speaker, submission)
    return Draft(
        text=text,
        html=html,
        name=name,
        badge=badge,
        has_published_before=_has_published_before(speaker),
        is_flood=submission.is_flood,
        has_hidden_field=submission.has_hidden_field,
        holds_guests=settings.GUEST_POLICY == "held",
        has_picture=submission.upload is not None,
        awaits_address=_awaits_address(speaker),
    )


def _has_published_before(speaker: Speaker) -> bool:
    return bool(speaker.guest) and Comment.objects.filter(guest=speaker.guest, state=State.PUBLISHED).exists()


def _first_of_new_guest(thread: Thread, guest: Guest, submission: Submission) -> Comment | None:
    """The comment that made this device known, if the same form comes again: it was nobody's when it came first."""
    key = _repeat_key(thread, NOBODY, submission)
    return Comment.objects.filter(submission_key=key, guest=guest).first()


def _repeat_key(thread: Thread, speaker: Speaker, submission: Submission) -> str:
    """Equal when the same person sends the same words from the same form to the same place again.

    The form's own key is in a page that everybody shares, so it cannot tell people apart; together with who writes
    (or, for a new guest, from where) and what, it tells a repeat from a second comment.
    """
    if speaker.reader:
        who = f"reader:{speaker.reader.pk}"
    else:
        who = f"guest:{speaker.guest.pk}" if speaker.guest else f"network:{submission.network}"
    parts = [str(thread.pk), submission.key, who, str(submission.parent_id), submission.name, submission.text]
    if submission.upload:
        parts.append(submission.upload.digest())
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


__all__ = ["CommentRefused", "Posted", "Submission", "edit_comment", "post_comment", "withdraw_comment"]
