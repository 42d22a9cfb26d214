"""Somebody's own page: all they follow and how often they hear of it, opened by a link from our mails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from readership.following.asking import follow_all_replies
from readership.following.door import Visit, own, page
from readership.following.forms import WishesForm, wishes_form
from readership.following.links import visit_path
from readership.following.models import Kind, PushSubscription
from readership.following.push_services import public_key
from readership.following.queries import followed_by, news_for
from readership.following.saying import sentence
from readership.following.seeing import mark_seen
from readership.following.stopping import mute, stop_everything, stop_follows
from readership.following.wishes import choose, language_of
from readership.readers.addresses import confirm_address, end_old_links
from readership.readers.models import MailAddress

LONGEST_ABOUT = 40


@own("GET", "HEAD")
def yours(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = wishes_form(visit.address, language=language_of(visit.address))
    return _yours(request, visit, form, said=request.GET.get("said", ""))


@own("POST")
def wishes(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _yours(request, visit, form, status=400)
    choose(visit.address, form.chosen(), now=timezone.now())
    return visit.back("kept")


@own("POST")
def stop_one(request: HttpRequest, visit: Visit, follow_id: int) -> HttpResponseBase:
    stop_follows(visit.address, [follow_id])
    return visit.back("stopped")


@own("POST")
def stop_all(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    stop_everything(visit.address)
    return visit.back("stopped_all")


@own("POST")
def say_yes_to_one(request: HttpRequest, visit: Visit, follow_id: int) -> HttpResponseBase:
    """Whoever holds the link has shown that mail to the address arrives: no question is needed."""
    now = timezone.now()
    if visit.address.follows.filter(pk=follow_id, confirmed_at=None).update(confirmed_at=now):
        confirm_address(visit.address, now=now)
    return visit.back("confirmed")


@own("POST")
def replies(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    follow_all_replies(visit.address, now=timezone.now())
    return visit.back("followed")


@own("POST")
def end_links(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Every link that was sent before is dead; the one who asked goes on with a new one."""
    end_old_links(visit.address)
    address = MailAddress.objects.get(pk=visit.address.pk)
    return HttpResponseRedirect(f"{visit_path(address)}?said=links_ended#said", status=303)


@own("GET", "HEAD")
def news(request: HttpRequest, visit: Visit) -> HttpResponse:
    given = request.GET.get("below", "")
    below = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None  # noqa: PLR2004
    shown = {"page": news_for(visit.address, below=below), "said": sentence(request.GET.get("said", ""))}
    return page(request, visit, "news.html", shown)


@own("POST")
def seen(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    mark_seen(visit.address, now=timezone.now())
    return visit.back("seen", "news_for")


@own("POST")
def mute_thread(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    about = request.POST.get("about", "")[:LONGEST_ABOUT]
    if visit.address.notices.filter(about=about).exists():
        mute(visit.address, about, now=timezone.now())
    return visit.back("muted", "news_for")


def _yours(request: HttpRequest, visit: Visit, form: WishesForm, *, said: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "follows": followed_by(visit.address),
        "follows_replies": visit.address.follows.filter(kind=Kind.REPLIES).exists(),
        "said": sentence(said),
        "push_key": public_key(),
        "pushes_count": PushSubscription.objects.filter(address=visit.address).count(),
        "new_count": visit.address.notices.filter(seen_at=None)[:100].count(),
    }
    return page(request, visit, "yours.html", shown, status=status)
