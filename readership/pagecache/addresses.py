"""What of an address may make a difference to a page: its path and the known arguments, in one form.

Everything else (tracking arguments, odd values, other names of the host) leads to the same page, so that it
can neither split the cache nor get into it.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from readership.lib.languages import without_language

# Prefixes of whatever is personal, is written to, or is kept elsewhere. These see cookies; no other path
# does.
BYPASS: tuple[str, ...] = getattr(
    settings,
    "PAGE_CACHE_BYPASS",
    (
        "/account/",
        "/admin/",
        "/api/",
        "/discuss/",
        "/follow/",
        "/gifts/",
        "/guests/",
        "/mail/",
        "/newsletter/confirm/",
        "/newsletter/join/",
        "/newsletter/link/",
        "/newsletter/mine/",
        "/newsletter/stop/",
        "/newsletter/yours/",
        "/own-data/",
        "/search/",
        "/static/",
        "/media/",
        "/documents/",
        "/readyz",
        "/metrics",
    ),
)
ARGUMENTS: tuple[str, ...] = getattr(
    settings,
    "PAGE_CACHE_ARGUMENTS",
    ("sort", "filter", "since", "show", "nth", "after", "comment", "replies", "page", "p", "page_id"),
)
LONGEST_QUERY = 2_000
# Words, numbers and cursors. Anything else is no argument of ours.
VALUE = re.compile(r"[\w.:~=-]{1,80}", re.ASCII)
OWN = re.compile(r"(?:^|&)own=1(?:&|$)")


def is_kept(path: str, query: str) -> bool:
    """Whether the page at this address may be kept. `own=1` is a writer's own view of it, never kept."""
    return not without_language(path).startswith(BYPASS) and not (query and OWN.search(query))


def canonical_query(query: str) -> str:
    """The known arguments of `query` in fixed order; of one given twice, the last, as Django reads it."""
    if not query:
        return ""
    given = dict(parse_qsl(query[:LONGEST_QUERY], errors="ignore"))
    return urlencode([(name, given[name]) for name in ARGUMENTS if VALUE.fullmatch(given.get(name, ""))])
