"""Which badge a comment carries."""

from __future__ import annotations

from readership.discussion.models import Badge, Thread
from readership.lib.skeleton import skeleton
from readership.readers.models import Guest, Reader
from readership.stories.models import Author


def badge_of_reader(thread: Thread, reader: Reader) -> Badge:
    if Author.objects.filter(reader=reader, bylines__story=thread.page_id or 0).exists():
        return Badge.AUTHOR
    return Badge.STAFF if reader.is_staff else Badge.READER


def badge_of_guest(guest: Guest | None, name: str) -> Badge:
    """The mark goes with the name that was confirmed: under another one, nobody would know it for theirs."""
    if guest and guest.is_verified and guest.name_skeleton == skeleton(name):
        return Badge.VERIFIED
    return Badge.GUEST
