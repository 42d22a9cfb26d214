"""Where the pages that are somebody's own lead; their doors are following's, and the same key opens both."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

LINK_OVER = "newsletter/link_over.html"


def back_to_own(token: str, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('newsletter:yours', args=[token])}?said={said}#said", status=303)
