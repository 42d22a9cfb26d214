"""How one wants to read: light or dark, how large, comments in which order. Kept in the reader's browser and nowhere
else, because all readers get the same bytes of a page; what belongs to an account is linked from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from readership.discussion.paging import LABELS
from readership.pagecache import depends_on


@dataclass(frozen=True)
class Choice:
    """`values` are (what look.js and <usual-order> know, label); the empty one is the site's or the browser's own."""

    name: str
    label: str | Promise
    values: tuple[tuple[str, str | Promise], ...]


CHOICES = (
    Choice("look", _("Colours"), (("", _("As my device is set")), ("light", _("Light")), ("dark", _("Dark")))),
    Choice("size", _("Size of the text"), (("", _("Usual")), ("large", _("Large")), ("larger", _("Larger")))),
    Choice(
        "order",
        _("Order of comments"),
        (("", _("As the newsroom chose")), *((str(sort), label) for sort, label in LABELS.items())),
    ),
)


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    depends_on("site")
    return render(request, "website/preferences.html", {"choices": CHOICES})
