"""Readers vote: once per person and comment; a vote can be changed and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from readership.discussion.errors import NotThere, VoteRefused, VotesFrozen
from readership.discussion.models import Comment, Vote
from readership.discussion.queries import is_by
from readership.pagecache import changed
from readership.readers.guests import welcome_guest
from readership.readers.models import Guest, Reader
from readership.readers.speaking import Speaker

COUNTS = ["up_count", "down_count", "guest_up_count", "guest_down_count", "net_count", "best_rank"]


@dataclass(frozen=True)
class Cast:
    comment: Comment
    value: int
    secret: str = ""


@transaction.atomic
def cast_vote(*, comment_id: int, speaker: Speaker, value: int, network: str, now: datetime) -> Cast:
    """Set the speaker's vote on a published comment to +1, -1 or 0 (taken back).

    `network` is readers.networks.network_hash(…, purpose="vote-ID") for guests. Raises NotThere or VoteRefused.
    Locks the comment, so that two votes at once are both counted.
    """
    comment = Comment.objects.select_for_update(of=("self",)).select_related("thread").get(pk=comment_id)
    if not comment.is_published:
        raise NotThere
    if is_by(comment, speaker):
        raise VoteRefused
    vote = _vote_of(comment, speaker, network)
    secret = ""
    if vote is None and value and not speaker.is_known:
        new = welcome_guest()
        speaker, secret = Speaker(guest=new.guest), new.secret
    is_guest = speaker.reader is None
    if is_guest and comment.votes_frozen_at:
        raise VotesFrozen
    before = vote.value if vote else 0
    if value == before:
        return Cast(comment, value, secret)
    _store(comment, vote, speaker, value, network, now)
    _count(comment, before, -1, is_guest=is_guest)
    _count(comment, value, +1, is_guest=is_guest)
    _store_counts(comment)
    return Cast(comment, value, secret)


@transaction.atomic
def take_back(vote: Vote) -> None:
    """As if it had never been cast, whatever became of the comment since. Locks the comment."""
    comment = Comment.objects.select_for_update(of=("self",)).select_related("thread").get(pk=vote.comment_id)
    vote.delete()
    _count(comment, vote.value, -1, is_guest=vote.reader_id is None)
    _store_counts(comment)


@transaction.atomic
def give_votes(*, guests: Iterable[Guest], reader: Reader) -> None:
    """What `guests` voted was voted by `reader`, and counts once: the reader's own vote stays, else the latest.

    Nobody has a vote on what became theirs. Locks the comments, in the order of their numbers.
    """
    is_theirs = Q(guest__in=list(guests)) | Q(reader=reader, comment__reader=reader)
    ids = Vote.objects.filter(is_theirs).values("comment")
    for comment in Comment.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
        votes = list(Vote.objects.filter(is_theirs | Q(reader=reader), comment=comment).order_by("-cast_at", "-pk"))
        _give_votes_on(comment, sorted(votes, key=lambda vote: vote.reader_id is None), reader)


def _give_votes_on(comment: Comment, votes: list[Vote], reader: Reader) -> None:
    """The first of `votes` stays."""
    kept = None if comment.reader_id == reader.pk else votes[0]
    for vote in votes:
        _count(comment, vote.value, -1, is_guest=vote.reader_id is None)
        if vote is not kept:
            vote.delete()
    if kept:
        kept.reader, kept.guest, kept.network_hash = reader, None, None
        kept.save(update_fields=["reader", "guest", "network_hash"])
        _count(comment, kept.value, +1, is_guest=False)
    _store_counts(comment)


def _vote_of(comment: Comment, speaker: Speaker, network: str) -> Vote | None:
    votes = Vote.objects.filter(comment=comment)
    if speaker.reader:
        return votes.filter(reader=speaker.reader).first()
    own = votes.filter(guest=speaker.guest).first() if speaker.guest else None
    # A guest without the cookie is known by the network for two days: one more vote from there changes the first.
    return own or votes.filter(network_hash=network).first()


def _store(comment: Comment, vote: Vote | None, speaker: Speaker, value: int, network: str, now: datetime) -> None:
    if vote and value:
        vote.value, vote.cast_at = value, now
        vote.save(update_fields=["value", "cast_at"])
    elif vote:
        vote.delete()
    else:
        Vote.objects.create(
            comment=comment,
            reader=speaker.reader,
            guest=speaker.guest,
            network_hash=None if speaker.reader else network,
            value=value,
            cast_at=now,
        )


def _count(comment: Comment, value: int, step: int, *, is_guest: bool) -> None:
    if value > 0:
        comment.up_count += step
        comment.guest_up_count += step * is_guest
    elif value < 0:
        comment.down_count += step
        comment.guest_down_count += step * is_guest


def _store_counts(comment: Comment) -> None:
    comment.net_count = comment.up_count - comment.down_count
    comment.best_rank = comment.rank()
    comment.save(update_fields=COUNTS)
    changed(f"thread:{comment.thread_id}")


def freeze_votes(*, comment_id: int, now: datetime) -> None:
    """Too many guests voted at once: guests' votes wait until a moderator has looked (attack F01)."""
    Comment.objects.filter(pk=comment_id, votes_frozen_at=None).update(votes_frozen_at=now)


def thaw_votes(*, comment_id: int) -> None:
    Comment.objects.filter(pk=comment_id).update(votes_frozen_at=None)
