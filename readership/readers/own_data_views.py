"""What is held about me: asked for by address, shown behind a mailed link or on the device that wrote it, taken along
as a zip, erased.

No cookie and no sign-in with the link: whoever can read the mail is the person. Answers are kept by nobody, found by no
search engine, and tell no other site where one came from.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readership.lib.client_address import client_network
from readership.lib.rate_limit import allow
from readership.lib.same_origin import from_our_pages_only
from readership.readers import exporting
from readership.readers.address_links import Purpose, claim_of
from readership.readers.erasing import Words, erase_person
from readership.readers.errors import CannotLeave
from readership.readers.guests import guest_of
from readership.readers.holdings import Person, person_by_address, person_by_device
from readership.readers.own_data_forms import AskForm, LeaveForm
from readership.readers.own_data_mail import ask_for_own_data

DEVICE = "device"
View = Callable[[HttpRequest, "Visit"], HttpResponseBase]


@dataclass(frozen=True)
class Visit:
    """Whose page it is, and the key it was opened with: a token, or "device" for the cookie at hand."""

    person: Person
    key: str

    def path(self, name: str) -> str:
        return reverse(f"own_data:{name}", args=[self.key])


def _visit(request: HttpRequest, key: str) -> Visit | None:
    if key == DEVICE:
        guest = guest_of(request)
        return Visit(person_by_device(guest), key) if guest else None
    claim = claim_of(Purpose.OWN_DATA, key)
    return Visit(person_by_address(claim.address.address), key) if claim else None


def own(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """The view gets a `Visit` in the place of the key."""

    def guard(view: View) -> Callable[..., HttpResponseBase]:
        def opened(request: HttpRequest, key: str) -> HttpResponseBase:
            visit = _visit(request, key)
            if visit is None:
                return _private(render(request, "readers/own_data/link_over.html", status=404))
            return _private(view(request, visit))

        return never_cache(from_our_pages_only(require_http_methods(list(methods))(opened)))

    return guard


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    # Our own pages may see where a form came from: its guard asks. Nobody else gets the address, not even the origin.
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@never_cache
@from_our_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Answers the same for every address: nobody learns here who is known (attack E01)."""
    form = AskForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_valid():
        return _ask_page(request, form, status=400 if form.errors else 200)
    verdict = allow(f"own-data-asked:{client_network(request.META)}", limits=settings.LINK_LIMITS)
    if not verdict.is_allowed:
        form.add_error(None, _("More links were asked for from your network than we send at once. Please wait a bit."))
        answer = _ask_page(request, form, status=429)
        answer["Retry-After"] = str(verdict.retry_after)
        return answer
    if not form.cleaned_data["website"]:
        ask_for_own_data(form.cleaned_data["email"], language=get_language() or "", asking=secrets.token_hex(16))
    return HttpResponseRedirect(f"{reverse('own_data:ask')}?sent=1", status=303)


def _ask_page(request: HttpRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    guest = guest_of(request)
    shown = {
        "form": form,
        "is_sent": "sent" in request.GET,
        "device": Visit(person_by_device(guest), DEVICE).path("shown") if guest else "",
    }
    return render(request, "readers/own_data/ask.html", shown, status=status)


@own("GET", "HEAD")
def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    return _own_page(request, visit, LeaveForm(label_suffix=""))


@own("POST")
def download(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    now = timezone.now()
    file = exporting.everything(visit.person, now=now)
    return FileResponse(file, as_attachment=True, filename=f"{settings.SITE_HOST}-{now:%Y-%m-%d}.zip")


@own("POST")
def leave(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    form = LeaveForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _own_page(request, visit, form, status=400)
    try:
        erase_person(visit.person, words=Words(form.cleaned_data["words"]), now=timezone.now())
    except CannotLeave as refused:
        form.add_error(None, str(refused.message))
        return _own_page(request, visit, form, status=409)
    answer = render(request, "readers/own_data/gone.html")
    if visit.key == DEVICE:
        answer.delete_cookie(settings.GUEST_COOKIE_NAME)
    return answer


def _own_page(request: HttpRequest, visit: Visit, form: LeaveForm, *, status: int = 200) -> HttpResponse:
    shown: dict[str, Any] = {"visit": visit, "form": form, "counts": exporting.counts(visit.person)}
    shown |= {"download": visit.path("download"), "leave": visit.path("leave")}
    return render(request, "readers/own_data/shown.html", shown, status=status)
