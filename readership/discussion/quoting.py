"""Pure: the words of a comment as the beginning of a reply to it."""

from __future__ import annotations

from readership.discussion.rendering import plain_words
from readership.lib.text import excerpt

MOST = 300  # characters; quote-link.js cuts at the same length


def quoted(html: str) -> str:
    """`html` as one quoted line and an empty one to write on; "" when there is nothing to quote."""
    words = excerpt(plain_words(html), MOST)
    return f"> {words}\n\n" if words else ""
