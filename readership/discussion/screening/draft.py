"""What the rules are told of a comment before it is stored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    text: str
    html: str
    is_by_staff: bool
    is_by_guest: bool
    published_before_count: int  # published comments by the same person, counted to 1
    is_flood: bool
    has_hidden_field: bool
    holds_guests: bool  # the newsroom's policy
