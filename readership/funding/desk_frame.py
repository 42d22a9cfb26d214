"""What stands around every page of the treasurer's desk, and what their views share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from readership.readers.requests import ReaderRequest

# (name of the address, its arguments, what it is called): the pages between the overview and this one.
Trail = tuple[tuple[str, tuple[Any, ...], str], ...]


def desk_page(
    request: ReaderRequest, name: str, title: str, *, status: int = 200, trail: Trail = (), **parts: Any
) -> HttpResponse:
    """`funding/admin/<name>.html`, below the overview and the pages of `trail`."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if name != "overview":
        crumbs.append({"url": reverse("funding_desk:overview"), "label": _("Funding")})
    crumbs += [{"url": reverse(f"funding_desk:{view}", args=args), "label": label} for view, args, label in trail]
    crumbs.append({"url": "", "label": title})
    frame = {"header_title": title, "page_title": title, "header_icon": "pick", "breadcrumbs_items": crumbs}
    return render(request, f"funding/admin/{name}.html", {**frame, **parts}, status=status)


def asked(request: ReaderRequest) -> str:
    """The filters of a list, for the links to its other pages and its downloads."""
    return urlencode([(name, value) for name, value in request.GET.items() if name != "page"])


def as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
