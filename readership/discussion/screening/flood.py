"""Many comments from one place in a short time are read first (attack F05)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    return _("Many comments came from one place in a short time.") if draft.is_flood else ""
