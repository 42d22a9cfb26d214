"""What a browser sent and we do not take, said on a small page of ours that costs no query."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refused(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of bad requests."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(too_much(), status=413)
    title = _("We could not read that")
    sentence = _(
        "What your browser sent was damaged on its way. Nothing was stored. Please go back, where your text still is, "
        "and send it again."
    )
    return HttpResponse(_page(title, sentence), status=400)


def too_much() -> str:
    title = _("That is more than we can take at once")
    sentence = _(
        "Nothing was stored. Please go back, where your text still is. Shorten it, or send it in parts; a picture can "
        "be made smaller."
    )
    return _page(title, sentence)


def _page(title: str, sentence: str) -> str:
    return render_to_string("website/refused.html", {"title": title, "sentence": sentence})
