"""Sentences with a number that only the browser knows, in every form that the site's language has.

A browser chooses the form by the same rules (Intl.PluralRules) and puts the number in the place of "#".
"""

from __future__ import annotations

import json
from collections.abc import Callable

from django.utils.translation import ngettext

# One number of each kind that languages tell apart (CLDR); Arabic has all six, English "one" and "other".
KINDS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}

SENTENCES: dict[str, Callable[[int], str]] = {
    "new": lambda n: ngettext("%(count)s new comment", "%(count)s new comments", n),
    "hide": lambda n: ngettext("Hide %(count)s reply", "Hide %(count)s replies", n),
    "show": lambda n: ngettext("Show %(count)s reply", "Show %(count)s replies", n),
    "muted": lambda n: ngettext("%(count)s person muted: manage", "%(count)s people muted: manage", n),
}


def counted(name: str) -> str:
    """JSON: kind → sentence; kinds that say the same as "other" are left out."""
    forms = {kind: SENTENCES[name](number) % {"count": "#"} for kind, number in KINDS.items()}
    said = {kind: words for kind, words in forms.items() if kind == "other" or words != forms["other"]}
    return json.dumps(said, ensure_ascii=False)
