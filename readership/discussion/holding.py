"""What is held about people who take part in discussions."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from readership.discussion.models import Comment, Mute, Picture, Version, Vote
from readership.discussion.picture_files import Size, read_file
from readership.readers.exporting import files_of
from readership.readers.holdings import Holding, Person, hold, hold_nothing


def comments_of(person: Person) -> QuerySet[Comment]:
    """Written with the account, on a device of theirs, or with their address beside it."""
    whose = Q(guest__in=person.guests)
    if person.reader:
        whose |= Q(reader=person.reader)
    if person.address:
        whose |= Q(author_email__iexact=person.address)
    return Comment.objects.filter(whose)


def votes_of(person: Person) -> QuerySet[Vote]:
    whose = Q(guest__in=person.guests)
    if person.reader:
        whose |= Q(reader=person.reader)
    return Vote.objects.filter(whose)


def mutes_by(person: Person) -> QuerySet[Mute]:
    return Mute.objects.filter(reader=person.reader) if person.reader else Mute.objects.none()


def mutes_of_and_by(person: Person) -> QuerySet[Mute]:
    whose = Q(muted_guest__in=person.guests)
    if person.reader:
        whose |= Q(reader=person.reader) | Q(muted_reader=person.reader)
    return Mute.objects.filter(whose)


@files_of("discussion.Picture")
def picture_file(row: Model) -> Iterator[tuple[str, bytes]]:
    if isinstance(row, Picture) and (content := read_file(row.name, Size.FULL)):
        yield f"pictures/comment-{row.comment_id}.webp", content


hold(
    Holding(
        model="discussion.Comment",
        title=_("Comments"),
        why=_("So that readers can talk with each other."),
        kept=_("Until you take them back or leave. Where you wrote from is a hash, emptied after two days."),
        of=comments_of,
        shown=(
            "id",
            "thread",
            "parent",
            "reader",
            "guest",
            "author_name",
            "author_email",
            "badge",
            "text_source",
            "text_format",
            "text_html",
            "state",
            "held_because",
            "featured_at",
            "created_at",
            "edited_at",
            "up_count",
            "down_count",
            "network_hash",
        ),
        inner=(
            "root",
            "depth",
            "renderer_version",
            "is_listed",
            "is_pinned",
            "agreed_at",
            "guest_up_count",
            "guest_down_count",
            "votes_frozen_at",
            "net_count",
            "best_rank",
            "replies_count",
            "submission_key",
        ),
    ),
    Holding(
        model="discussion.Version",
        title=_("Earlier versions of comments"),
        why=_("So that replies can be understood after a comment was edited."),
        kept=_("As long as the comment."),
        of=lambda person: Version.objects.filter(comment__in=comments_of(person)),
        shown=("id", "comment", "text_html", "written_at", "replaced_at", "is_public"),
    ),
    Holding(
        model="discussion.Picture",
        title=_("Pictures of comments"),
        why=_("Because you sent one with a comment. What a camera writes into a file is thrown away at once."),
        kept=_("As long as the comment."),
        of=lambda person: Picture.objects.filter(comment__in=comments_of(person)),
        shown=("id", "comment", "width", "height", "alt", "made_at"),
        inner=("name",),
    ),
    Holding(
        model="discussion.Vote",
        title=_("Votes"),
        why=_("So that each person counts once. Nobody sees how you voted."),
        kept=_("Until you take them back or leave. Where you voted from is a hash, emptied after two days."),
        of=votes_of,
        shown=("id", "comment", "reader", "guest", "value", "cast_at", "network_hash"),
    ),
    Holding(
        model="discussion.Mute",
        title=_("People you muted"),
        why=_("So that you need not read them."),
        kept=_("Until you take it back or leave."),
        of=mutes_by,
        shown=("id", "reader", "muted_reader", "muted_guest", "name", "muted_at"),
    ),
)
hold_nothing(_("about stories"), "discussion.Thread")
