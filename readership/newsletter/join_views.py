"""To subscribe, and the way back to one's own page. The form is on a page that everybody shares."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from readership.following.door import door
from readership.following.forms import AddressForm
from readership.following.knowing import own_address
from readership.following.limits import allow_asking
from readership.newsletter.door import back_to_own
from readership.newsletter.editions import editions_on
from readership.newsletter.forms import SignUpForm
from readership.newsletter.joining import ask_to_subscribe, subscribe_now
from readership.newsletter.link_mails import ask_for_link
from readership.newsletter.links import visit_path
from readership.newsletter.models import Edition
from readership.newsletter.queries import choices
from readership.newsletter.wishes import Wishes
from readership.pagecache import share
from readership.readers.address_links import Purpose, token_of
from readership.readers.speaking import speaker_of


@require_safe
def sign_up(request: HttpRequest) -> HttpResponse:
    """The same for everybody. Without an edition that is switched on, it says so."""
    share(request)
    return render(request, "newsletter/sign_up.html", {"choices": choices()})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    share(request)
    return render(request, "newsletter/asked.html")


@door("GET", "HEAD", "POST")
def join(request: HttpRequest) -> HttpResponseBase:
    """Answers the same for every address, but to somebody whose own it is known to be."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("newsletter:sign_up"))
    if not editions_on():
        raise Http404
    address = own_address(speaker_of(request))
    form = SignUpForm(request.POST, is_known=address is not None)
    if not form.is_valid():
        return _again(request, form)
    allow_asking(request)
    on = editions_on()
    given = form.wishes()
    wishes = Wishes(tuple(one for one in given.editions if one in on), given.topics, given.sections)
    email = form.cleaned_data["email"].strip().lower()
    if address and email in {"", address.address}:
        subscribe_now(address, wishes, now=timezone.now())
        return back_to_own(token_of(Purpose.VISIT, address), "subscribed")
    if not form.cleaned_data["website"]:
        ask_to_subscribe(email, wishes, key=secrets.token_hex(16))
    return HttpResponseRedirect(reverse("newsletter:asked"), status=303)


def _again(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    given = form.cleaned_data
    chosen = Wishes(
        tuple(map(Edition, given.get("edition", ()))), tuple(given.get("topic", ())), tuple(given.get("section", ()))
    )
    return render(request, "newsletter/sign_up.html", {"choices": choices(chosen), "form": form}, status=400)


@door("GET", "HEAD", "POST")
def link(request: HttpRequest) -> HttpResponseBase:
    """Answers the same for every address: nobody learns here who subscribed to what (attack E01)."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = {"form": form, "is_sent": "sent" in request.GET}
        return render(request, "newsletter/link.html", shown, status=400 if form.errors else 200)
    allow_asking(request)
    if not form.cleaned_data["website"]:
        ask_for_link(form.cleaned_data["email"], asking=secrets.token_hex(16))
    return HttpResponseRedirect(f"{reverse('newsletter:link')}?sent=1", status=303)


@door("GET", "HEAD")
def mine(request: HttpRequest) -> HttpResponseBase:
    """Whoever is known by an account or a device goes on with a key of a few hours."""
    address = own_address(speaker_of(request))
    return HttpResponseRedirect(visit_path(address) if address else reverse("newsletter:link"))
