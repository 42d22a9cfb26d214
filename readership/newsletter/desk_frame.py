"""What stands around every page of the newsletter's desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from readership.newsletter.models import Issue
from readership.readers.requests import ReaderRequest


def desk_page(
    request: ReaderRequest, name: str, title: str, *, status: int = 200, issue: Issue | None = None, **parts: Any
) -> HttpResponse:
    """`newsletter/admin/<name>.html`; with an `issue`, below its own page."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("newsletter_issues:index"), "label": _("Newsletter")},
    ]
    if issue and name != "issue":
        crumbs.append({"url": reverse("newsletter_desk:issue", args=[issue.pk]), "label": str(issue)})
    crumbs.append({"url": "", "label": title})
    frame = {"header_title": title, "page_title": title, "header_icon": "mail", "breadcrumbs_items": crumbs}
    return render(request, f"newsletter/admin/{name}.html", {**frame, "issue": issue, **parts}, status=status)
