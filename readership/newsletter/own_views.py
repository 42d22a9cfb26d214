"""What links in our mails open. To open one changes nothing: programs open mail too. The button does (attack G07)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.following.door import Visit, by_token, link_is_over, own
from readership.following.letters import speaking_to
from readership.newsletter.door import LINK_OVER, back_to_own
from readership.newsletter.forms import WishesForm
from readership.newsletter.joining import question_of, say_yes
from readership.newsletter.links import own_link, stopped_by
from readership.newsletter.models import Edition, Subscription
from readership.newsletter.queries import choices, wishes_at
from readership.newsletter.stopping import choose, stop_all, stop_edition
from readership.readers.address_links import Purpose, token_of
from readership.readers.speaking import speaker_of


def sentence(said: str) -> str:
    """What was done, by the word in the address; nothing for any other word."""
    sentences = {
        "subscribed": _("Subscribed: it comes from now on."),
        "kept": _("Kept: this is what comes from now on."),
        "stopped": _("Stopped: no newsletter comes any more."),
    }
    return sentences.get(said, "")


@by_token("GET", "HEAD", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    question = question_of(token)
    if question is None:
        return link_is_over(request, LINK_OVER)
    with speaking_to(question.address):
        if request.method == "POST":
            say_yes(question, reader=speaker_of(request).reader, now=timezone.now())
            return back_to_own(token_of(Purpose.VISIT, question.address), "subscribed")
        first = question.subscriptions[0]
        shown = {
            "question": question,
            "editions": [Edition(one.edition).label for one in question.subscriptions],
            "narrowed": [*(one.title for one in first.sections.all()), *(one.name for one in first.topics.all())],
        }
        return render(request, "newsletter/confirm.html", shown)


@by_token("GET", "HEAD", "POST", takes_one_click=True)
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """One POST from the mail program stops it, without a page or a cookie (RFC 8058); our own button does the same."""
    found = stopped_by(token)
    if found is None:
        return link_is_over(request, LINK_OVER)
    address, edition = found
    with speaking_to(address):
        if request.method == "POST":
            stop_edition(address, edition, now=timezone.now())
        is_active = Subscription.objects.active().filter(address=address, edition=edition).exists()
        shown = {"address": address, "edition": edition.label, "is_active": is_active, "own_url": own_link(address)}
        return render(request, "newsletter/stop.html", shown)


@own("GET", "HEAD", over=LINK_OVER)
def yours(request: HttpRequest, visit: Visit) -> HttpResponse:
    shown = {
        "choices": choices(wishes_at(visit.address)),
        "address": visit.address,
        "token": visit.token,
        "said": sentence(request.GET.get("said", "")),
        "has_any": Subscription.objects.active().filter(address=visit.address).exists(),
    }
    return render(request, "newsletter/yours.html", shown)


@own("POST", over=LINK_OVER)
def choose_wishes(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Only the owner of a confirmed address has such a link: no question is needed."""
    form = WishesForm(request.POST)
    if form.is_valid():
        choose(visit.address, form.wishes(), now=timezone.now())
    return back_to_own(visit.token, "kept")


@own("POST", over=LINK_OVER)
def stop_everything(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    stop_all(visit.address, now=timezone.now())
    return back_to_own(visit.token, "stopped")
