"""Rules that may hold a new comment for a moderator, in order; the first that speaks is heard.

Each rule is one file and one pure function: it is given what is known of the comment and answers with the reason, in
words for moderators and the writer, or with "".
"""

from __future__ import annotations

from readership.discussion.screening import flood, hidden_field, links, newcomers, pictures, unconfirmed
from readership.discussion.screening.draft import Draft

# The last only when no other speaks: what it holds appears without a moderator.
RULES = (
    hidden_field.reason,
    flood.reason,
    newcomers.reason,
    links.reason,
    pictures.reason,
    unconfirmed.reason,
)


def why_held(draft: Draft) -> str:
    """Why a moderator should read `draft` first, or "" when it may appear at once."""
    if draft.is_by_staff:
        return ""
    return next((reason for rule in RULES if (reason := rule(draft))), "")


__all__ = ["Draft", "why_held"]
