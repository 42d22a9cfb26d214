"""A giver's own page, and what is chosen there for all gifts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from readership.funding.errors import AccountTaken, PublicNameMissing
from readership.funding.giver_door import Visit, own, page
from readership.funding.giver_forms import WishesForm
from readership.funding.giver_links import page_of
from readership.funding.giver_page import giver_page
from readership.funding.giver_wishes import be_named, join_account, leave_account, public_name_of, speak, wear_badge
from readership.funding.givers import end_old_links
from readership.funding.letters import speaking_to
from readership.funding.models import Giver
from readership.funding.wording import giver_sentence
from readership.readers.models import Reader


@own("GET", "HEAD")
def yours(request: HttpRequest, visit: Visit) -> HttpResponse:
    said = giver_sentence(request.GET.get("said", ""))
    return _page(request, visit, _wishes(visit.giver), said=said)


@own("POST")
def wishes(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    form = WishesForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, visit, form, status=400)
    chosen = form.cleaned_data
    try:
        be_named(visit.giver, is_named=chosen["is_named"], public_name=chosen["public_name"])
    except PublicNameMissing as refused:
        form.add_error("public_name", str(refused.message))
        return _page(request, visit, form, status=400)
    wear_badge(visit.giver, wants_badge=chosen["wants_badge"])
    speak(visit.giver, chosen["language"])
    return visit.back("kept")


@own("POST")
def end_links(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every link that was sent before is dead; the one who asked goes on with a new one."""
    end_old_links(visit.giver)
    giver = Giver.objects.get(pk=visit.giver.pk)
    return HttpResponseRedirect(f"{page_of(giver)}?said=links_ended#said", status=303)


@own("POST")
def join(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The proof is to hold both: this page's link, and the account one is signed in with."""
    reader = request.user
    if not isinstance(reader, Reader) or not reader.is_active:
        return visit.back("sign_in")
    try:
        join_account(visit.giver, reader)
    except AccountTaken as refused:
        return _page(request, visit, _wishes(visit.giver), refusal=str(refused.message), status=409)
    return visit.back("joined")


@own("POST")
def leave(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    leave_account(visit.giver)
    return visit.back("left")


def _wishes(giver: Giver) -> WishesForm:
    name = public_name_of(giver)
    with speaking_to(giver) as language:
        chosen = {
            "is_named": bool(name),
            "public_name": name or giver.name,
            "wants_badge": giver.wants_badge,
            "language": language,
        }
    return WishesForm(initial=chosen, label_suffix="")


def _page(
    request: HttpRequest, visit: Visit, form: WishesForm, *, said: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    reader = request.user if isinstance(request.user, Reader) else None
    shown = {
        "page": giver_page(visit.giver),
        "form": form,
        "said": said,
        "refusal": refusal,
        "reader": reader,
        "this_year": timezone.localdate().replace(month=1, day=1),
    }
    return page(request, visit, "page.html", shown, status=status)
