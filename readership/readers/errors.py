"""What may go wrong with people: each holds a sentence that one can act on.

ReadersError
├── NameRefused        nobody may use this name
├── CannotLeave        not yet: the sentence says what to do first
│   ├── StaffCannotLeave   who works here is part of what was published
│   └── StillRunning       something would go on without them
└── PictureRefused     no picture of oneself can be made of this file
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReadersError(Exception):
    message: str | Promise = _("That did not work. Please try again.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)
        if message:
            self.message = message


class NameRefused(ReadersError):
    message = _("That name cannot be used. Please choose another one.")


class PictureRefused(ReadersError):
    message = _("This file is no picture that we can read. JPEG, PNG and WebP work everywhere.")


class CannotLeave(ReadersError):
    message = _("You cannot leave yet.")


class StillRunning(CannotLeave):
    message = _("Something of yours is still running. Please stop it first.")


class StaffCannotLeave(CannotLeave):
    message = _(
        "This account works for the newsroom, and stories and decisions carry its name. "
        "Please ask whoever runs the site to end it."
    )
