"""A field that people cannot see was filled in: a program that fills every field did it, or a very odd browser."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    return _("A field that people do not see was filled in.") if draft.has_hidden_field else ""
