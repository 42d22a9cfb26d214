"""A guest's picture is looked at first: nobody has to see by chance what somebody without a name put there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    return _("A guest added a picture.") if draft.is_by_guest and draft.has_picture else ""
