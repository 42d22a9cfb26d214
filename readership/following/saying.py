"""What the own page says was done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "followed": _("Done: you hear of it from now on."),
    "confirmed": _("Thank you. It was you, and you hear of it from now on."),
    "kept": _("Kept."),
    "stopped": _("Stopped. Nothing more of this comes."),
    "stopped_all": _("Everything is stopped. Nothing more comes."),
    "links_ended": _("All old links are over. This page has a new one."),
    "seen": _("All is marked as seen."),
    "push_on": _("Done: news shows on this device as it comes."),
    "push_refused": _("This browser’s way of showing news is not one that we know. Nothing was changed."),
    "push_off": _("News shows on no device any more."),
    "muted": _("You hear nothing of that thread any more."),
}


def sentence(said: str) -> str:
    """Of the words that an address may bring; "" for any other."""
    return str(SENTENCES.get(said, ""))
