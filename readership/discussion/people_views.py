"""Readers' public pages: the same for everybody, so the page cache keeps them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from readership.discussion.paging import read_id
from readership.discussion.people import person_part
from readership.pagecache import share
from readership.readers.models import Reader
from readership.readers.profiles import has_public_page, profile_url, slug_of


@require_safe
def profile(request: HttpRequest, reader_id: int, slug: str) -> HttpResponse:
    """Of whoever has one: of an account that was closed, or whose owner wants none, nobody learns that it is there."""
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None or not has_public_page(reader):
        raise Http404
    if slug != slug_of(reader):
        return redirect(profile_url(reader))
    share(request)
    person = person_part(reader, after=read_id(request.GET.get("after")))
    answer = render(request, "discussion/person.html", {"person": person})
    if not reader.is_indexed:
        answer["X-Robots-Tag"] = "noindex"
    return answer
