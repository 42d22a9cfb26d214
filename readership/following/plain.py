"""Pure: words of strangers in a mail of ours: as text, with nothing in them to click on (attack G05)."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S+", re.IGNORECASE)
# What mail programs make a link of though nobody wrote one: “evil.example”.
LIKE_A_HOST = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2,})|@(?=\w)")
NO_LINK = "\u200b"


def defused(text: str, *, link: str) -> str:
    """`link` stands in the place of each address."""
    return LIKE_A_HOST.sub(rf"\g<0>{NO_LINK}", ADDRESS.sub(link, text))
