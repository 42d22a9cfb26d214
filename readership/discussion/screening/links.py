"""A guest's first comment with a link in it is read first (attack F16)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    if draft.is_by_guest and not draft.has_published_before and "<a " in draft.html:
        return _("The first comment of a guest holds a link.")
    return ""
