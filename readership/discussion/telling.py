"""What followers hear of threads: new comments, replies to one comment, replies to all one's own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readership.discussion.models import Comment, Mute, State, Thread
from readership.discussion.parts import Addresses
from readership.discussion.rendering import plain_words
from readership.following.announcing import Target, announce
from readership.following.asking import ask_to_follow, follow_all_replies, follow_now
from readership.following.knowing import own_address
from readership.following.models import Kind
from readership.following.registry import News, Subject, finds, tells
from readership.following.wanting import Choice, Want
from readership.lib.text import excerpt
from readership.readers.models import MailAddress
from readership.readers.speaking import Speaker
from readership.stories.openness import is_open

LONGEST_WORDS = 400


class Notify(models.TextChoices):
    """“Notify me of”, as chosen with a comment. The API has the same words."""

    NOTHING = "", gettext_lazy("nothing")
    REPLIES = "replies", gettext_lazy("replies to my comments")
    THREAD = "thread", gettext_lazy("all new comments on this story")


def about(thread_id: int) -> str:
    """All news of one thread come in one mail."""
    return f"thread-{thread_id}"


def choice_of(thread: Thread) -> Choice:
    return Choice(str(Want(Kind.THREAD, thread.pk)), _("New comments on this story"), is_chosen=True)


@finds(Kind.THREAD)
def threads(ids: Collection[int]) -> dict[int, Subject]:
    found = Thread.objects.select_related("page").filter(pk__in=ids, page__isnull=False)
    return {thread.pk: _thread(thread) for thread in found if thread.page and is_open(thread.page)}


def _thread(thread: Thread) -> Subject:
    title = _("New comments on “%(story)s”") % {"story": thread.page}
    return Subject(title, f"{_url(thread)}#comments", about(thread.pk))


@finds(Kind.COMMENT)
def comments(ids: Collection[int]) -> dict[int, Subject]:
    return {comment.pk: _comment(comment) for comment in _readable(ids)}


def _comment(comment: Comment) -> Subject:
    facts = {"name": comment.author_name, "story": comment.thread.page}
    title = _("Replies to what %(name)s wrote on “%(story)s”") % facts
    return Subject(title, Addresses(_url(comment.thread)).permalink(comment.pk), about(comment.thread_id))


@finds(Kind.REPLIES)
def replies(ids: Collection[int]) -> dict[int, Subject]:
    return {number: Subject(_("Replies to all your comments"), "", "replies") for number in ids}


@tells("comment")
def told(ids: Collection[int], address: MailAddress) -> dict[int, News]:
    """Without those by people whom the reader muted."""
    readable = _readable(ids)
    mutes = Mute.objects.filter(reader=address.reader_id) if address.reader_id else Mute.objects.none()
    muted = set(mutes.values_list("muted_reader", "muted_guest"))
    return {one.pk: _news(one) for one in readable if (one.reader_id, one.guest_id) not in muted}


def _news(comment: Comment) -> News:
    addresses = Addresses(_url(comment.thread))
    return News(
        place=str(comment.thread.page),
        place_url=f"{addresses.story_url}#comments",
        heading=comment.author_name,
        words=excerpt(plain_words(comment.text_html), LONGEST_WORDS),
        url=addresses.permalink(comment.pk),
    )


def _readable(ids: Collection[int]) -> list[Comment]:
    found = Comment.objects.select_related("thread__page").filter(pk__in=ids, state=State.PUBLISHED)
    return [one for one in found if one.thread.page is not None and is_open(one.thread.page)]


def _url(thread: Thread) -> str:
    return str(thread.page.get_url() or "/") if thread.page else "/"


def tell_of_comment(comment: Comment, *, now: datetime) -> None:
    """In the transaction in which everybody may read it for the first time. One query while nobody follows."""
    by = Speaker(reader=comment.reader, guest=comment.guest)
    announce(
        news="comment",
        item_id=comment.pk,
        about=about(comment.thread_id),
        targets=_targets(comment),
        by=by,
        email=comment.author_email,
        now=now,
    )


def _targets(comment: Comment) -> list[Target]:
    """Who is answered hears of an answer, and not only of one more comment."""
    thread: Target = (Kind.THREAD, comment.thread_id)
    if comment.parent is None:
        return [thread]
    answered: list[Target] = [(Kind.REPLIES, pk) for pk in _addresses_of_writer(comment.parent)]
    return [*answered, (Kind.COMMENT, comment.parent.pk), thread]


def _addresses_of_writer(comment: Comment) -> list[int]:
    theirs = Q(reader=comment.reader_id) if comment.reader_id else Q(guests=comment.guest_id)
    is_known = comment.reader_id or comment.guest_id
    return list(MailAddress.objects.filter(theirs).values_list("pk", flat=True)) if is_known else []


def has_address(speaker: Speaker, email: str) -> bool:
    """Whether we would know where to write."""
    return bool(email) or speaker.reader is not None or own_address(speaker) is not None


def follow_with(comment: Comment, wish: Notify, *, speaker: Speaker, now: datetime) -> bool:
    """As chosen with the comment. True at once; False when the owner of the address is asked first."""
    email = comment.author_email.strip().lower()
    address = own_address(speaker)
    thread = Want(Kind.THREAD, comment.thread_id)
    if address and email in {"", address.address}:
        if wish == Notify.THREAD:
            follow_now(address, [thread], about=about(comment.thread_id), now=now)
        follow_all_replies(address, now=now)
        return True
    # Whoever typed it may be anybody, so all that one question can start is what was done with this comment.
    want = thread if wish == Notify.THREAD else Want(Kind.COMMENT, comment.pk)
    given = email or (speaker.reader.email if speaker.reader else "")
    ask_to_follow(given, [want], about=about(comment.thread_id), key=f"comment-{comment.pk}", guest=speaker.guest)
    return False
