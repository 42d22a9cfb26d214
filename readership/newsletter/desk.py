"""One issue at the desk: look at it, try it, schedule it, send it, take it back; and which editions there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.log_actions import log

from readership.newsletter import sending
from readership.newsletter.access import issue_or_404, may_look, may_plan, may_send, may_write, only_if
from readership.newsletter.audience import count_of
from readership.newsletter.contents import contents_of
from readership.newsletter.desk_forms import PlanForm, TimeForm
from readership.newsletter.desk_frame import desk_page
from readership.newsletter.editions import keep_plan, plan_of
from readership.newsletter.errors import NewsletterError
from readership.newsletter.mailing import sender_of, ways_of_nobody, write
from readership.newsletter.models import Edition, Issue, IssueState, Subscription
from readership.newsletter.trying import send_test
from readership.readers.requests import ReaderRequest

# The mail has its own styles, and needs nothing else; nothing in it may act.
LOOKED_AT = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@require_GET
@only_if(may_look)
def issue(request: ReaderRequest, issue_id: int) -> HttpResponse:
    return _page(request, issue_or_404(issue_id), TimeForm())


def _page(request: ReaderRequest, found: Issue, form: TimeForm, *, status: int = 200) -> HttpResponse:
    contents = contents_of(found)
    written = write(found, contents, ways_of_nobody(), language=get_language() or "en")
    return desk_page(
        request,
        "issue",
        str(found),
        status=status,
        issue=found,
        form=form,
        written=written,
        sender=sender_of(Edition(found.edition)),
        is_empty=contents.is_empty,
        audience_count=count_of(found) if found.is_open else found.expected_count,
        may_send=may_send(request.user),
        may_write=may_write(request.user),
        progress=_progress(found),
    )


def _progress(found: Issue) -> dict[str, int] | None:
    """Of those who were to get it when sending began."""
    if found.started_at is None:
        return None
    sent = found.deliveries.filter(sent_at__isnull=False).count()
    left_out = found.deliveries.filter(left_out_at__isnull=False).count()
    whole = max(found.expected_count, found.put_count, 1)
    return {"sent": sent, "left_out": left_out, "done": sent + left_out, "whole": whole}


@require_GET
@only_if(may_look)
@xframe_options_sameorigin
def preview(request: ReaderRequest, issue_id: int) -> HttpResponse:
    """The mail alone, as it will be; for a frame."""
    found = issue_or_404(issue_id)
    written = write(found, contents_of(found), ways_of_nobody(), language=get_language() or "en")
    return HttpResponse(written.html, headers={"Content-Security-Policy": LOOKED_AT, "Cache-Control": "no-store"})


@require_POST
@only_if(may_write)
def test(request: ReaderRequest, issue_id: int) -> HttpResponseBase:
    send_test(issue_or_404(issue_id), request.user)
    messages.success(request, _("A test is on its way to %(email)s.") % {"email": request.user.email})
    return redirect("newsletter_desk:issue", issue_id)


@require_POST
@only_if(may_send)
def schedule(request: ReaderRequest, issue_id: int) -> HttpResponseBase:
    found, form = issue_or_404(issue_id), TimeForm(request.POST)
    if form.is_valid():
        try:
            sending.schedule(found.pk, send_at=form.cleaned_data["send_at"], now=timezone.now())
        except NewsletterError as refused:
            form.add_error("send_at", str(refused.message))
        else:
            _note(request, found, "newsletter.schedule")
            messages.success(request, _("Scheduled. Until then it can be changed and taken back."))
            return redirect("newsletter_desk:issue", issue_id)
    return _page(request, found, form, status=400)


@require_http_methods(["GET", "POST"])
@only_if(may_send)
def send(request: ReaderRequest, issue_id: int) -> HttpResponseBase:
    """First tells how many get it; sent only by the button there."""
    found = issue_or_404(issue_id)
    if request.method == "GET":
        return desk_page(
            request,
            "send",
            _("Send now"),
            issue=found,
            audience_count=count_of(found),
            sender=sender_of(Edition(found.edition)),
        )
    return _done(
        request,
        found,
        lambda: sending.send_now(found.pk, now=timezone.now()),
        "newsletter.send",
        _("It is being sent."),
    )


@require_POST
@only_if(may_send)
def take_back(request: ReaderRequest, issue_id: int) -> HttpResponseBase:
    """Before its time: a draft again. While it is being sent: what is not sent yet stays here."""
    found = issue_or_404(issue_id)
    if found.state == IssueState.SENDING:
        said = _("Cancelled. Whoever did not have it yet gets nothing.")
        return _done(request, found, lambda: sending.cancel(found.pk), "newsletter.cancel", said)
    said = _("Taken back: it is a draft again.")
    return _done(request, found, lambda: sending.unschedule(found.pk), "newsletter.cancel", said)


def _done(request: ReaderRequest, found: Issue, verb: Callable[[], object], action: str, said: str) -> HttpResponseBase:
    try:
        verb()
    except NewsletterError as refused:
        messages.error(request, str(refused.message))
    else:
        _note(request, found, action)
        messages.success(request, said)
    return redirect("newsletter_desk:issue", found.pk)


def _note(request: ReaderRequest, found: Issue, action: str) -> None:
    log(found, action, user=request.user)


@require_http_methods(["GET", "POST"])
@only_if(may_plan)
def editions(request: ReaderRequest) -> HttpResponseBase:
    sent = request.POST if request.method == "POST" else None
    forms = [PlanForm(sent, plan=plan_of(edition)) for edition in Edition]
    # Each is looked at, so that each shows what is wrong with it.
    if sent is not None and not [form for form in forms if not form.is_valid()]:
        for form in forms:
            keep_plan(form.save(commit=False), now=timezone.now())
        messages.success(request, _("Kept."))
        return redirect("newsletter_desk:editions")
    parts: list[dict[str, Any]] = [
        {"form": form, "edition": edition, "count": Subscription.objects.reachable().filter(edition=edition).count()}
        for form, edition in zip(forms, Edition, strict=True)
    ]
    return desk_page(
        request, "editions", _("Editions"), parts=parts, zone=timezone.get_current_timezone_name(),
        status=400 if sent is not None else 200,
    )  # fmt: skip
