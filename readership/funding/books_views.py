"""The open books, the wall of givers, and the ledger as files. All of it is the same for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from readership import pagecache
from readership.funding.books import open_books
from readership.funding.public_ledger import ledger_file
from readership.funding.wall import wall
from readership.stories.listing import page_number

NAMES_IN_THE_BOOKS = 60


@require_safe
def books(request: HttpRequest, year: int | None = None) -> HttpResponse:
    pagecache.depends_on("site")
    shown = open_books(year)
    if shown is None:
        raise Http404
    pagecache.share(request)
    return render(request, "website/books.html", {"books": shown, "wall": wall(per_page=NAMES_IN_THE_BOOKS)})


@require_safe
def givers(request: HttpRequest) -> HttpResponse:
    pagecache.depends_on("site")
    number = page_number(request.GET.get("page"))
    shown = wall(number)
    if number > 1 and not shown.givers:
        raise Http404
    pagecache.share(request)
    return render(request, "website/givers.html", {"wall": shown})


@require_safe
def ledger(request: HttpRequest, number: int) -> HttpResponse:
    lines = ledger_file(number)
    if lines is None:
        raise Http404
    pagecache.share(request)
    name = f"ledger-{number}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
