"""In the admin: a story or a section with a campaign is not deleted, and a sentence says what to do first.

The database would refuse it too, as an error that nobody can act on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from readership.funding.choosing import campaigns_below


def keep_page_with_campaign(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


def keep_pages_with_campaigns(
    request: HttpRequest, action: str, pages: Iterable[Page], _view: Any
) -> HttpResponse | None:
    return _refuse(request, pages) if action == "delete" else None


def _refuse(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    titles = [campaign.title for page in pages for campaign in campaigns_below(page)]
    if not titles:
        return None
    messages.error(
        request,
        _(
            "Nothing was deleted, because money is raised here: %(campaigns)s."
            " First give the campaign another story or section, or the whole site; or unpublish the page instead."
        )
        % {"campaigns": ", ".join(f"“{title}”" for title in titles)},
    )
    return redirect("wagtailadmin_home")
