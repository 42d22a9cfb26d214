"""The door to every page about an account, ours and allauth's, and to Wagtail's sign-in."""

from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readership.lib.same_origin import says_it_is_foreign
from readership.readers.guests import ACTED_COOKIE, mark_acted
from readership.readers.models import Reader
from readership.readers.proving import is_fresh
from readership.readers.throttling import seconds_to_wait

ACCOUNT, STAFF_DOOR = "/account/", "/admin/login/"
# Whatever changes how the account is opened; not the pages on which one proves it, or only looks.
NEEDS_PROOF = ("/account/email/", "/account/password/set/", "/account/password/change/", "/account/2fa/",
               "/account/3rdparty/", "/account/erase/")  # fmt: skip
PROVES = ("/account/2fa/authenticate/", "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/",
          "/account/2fa/webauthn/login/", "/account/2fa/webauthn/signup/", "/account/3rdparty/signup/",
          "/account/3rdparty/login/")  # fmt: skip
# Each answer begins a session, for whoever asks.
ASKS_FOR_PASSKEY = "/account/2fa/webauthn/login/"
SHOWS = ("/account/2fa/", "/account/2fa/webauthn/")


def guard_doors(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Touches no other page: those are shared, and look at no session."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith((ACCOUNT, STAFF_DOOR)):
            return get_response(request)
        if request.method == "POST" and says_it_is_foreign(request):
            # Before it is counted: else another site could use up what its visitor's network may do.
            return _private(request, HttpResponseForbidden(_("This form was not sent from our own page.")))
        if (request.method == "POST" or request.path == ASKS_FOR_PASSKEY) and (wait := seconds_to_wait(request)):
            return _private(request, _say_wait(request, wait))
        if _lacks_proof(request):
            query = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
            return _private(request, HttpResponseRedirect(f"{reverse('account_prove')}?{query}"))
        return _private(request, get_response(request))

    return answer


def _lacks_proof(request: HttpRequest) -> bool:
    path = request.path
    if not path.startswith(NEEDS_PROOF) or path.startswith(PROVES):
        return False
    if path in SHOWS and request.method in {"GET", "HEAD"}:
        return False
    reader = request.user
    return isinstance(reader, Reader) and not is_fresh(request, reader)


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Found by no search engine, kept by nobody; no other site learns where one came from (attacks L09, L11)."""
    if request.path.startswith(ACCOUNT):
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store, private"
        if ACTED_COOKIE not in request.COOKIES and request.user.is_authenticated:
            mark_acted(response)
    return response


def _say_wait(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = math.ceil(seconds / 60)
    wait = ngettext(
        "There were many tries from your network. Please try again in %(minutes)d minute.",
        "There were many tries from your network. Please try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    context = {
        "title": _("Please wait a little"),
        "sentence": wait,
        "link_url": reverse("account_login"),
        "link_label": _("Back to signing in"),
    }
    response = render(request, "website/message.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
