"""Guests are read first where the newsroom wants it so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    return _("Comments of guests are read before they appear.") if draft.is_by_guest and draft.holds_guests else ""
