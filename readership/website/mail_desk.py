"""What was given up, in the admin: look, try again, let go."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.outbox import given_up
from readership.readers.requests import ReaderRequest
from readership.website.mail_access import given_up_or_404, may_see_addresses, only_for_mail
from readership.website.mail_list import given_up_page, mail_line, mail_state


@require_GET
@only_for_mail
def overview(request: ReaderRequest) -> HttpResponse:
    shows_addresses = may_see_addresses(request.user)
    page, lines = given_up_page(number=request.GET.get("page"), shows_addresses=shows_addresses)
    state = mail_state(now=timezone.now(), shows_addresses=shows_addresses)
    return _page(request, "mail", _("Mail"), page=page, lines=lines, state=state, query="")


@require_POST
@only_for_mail
def again(request: ReaderRequest, item_id: int) -> HttpResponseBase:
    if given_up.try_again(item_id, now=timezone.now()):
        messages.success(request, _("It is tried again now."))
    else:
        messages.warning(request, _("It is no longer given up: somebody was quicker."))
    return redirect("mail_desk:overview")


@require_POST
@only_for_mail
def all_again(request: ReaderRequest) -> HttpResponseBase:
    count = given_up.try_all_again(now=timezone.now())
    said = ngettext("%(count)s is tried again now.", "%(count)s are tried again now.", count) % {"count": count}
    messages.success(request, said)
    return redirect("mail_desk:overview")


@require_http_methods(["GET", "POST"])
@only_for_mail
def let_go(request: ReaderRequest, item_id: int) -> HttpResponseBase:
    """Asks first: nothing brings it back."""
    line = mail_line(given_up_or_404(item_id), shows_addresses=may_see_addresses(request.user))
    if request.method == "POST":
        given_up.let_go(item_id)
        log(request.user, "outbox.let_go", user=request.user, data={"kind": line.kind})
        messages.success(request, _("Let go: %(what)s.") % {"what": line.kind})
        return redirect("mail_desk:overview")
    return _page(request, "mail_let_go", _("Let go"), line=line)


def _page(request: ReaderRequest, name: str, title: str, **parts: Any) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if name != "mail":
        crumbs.append({"url": reverse("mail_desk:overview"), "label": _("Mail")})
    crumbs.append({"url": "", "label": title})
    frame = {"header_title": title, "page_title": title, "header_icon": "mail", "breadcrumbs_items": crumbs}
    return render(request, f"website/admin/{name}.html", {**frame, **parts})
