"""Pledges at the treasurer's desk, and stopping one for its giver."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from readership.funding.access import may_record_gifts, only_if, pledge_or_404
from readership.funding.desk_forms import StopForm
from readership.funding.desk_frame import asked, desk_page
from readership.funding.errors import FundingError, NoSuchWay
from readership.funding.models import Pledge, StoppedBy
from readership.funding.pledge_list import FILTERS, coming_and_going, one_pledge, pledges_page, promised
from readership.funding.pledging import stop_pledge
from readership.funding.processors.choosing import processor_named
from readership.funding.queries import last_months
from readership.readers.requests import ReaderRequest

MONTHS = 12


@require_GET
@only_if(may_record_gifts)
def pledges(request: ReaderRequest) -> HttpResponse:
    wanted = request.GET.get("show", "")
    page, lines = pledges_page(wanted, request.GET.get("page"))
    labels = (_("running"), _("behind"), _("paused"), _("stopped"), _("trials"))
    return desk_page(
        request,
        "pledges",
        _("Pledges"),
        page=page,
        lines=lines,
        wanted=wanted if wanted in FILTERS else "",
        filters=list(zip(FILTERS, labels, strict=True)),
        query=asked(request),
        promised=promised(),
        pairs=coming_and_going(last_months(timezone.localdate(), MONTHS), is_rtl=get_language_bidi()),
    )


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def stop(request: ReaderRequest, reference: str) -> HttpResponseBase:
    """For a giver who wrote or rang. The processor charges nothing from here on."""
    pledge = pledge_or_404(reference)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _stop(pledge, form.cleaned_data["reason"])
        except FundingError as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Stopped: pledge %(reference)s.") % {"reference": reference})
            return redirect("funding_desk:pledges")
    return desk_page(
        request,
        "stop_pledge",
        _("Stop a pledge"),
        status=400 if form.errors else 200,
        trail=(("pledges", (), _("Pledges")),),
        form=form,
        line=one_pledge(reference),
    )


def _stop(pledge: Pledge, reason: str) -> None:
    chosen = processor_named(pledge.processor)
    if chosen is None:
        raise NoSuchWay(_("The processor of this pledge is not set up any more: stop it on its own pages."))
    stop_pledge(pledge, processor=chosen, now=timezone.now(), reason=reason, by=StoppedBy.NEWSROOM)
