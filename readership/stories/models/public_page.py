"""What all pages of the site share: the same bytes for every reader, kept until something changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import Page

from readership.pagecache import depends_on, share


class PublicPage(Page):
    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        # A preview goes through here as well; it is a draft and never enters the cache (attack J02).
        if not getattr(request, "is_preview", False) and self.live:
            depends_on("site", f"page:{self.pk}")
            share(request)
        answer: TemplateResponse = super().serve(request, *args, **kwargs)
        return answer
