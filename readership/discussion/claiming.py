"""Comments of guests become those of a verified guest or of a reader with an account, who gets their votes too."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from readership.discussion.models import AWAITS_ADDRESS, Badge, Comment, Mute, State
from readership.discussion.visibility import publish_comment
from readership.discussion.voting import give_votes
from readership.pagecache import changed
from readership.readers.claims import Claim, claims
from readership.readers.models import Reader
from readership.readers.profiles import follows_profiles
from readership.stories.models import Author


@claims("comments")
class ClaimComments:
    def count(self, claim: Claim) -> int:
        return _of_devices(claim).count()

    def take(self, claim: Claim, *, now: datetime) -> int:
        found = list(_of_devices(claim).values_list("pk", "thread_id"))
        ids = [pk for pk, _thread in found]
        if claim.reader:
            _give_to_reader(ids, claim)
            give_votes(guests=claim.devices, reader=claim.reader)
        else:
            _mark_verified(ids, claim)
        changed(*{f"thread:{thread_id}" for _pk, thread_id in found}, *(f"comment:{pk}" for pk in ids))
        return len(ids)


@follows_profiles
def rename_comments(reader: Reader) -> None:
    """A reader has one name, also beside what was written under an earlier one."""
    theirs = Comment.objects.filter(reader=reader)
    if reader.name:
        theirs.exclude(author_name=reader.name).update(author_name=reader.name)
    changed(*(f"thread:{thread_id}" for thread_id in theirs.order_by().values_list("thread_id", flat=True).distinct()))


def _of_devices(claim: Claim) -> QuerySet[Comment]:
    return Comment.objects.filter(guest__in=claim.devices).order_by("pk")


def _give_to_reader(ids: list[int], claim: Claim) -> None:
    """Whoever muted the guest goes on not to read them."""
    reader = claim.reader
    assert reader is not None  # noqa: S101  asked for by take()
    usual = Badge.STAFF if reader.is_staff else Badge.READER
    comments = Comment.objects.filter(pk__in=ids)
    own_stories = Author.objects.filter(reader=reader).values("bylines__story")
    own = set(comments.filter(thread__page__in=own_stories).values_list("pk", flat=True))
    comments.update(reader=reader, guest=None, author_name=reader.name, author_email="", badge=usual)
    Comment.objects.filter(pk__in=own).update(badge=Badge.AUTHOR)
    mutes = Mute.objects.filter(muted_guest__in=claim.devices)
    for mute in mutes:
        if mute.reader_id == reader.pk or Mute.objects.filter(reader=mute.reader, muted_reader=reader).exists():
            mute.delete()
        else:
            mute.muted_guest, mute.muted_reader = None, reader
            mute.save(update_fields=["muted_guest", "muted_reader"])


def _mark_verified(ids: list[int], claim: Claim) -> None:
    """Only under the name that was confirmed; what waited for nothing else appears."""
    guest = claim.guest
    assert guest is not None  # noqa: S101  a claim is a reader's or a guest's
    comments = Comment.objects.filter(pk__in=ids)
    comments.filter(author_name=guest.name, badge=Badge.GUEST).update(badge=Badge.VERIFIED)
    for comment_id in comments.filter(state=State.HELD, held_because=AWAITS_ADDRESS).values_list("pk", flat=True):
        publish_comment(comment_id=comment_id)
