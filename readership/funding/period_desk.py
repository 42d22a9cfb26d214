"""Closed periods at the treasurer's desk: which there are, what came after, and closing the next one."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.funding.access import may_close_periods, may_record_gifts, only_if
from readership.funding.closing import close_period
from readership.funding.desk_forms import ClosingForm
from readership.funding.desk_frame import desk_page
from readership.funding.errors import PeriodRefused
from readership.funding.models import ClosedPeriod
from readership.funding.periods import late_lines, period_line, period_lines, sum_lines, sums_of
from readership.readers.requests import ReaderRequest


@require_GET
@only_if(may_record_gifts)
def periods(request: ReaderRequest) -> HttpResponse:
    return desk_page(
        request, "periods", _("Closed periods"), lines=period_lines(), may_close=may_close_periods(request.user)
    )


@require_GET
@only_if(may_record_gifts)
def period(request: ReaderRequest, period_id: int) -> HttpResponse:
    found = get_object_or_404(ClosedPeriod.objects.select_related("closed_by"), pk=period_id)
    line = period_line(found)
    title = _("%(from)s to %(to)s") % {"from": date_format(line.starts_on), "to": date_format(line.ends_on)}
    return desk_page(
        request, "period", title, trail=(("periods", (), _("Closed periods")),), line=line, late=late_lines(found)
    )


@require_http_methods(["GET", "POST"])
@only_if(may_close_periods)
def close(request: ReaderRequest) -> HttpResponseBase:
    """First shows the sums that will be kept; closed only when they were seen and confirmed."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "close" in request.POST and _closed(request, form):
        return redirect("funding_desk:periods")
    days = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    sums = sum_lines(sums_of(days["starts_on"], days["ends_on"])) if days else None
    return desk_page(
        request,
        "close",
        _("Close a period"),
        trail=(("periods", (), _("Closed periods")),),
        status=400 if form.errors else 200,
        form=form,
        sums=sums,
        days=days,
    )


def _closed(request: ReaderRequest, form: ClosingForm) -> bool:
    days = form.cleaned_data
    try:
        made = close_period(**days, closed_by=request.user, now=timezone.now())
    except PeriodRefused as refused:
        form.add_error(refused.field, str(refused.message))
        return False
    log(request.user, "funding.close_period", user=request.user, data={"period": str(made)})
    words = {"from": date_format(made.starts_on), "to": date_format(made.ends_on)}
    messages.success(request, _("Closed: %(from)s to %(to)s.") % words)
    return True
