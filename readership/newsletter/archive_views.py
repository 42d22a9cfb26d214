"""What was sent to everybody, for whoever comes later. Shared by all readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from readership.newsletter.queries import archive_page, issue_page
from readership.pagecache import share
from readership.stories.queries import absolute


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    share(request)
    page = archive_page(request.GET.get("page"), url=reverse("newsletter:archive"))
    return render(request, "newsletter/archive.html", {"page_of": page})


@require_safe
def issue(request: HttpRequest, edition: str, day: str) -> HttpResponse:
    share(request)
    found = issue_page(edition, day)
    address = absolute(reverse("newsletter:issue", args=[edition, day]))
    return render(request, "newsletter/issue.html", {"issue": found, "canonical_url": address})
