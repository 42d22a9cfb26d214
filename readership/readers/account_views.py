"""A reader's own page and what hangs on it. allauth's views stand beside these, behind the same door."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readership.lib.same_origin import from_our_pages_only
from readership.readers import claims
from readership.readers.account_forms import LanguageForm, PictureForm, ProfileForm
from readership.readers.account_page import account_page, sessions_of, ways_to_prove
from readership.readers.address_changes import undo_change, undone_by
from readership.readers.errors import PictureRefused
from readership.readers.joining import claim_of_reader
from readership.readers.language import choose_language, chosen_language
from readership.readers.picturing import change_picture, drop_picture
from readership.readers.profiles import change_profile
from readership.readers.proving import is_waiting_for_proof, send_proof, take_proof
from readership.readers.requests import ReaderRequest
from readership.readers.sessions import end_session, end_sessions
from readership.readers.throttling import may_draw

OwnView = Callable[[ReaderRequest], HttpResponseBase]


def own(*methods: str) -> Callable[[OwnView], Callable[[HttpRequest], HttpResponseBase]]:
    """For whoever is signed in, from our own pages."""

    def guard(view: OwnView) -> Callable[[HttpRequest], HttpResponseBase]:
        guarded = login_required(cast(Callable[[HttpRequest], HttpResponseBase], view))
        return never_cache(from_our_pages_only(require_http_methods(list(methods))(guarded)))

    return guard


@own("GET", "HEAD", "POST")
def mine(request: ReaderRequest) -> HttpResponseBase:
    form = ProfileForm(request.POST if request.method == "POST" else None, reader=request.user, label_suffix="")
    if form.is_valid():
        change_profile(request.user, **form.cleaned_data)
        return redirect(f"{reverse('account_mine')}?said=profile#said")
    return _mine(request, form=form, status=400 if form.errors else 200)


@own("POST")
def picture(request: ReaderRequest) -> HttpResponseBase:
    if "drop" in request.POST:
        drop_picture(request.user)
        return redirect(f"{reverse('account_mine')}?said=dropped#said")
    form = PictureForm(request.POST, request.FILES)
    if not may_draw(request):
        form.add_error("picture", _("Those were many pictures in a short time. Please wait a while."))
    elif form.is_valid():
        try:
            change_picture(request.user, form.cleaned_data["picture"])
        except PictureRefused as refused:
            form.add_error("picture", str(refused.message))
        else:
            return redirect(f"{reverse('account_mine')}?said=picture#said")
    return _mine(request, picture_form=form, status=400)


@own("POST")
def claim(request: ReaderRequest) -> HttpResponseBase:
    claims.take(claim_of_reader(request.user, request), now=timezone.now())
    return redirect(f"{reverse('account_mine')}?said=claimed#said")


@own("GET", "HEAD", "POST")
def sessions(request: ReaderRequest) -> HttpResponseBase:
    here = request.session.session_key or ""
    if request.method == "POST":
        ended = request.POST.get("end", "")
        if ended == "others":
            end_sessions(request.user, but=here)
        else:
            end_session(request.user, ended)
        return redirect("account_sessions")
    return render(request, "readers/sessions.html", {"sessions": sessions_of(request.user, here=here)})


@own("GET", "HEAD", "POST")
def language(request: ReaderRequest) -> HttpResponseBase:
    is_sent = request.method == "POST"
    form = LanguageForm(
        request.POST if is_sent else None, initial={"language": chosen_language(request.user)}, label_suffix=""
    )
    if form.is_valid():
        choose_language(request.user, form.cleaned_data["language"])
        return redirect("account_language")
    return render(request, "readers/language.html", {"form": form}, status=400 if is_sent else 200)


@own("GET", "HEAD", "POST")
def prove(request: ReaderRequest) -> HttpResponseBase:
    """Asks again who it is: a code by mail, or another way that the account has."""
    onward = _onward(request)
    wrong = ""
    if request.method == "POST" and "code" in request.POST:
        if take_proof(request, request.user, request.POST["code"]):
            return HttpResponseRedirect(onward)
        wrong = _("That is not the code, or it is too old. Please look again, or ask for a new one.")
    elif request.method == "POST":
        send_proof(request, request.user)
    shown = {
        "onward": onward,
        "wrong": wrong,
        "is_sent": is_waiting_for_proof(request),
        "ways": ways_to_prove(request.user, onward),
    }
    return render(request, "readers/prove.html", shown, status=400 if wrong else 200)


@never_cache
@from_our_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, token: str) -> HttpResponseBase:
    """The owner of the old address takes the account back. The mail's link only shows the button."""
    change = undone_by(token)
    if change is None:
        return render(request, "readers/link_over.html", status=404)
    if request.method == "POST":
        undo_change(change)
        return render(request, "readers/undone.html")
    return render(request, "readers/undo.html", {"change": change})


def _mine(request: ReaderRequest, *, status: int, **forms: Form) -> HttpResponseBase:
    shown = {
        "form": ProfileForm(reader=request.user, label_suffix=""),
        "picture_form": PictureForm(),
        "page": account_page(request),
        **forms,
    }
    return render(request, "readers/account.html", shown, status=status)


def _onward(request: HttpRequest) -> str:
    given = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if is_ours and given.startswith("/account/") else reverse("account_mine")
