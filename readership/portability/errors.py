"""What may go wrong when an older site comes in. Each holds a sentence that says what to do.

PortabilityError
├── ImportRefused        the file cannot be read at all; nothing of it was taken
├── RecordRefused        one item cannot be taken; the others are
└── RecordLeftOut        one item was not meant to come along
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PortabilityError(Exception):
    message: str | Promise = _("That did not work. Please try again.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)
        if message:
            self.message = message


class ImportRefused(PortabilityError):
    message = _("This file cannot be imported.")


class RecordRefused(PortabilityError):
    message = _("It cannot be taken.")


class RecordLeftOut(PortabilityError):
    message = _("It was left out.")
