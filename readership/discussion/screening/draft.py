"""What the rules are told of a comment before it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from readership.discussion.models import Badge


@dataclass(frozen=True)
class Draft:
    text: str
    html: str
    name: str
    badge: Badge
    has_published_before: bool  # a guest whose comment was published before
    is_flood: bool
    has_hidden_field: bool
    holds_guests: bool  # the newsroom's policy
    has_picture: bool = False
    awaits_address: bool = False  # the newsroom's policy, and a guest who has not confirmed one

    @property
    def is_by_staff(self) -> bool:
        return self.badge in {Badge.AUTHOR, Badge.STAFF}

    @property
    def is_by_guest(self) -> bool:
        return self.badge in {Badge.GUEST, Badge.VERIFIED}
