"""What links in our mails open. To open one changes nothing: programs open mail too. The button does (attack G07)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from readership.following.answering import question_of, refusing, say_it_was_not_me, say_yes
from readership.following.door import by_token, link_is_over
from readership.following.letters import speaking_to
from readership.following.links import visit_path
from readership.following.mailing import titles_of
from readership.following.stopping import Stop, stop_everything, stop_follows, stop_of
from readership.readers.speaking import speaker_of


@by_token("GET", "HEAD", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    question = question_of(token)
    if question is None:
        return link_is_over(request)
    with speaking_to(question.address):
        if request.method == "POST":
            say_yes(question, speaker=speaker_of(request), now=timezone.now())
            return HttpResponseRedirect(f"{visit_path(question.address)}?said=confirmed#said", status=303)
        shown = {"question": question, "titles": titles_of(list(question.follows)).values()}
        return render(request, "following/confirm.html", shown)


@by_token("GET", "HEAD", "POST")
def not_me(request: HttpRequest, token: str) -> HttpResponseBase:
    address = refusing(token)
    if address is None:
        return link_is_over(request)
    with speaking_to(address):
        is_done = request.method == "POST"
        if is_done:
            say_it_was_not_me(address, now=timezone.now())
        return render(request, "following/not_me.html", {"address": address, "is_done": is_done})


@by_token("GET", "HEAD", "POST", takes_one_click=True)
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """One POST from the mail program stops it, without a page or a cookie (RFC 8058); our own button does the same."""
    found = stop_of(token)
    if found is None:
        return link_is_over(request)
    with speaking_to(found.address):
        if request.method != "POST":
            return _stop_page(request, found)
        if found.follow_ids:
            stop_follows(found.address, found.follow_ids)
        else:
            stop_everything(found.address)
        return _stop_page(request, found)


def _stop_page(request: HttpRequest, found: Stop) -> HttpResponse:
    titles = titles_of(found.follows()).values()
    return render(request, "following/stop.html", {"address": found.address, "titles": titles})
