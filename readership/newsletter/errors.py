"""What may go wrong with newsletters. Each holds a sentence that says what to do.

NewsletterError
├── NotOpen       the issue is on its way or a digest: nothing of it can be changed or sent any more
├── NothingToSend it has neither text nor stories
├── NobodyGetsIt  no subscriber is in the audience
└── TimeIsPast    what is scheduled must lie ahead
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NewsletterError(Exception):
    message: str | Promise = _("That did not work. Please try again.")

    def __init__(self) -> None:
        super().__init__(self.message)


class NotOpen(NewsletterError):
    message = _("This issue is on its way already, or it was: nothing of it can be changed any more.")


class NothingToSend(NewsletterError):
    message = _("There is nothing in this issue yet. Please write a text or choose a story.")


class NobodyGetsIt(NewsletterError):
    message = _("Nobody would get this issue: no subscriber is among those you chose.")


class TimeIsPast(NewsletterError):
    message = _("That time is past. Please choose one that lies ahead.")
