"""What may go wrong when readers talk. Each holds a sentence that says what to do.

DiscussionError
├── ThreadClosed
├── NotThere             the comment or thread does not exist for this person
├── CommentRefused
│   ├── EmptyComment
│   ├── CommentTooLong
│   ├── NameRefused
│   ├── AddressNeeded
│   ├── GuestsNotAllowed
│   ├── AddressForNews
│   ├── PictureRefused
│   │   ├── NotAPicture
│   │   ├── PictureTooLarge
│   │   ├── PictureNotKept
│   │   └── TooManyPictures
│   └── ReplyToGone
├── MuteRefused
├── TooLate              the time for editing and withdrawing is over
├── VoteRefused
│   └── VotesFrozen
└── TooFast              carries `retry_after` in seconds
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DiscussionError(Exception):
    message: str | Promise = _("That did not work. Please try again.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)
        if message:
            self.message = message


class ThreadClosed(DiscussionError):
    message = _("Comments on this story are closed. Your text is below, so that you can keep it.")


class NotThere(DiscussionError):
    message = _("There is no such comment here, or it is no longer shown.")


class CommentRefused(DiscussionError):
    """The comment cannot be taken as it stands; `field` says where to mend it."""

    field = "text"


class EmptyComment(CommentRefused):
    message = _("Write something first: the comment is empty.")


class CommentTooLong(CommentRefused):
    message = _("That is too long. Please shorten it to 5,000 characters or split it in two.")


class NameRefused(CommentRefused):
    field = "name"
    message = _("Please choose another name.")


class AddressNeeded(CommentRefused):
    field = "email"
    message = _("Please give your e-mail address. It is not shown; your comment appears once you have confirmed it.")


class GuestsNotAllowed(CommentRefused):
    message = _("Only readers with an account may comment here. Please sign in; your text stays in this box.")


class AddressForNews(CommentRefused):
    field = "email"
    message = _("To be told of news we need your e-mail address; or choose to be notified of nothing.")


class ReplyToGone(CommentRefused):
    message = _("The comment you answer is no longer shown. You can post your text as a comment of its own.")


class PictureRefused(CommentRefused):
    field = "picture"
    message = _("Pictures cannot be added to comments here.")


class NotAPicture(PictureRefused):
    message = _("This file cannot be read as a picture. Please choose a whole JPEG, PNG, WebP or GIF.")


class PictureTooLarge(PictureRefused):
    message = _("This picture has too many pixels. Please make it smaller, or choose another one.")


class PictureNotKept(PictureRefused):
    message = _("The picture could not be kept just now. Please try again in a moment, or post without it.")


class TooManyPictures(PictureRefused):
    message = _("Many pictures came from your connection in a short time. Please wait a while, or post without it.")


class MuteRefused(DiscussionError):
    message = _("You cannot mute yourself or the newsroom. If something is wrong with a comment, please tell us.")


class TooLate(DiscussionError):
    message = _("The time for changing this comment is over.")


class VoteRefused(DiscussionError):
    message = _("You cannot vote on your own comment.")


class VotesFrozen(VoteRefused):
    message = _("Votes of guests on this comment are paused, because very many came at once. A moderator will look.")


class TooFast(DiscussionError):
    message = _("That was a lot in a short time. Please wait a moment and try again.")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after
