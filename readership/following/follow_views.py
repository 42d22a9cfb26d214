"""To follow without commenting, and the way back to one's own page."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from readership.following.asking import ask_to_follow, follow_now
from readership.following.door import door
from readership.following.errors import NothingChosen, NotThere
from readership.following.forms import AddressForm
from readership.following.knowing import own_address
from readership.following.limits import allow_asking
from readership.following.link_mails import ask_for_link
from readership.following.links import visit_path
from readership.following.registry import Subject
from readership.following.wanting import Choice, Want, followable, read_wants
from readership.readers.speaking import speaker_of


@door("GET", "HEAD", "POST")
def follow(request: HttpRequest) -> HttpResponseBase:
    """What a form names by `what`, and first by `beside` where one may choose more than that."""
    offered = followable(read_wants(_sent(request).getlist("beside") + _sent(request).getlist("what")))
    if not offered:
        raise NotThere
    speaker = speaker_of(request)
    address = own_address(speaker)
    is_sent = request.method == "POST"
    form = AddressForm(request.POST if is_sent else None, is_known=address is not None)
    chosen = [want for want in read_wants(_sent(request).getlist("what")) if want in dict(offered)]
    if is_sent and not chosen:
        form.add_error(None, str(NothingChosen.message))
    if not is_sent or not form.is_valid():
        return _page(request, form, offered, chosen)
    allow_asking(request)
    about = offered[0][1].about
    email = form.cleaned_data["email"].strip().lower()
    if address and email in {"", address.address}:
        follow_now(address, chosen, about=about, now=timezone.now())
        return HttpResponseRedirect(f"{visit_path(address)}?said=followed#said", status=303)
    if not form.cleaned_data["website"]:
        key = secrets.token_hex(16)
        ask_to_follow(email, chosen, about=about, key=key, guest=speaker.guest)
    return HttpResponseRedirect(reverse("following:asked"), status=303)


def _sent(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _page(
    request: HttpRequest, form: AddressForm, offered: list[tuple[Want, Subject]], chosen: list[Want]
) -> HttpResponse:
    shown = {
        "form": form,
        "choices": [Choice(str(want), subject.title, want in chosen) for want, subject in offered],
        "back_url": offered[0][1].url,
    }
    return render(request, "following/follow.html", shown, status=400 if form.errors else 200)


@door("GET", "HEAD")
def asked(request: HttpRequest) -> HttpResponseBase:
    return render(request, "following/asked.html")


@door("GET", "HEAD", "POST")
def link(request: HttpRequest) -> HttpResponseBase:
    """Answers the same for every address: nobody learns here who follows what (attack E01)."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = {"form": form, "is_sent": "sent" in request.GET}
        return render(request, "following/link.html", shown, status=400 if form.errors else 200)
    allow_asking(request)
    if not form.cleaned_data["website"]:
        ask_for_link(form.cleaned_data["email"], asking=secrets.token_hex(16))
    return HttpResponseRedirect(f"{reverse('following:link')}?sent=1", status=303)


@door("GET", "HEAD")
def mine(request: HttpRequest) -> HttpResponseBase:
    return _visit(request, "yours")


@door("GET", "HEAD")
def news(request: HttpRequest) -> HttpResponseBase:
    return _visit(request, "news_for")


def _visit(request: HttpRequest, page: str) -> HttpResponseBase:
    """Whoever is known by an account or a device goes on with a key of a few hours."""
    address = own_address(speaker_of(request))
    return HttpResponseRedirect(visit_path(address, page) if address else reverse("following:link"))
