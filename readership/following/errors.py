"""What may go wrong when somebody follows. Each holds a sentence that says what to do.

FollowingError
├── NotThere     what one wants to follow does not exist for this person, or the link is over
├── NothingChosen
├── AddressMissing
└── TooFast      carries `retry_after` in seconds
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FollowingError(Exception):
    message: str | Promise = _("That did not work. Please try again.")

    def __init__(self) -> None:
        super().__init__(self.message)


class NotThere(FollowingError):
    message = _("There is nothing to follow at this address, or it is no longer shown.")


class NothingChosen(FollowingError):
    message = _("Please choose what you want to hear of.")


class AddressMissing(FollowingError):
    message = _("Please give the e-mail address that the news should go to.")


class TooFast(FollowingError):
    message = _("That was often from your network in a short time. Please wait a little and send it again.")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after
