"""Where the newsroom wants it so, a guest's comment appears once its writer has confirmed an address."""

from __future__ import annotations

from readership.discussion.models import AWAITS_ADDRESS
from readership.discussion.screening.draft import Draft


def reason(draft: Draft) -> str:
    return AWAITS_ADDRESS if draft.awaits_address else ""
