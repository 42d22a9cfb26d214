"""What all pages of the site share: the same bytes for every reader, kept until something changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from wagtail.models import Page

from readership.lib.languages import has_several
from readership.pagecache import depends_on, share


class PublicPage(Page):
    class Meta:
        abstract = True

    # Whether an alias in another language, which keeps the place of a translation, has a page of its own to show.
    is_list_of_pages: ClassVar[bool] = False

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A preview goes through here as well; it is a draft and never enters the cache (attack J02).
        if not getattr(request, "is_preview", False) and self.live:
            depends_on("site", f"page:{self.pk}")
            share(request)
        if self.alias_of_id and has_several() and not self.is_list_of_pages:
            original = self.alias_of
            if original.locale_id != self.locale_id:
                return HttpResponseRedirect(original.url or "/")
        answer: TemplateResponse = super().serve(request, *args, **kwargs)
        return answer
