"""The way to a giver's own page: a new link by mail, or with the account it is joined to."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from readership.funding.giver_door import private
from readership.funding.giver_forms import LinkForm
from readership.funding.giver_links import Way, page_of
from readership.funding.link_mails import ask_for_link
from readership.funding.models import Giver
from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow
from readership.lib.same_origin import from_our_pages_only
from readership.readers.models import Reader


@never_cache
@from_our_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponseBase:
    """Answers the same for every address: nobody learns here who gave (attack E01)."""
    form = LinkForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_valid():
        return _page(request, form, status=400 if form.errors else 200)
    verdict = allow(f"giver-links:{client_network(request.META)}", limits=settings.LINK_LIMITS)
    if not verdict.is_allowed:
        form.add_error(None, _("More links were asked for from your network than we send at once. Please wait a bit."))
        answer = _page(request, form, status=429)
        answer["Retry-After"] = str(verdict.retry_after)
        return answer
    if not form.cleaned_data["website"]:
        ask_for_link(form.cleaned_data["email"], asking=secrets.token_hex(16))
    return HttpResponseRedirect(f"{reverse('gifts:link')}?sent=1", status=303)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """Whoever is signed in with the account that was joined goes on with a key of a few hours."""
    reader = request.user
    giver = Giver.objects.filter(reader=reader).first() if isinstance(reader, Reader) and reader.is_active else None
    return private(HttpResponseRedirect(page_of(giver, Way.ACCOUNT) if giver else reverse("gifts:link")))


def _page(request: HttpRequest, form: LinkForm, *, status: int = 200) -> HttpResponse:
    shown = {"form": form, "is_sent": "sent" in request.GET}
    return render(request, "funding/giver/link.html", shown, status=status)
