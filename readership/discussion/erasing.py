"""What leaves a conversation with a person, and what stays so that it can still be read."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from readership.discussion import visibility
from readership.discussion.holding import comments_of, mutes_of_and_by, votes_of
from readership.discussion.models import Badge, Comment, Picture, Version
from readership.discussion.picture_files import delete_files
from readership.discussion.voting import take_back
from readership.pagecache import changed
from readership.readers.erasing import Erasure, Words, erases

NAMELESS = ["reader", "guest", "author_name", "author_email", "badge", "network_hash"]
WORDLESS = ["text_source", "text_html", "held_because"]


@erases
def leave_discussion(erasure: Erasure) -> None:
    """Votes are taken back, comments lose the name and, where that is asked, the words."""
    # Lists, not iterators: SQLite may skip rows of a table that is written while it is read.
    for vote in list(votes_of(erasure.person)):
        take_back(vote)
    mutes_of_and_by(erasure.person).delete()
    with override(settings.LANGUAGE_CODE):
        nobody = _("Former reader")
    for pk in list(comments_of(erasure.person).values_list("pk", flat=True)):
        comment = Comment.objects.select_related("thread").get(pk=pk)
        if erasure.words == Words.TAKE:
            take_words(comment)
        _take_name(comment, nobody)
        changed(f"thread:{comment.thread_id}", comment.tag)


def take_words(comment: Comment) -> None:
    """The comment keeps its place, where something answers it, and says nothing any more; nor do earlier versions."""
    comment.state = visibility.withdraw_comment(comment_id=comment.pk).state
    Version.objects.filter(comment=comment).delete()
    for picture in Picture.objects.filter(comment=comment):
        picture.delete()
        transaction.on_commit(partial(delete_files, picture.name))
    for name in WORDLESS:
        setattr(comment, name, "")
    comment.save(update_fields=WORDLESS)


def _take_name(comment: Comment, nobody: str) -> None:
    comment.reader = comment.guest = None
    comment.author_name, comment.author_email, comment.network_hash = nobody, "", ""
    comment.badge = Badge.GUEST
    comment.save(update_fields=NAMELESS)
