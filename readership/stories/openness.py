"""Which pages everybody may read: those that are live and that no restriction of Wagtail's covers."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction


def _is_restricted() -> Exists:
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(path_below=path)
    return Exists(restrictions.filter(path_below__startswith=F("page__path")))


def readable(pages: Any) -> Any:
    """Those of `pages` that everybody may read: Wagtail's public(), without a query of its own each time."""
    return pages.exclude(_is_restricted())


def with_openness(pages: Any) -> Any:
    """`pages` with what is_open() asks, so that it costs no query."""
    return pages.annotate(is_restricted=_is_restricted())


def is_open(page: Page) -> bool:
    """Whether everybody may read it. Two queries, none when the page came through with_openness()."""
    if not page.live:
        return False
    known: bool | None = getattr(page, "is_restricted", None)
    return not (page.get_view_restrictions().exists() if known is None else known)
