"""The inbox of events at the treasurer's desk: look, try again, put aside."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from readership.funding.access import may_record_gifts, only_if
from readership.funding.desk_frame import Trail, asked, desk_page
from readership.funding.errors import FundingError
from readership.funding.event_list import body_text, event_line, events_page
from readership.funding.models import ProcessorEvent
from readership.funding.webhooks import put_aside, try_again
from readership.readers.requests import ReaderRequest


def _trail() -> Trail:
    return (("comparison", (), _("Processor")), ("events", (), _("Events")))


@require_GET
@only_if(may_record_gifts)
def events(request: ReaderRequest) -> HttpResponse:
    """Those in question, unless all are asked for."""
    is_open = request.GET.get("show") != "all"
    page, lines = events_page(is_open=is_open, number=request.GET.get("page"))
    return desk_page(
        request,
        "events",
        _("Events"),
        trail=_trail()[:1],
        page=page,
        lines=lines,
        is_open=is_open,
        query=asked(request),
    )


@require_GET
@only_if(may_record_gifts)
def event(request: ReaderRequest, event_id: int) -> HttpResponse:
    found = get_object_or_404(ProcessorEvent, pk=event_id)
    return desk_page(request, "event", _("Event"), trail=_trail(), line=event_line(found), body=body_text(found))


@require_POST
@only_if(may_record_gifts)
def again(request: ReaderRequest, event_id: int) -> HttpResponseBase:
    found = get_object_or_404(ProcessorEvent, pk=event_id)
    try:
        try_again(found)
    except FundingError as failed:
        messages.error(request, str(failed.message))
        return redirect("funding_desk:event", event_id=event_id)
    found.refresh_from_db()
    line = event_line(found)
    said = f"{line.outcome_text}: {line.said}" if line.said else line.outcome_text
    (messages.warning if line.is_open else messages.success)(request, said)
    return redirect("funding_desk:event", event_id=event_id)


@require_POST
@only_if(may_record_gifts)
def aside(request: ReaderRequest, event_id: int) -> HttpResponseBase:
    put_aside(get_object_or_404(ProcessorEvent, pk=event_id), now=timezone.now())
    messages.success(request, _("Put aside. It stays on record under “all”."))
    return redirect("funding_desk:events")
