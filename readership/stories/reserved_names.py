"""Nobody but an author writes under an author's name."""

from __future__ import annotations

from readership.lib.skeleton import skeleton
from readership.pagecache import remembered
from readership.readers.names import reserves_names
from readership.stories.models import Author


@reserves_names
def author_skeletons() -> frozenset[str]:
    return remembered("author skeletons", _read, tags=("authors",))


def _read() -> frozenset[str]:
    return frozenset(skeleton(name) for name in Author.objects.values_list("name", flat=True))
