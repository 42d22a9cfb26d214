"""The languages that Readership speaks, and those of them that a newsroom's stories are in."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

# Each by its own name: whoever looks for it knows that one.
SPOKEN = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
]


def of_stories(own: str, others: Sequence[str]) -> list[tuple[str, str]]:
    """The site's own first. One that is a variant of ours, such as "en-gb", may stand alone."""
    names = dict(SPOKEN)
    codes = list(dict.fromkeys([own, *(code.lower() for code in others)]))
    unknown = [code for code in codes if code not in names]
    if len(codes) > 1 and unknown:
        raise ImproperlyConfigured(
            f"READERSHIP_LANGUAGES and READERSHIP_LANGUAGE must be of {', '.join(names)}, not “{unknown[0]}”."
        )
    base = own if own in names else own.partition("-")[0]
    if len(codes) == 1:
        return [(base, names[base])] if base in names else [("en", names["en"])]
    return [(code, names[code]) for code in codes]
