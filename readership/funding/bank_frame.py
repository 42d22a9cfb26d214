"""The frame of every page about the bank, and what is said of a file that was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from readership.funding.models import StatementFile
from readership.funding.reading import Reading
from readership.readers.requests import ReaderRequest


def bank_page(request: ReaderRequest, name: str, title: str, *, status: int = 200, **parts: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("funding_desk:overview"), "label": _("Funding")},
    ]
    if name != "lines":
        crumbs.append({"url": reverse("funding_desk:bank"), "label": _("Bank")})
    crumbs.append({"url": "", "label": title})
    frame = {"header_title": title, "page_title": title, "header_icon": "clipboard-list", "breadcrumbs_items": crumbs}
    return render(request, f"funding/admin/bank/{name}.html", {**frame, **parts}, status=status)


def say_read(request: ReaderRequest, read: Reading | StatementFile) -> None:
    """What came of a file, above the page."""
    if read.lines_count and not read.new_lines_count:
        messages.info(request, _("Every line of this file was here already. Nothing was added."))
        return
    said = _("%(lines)s lines read, %(new)s of them new. %(settled)s promised gifts have come.")
    counts = {"lines": read.lines_count, "new": read.new_lines_count, "settled": read.settled_count}
    messages.success(request, said % counts)
