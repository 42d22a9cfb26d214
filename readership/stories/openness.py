"""Which pages everybody may read: those that are live and that no restriction of Wagtail's covers."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction

from readership.pagecache import remembered


def readable(pages: Any) -> Any:
    """Those of `pages` that everybody may read: Wagtail's public(), without a query of its own each time."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(path_below=path)
    return pages.exclude(Exists(restrictions.filter(path_below__startswith=F("page__path"))))


def is_open(page: Page) -> bool:
    """Whether everybody may read it. Restrictions are few and asked for once, until one changes or a page moves."""
    return bool(page.live) and not page.path.startswith(_restricted_paths())


def _restricted_paths() -> tuple[str, ...]:
    return remembered("restricted paths", _load_restricted_paths, tags=("site",))


def _load_restricted_paths() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
