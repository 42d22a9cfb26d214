"""The processor at the treasurer's desk: does its own book agree with ours, what did it cost, where is the money."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from readership.funding.access import may_record_gifts, only_if
from readership.funding.balance_list import (
    balance,
    balance_months,
    comparison_line,
    comparison_lines,
    payout_lines,
)
from readership.funding.comparing import SPANS, comparison_under_way, order_comparison
from readership.funding.desk_frame import desk_page
from readership.funding.event_list import open_events
from readership.funding.models import ProcessorName, Reconciliation
from readership.funding.processors.choosing import processor
from readership.funding.wording import amount_text
from readership.readers.requests import ReaderRequest


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def comparison(request: ReaderRequest) -> HttpResponseBase:
    chosen = processor()
    if request.method == "POST":
        if chosen:
            order_comparison(days=_days(request))
            messages.success(request, _("The comparison was ordered. It takes a moment: look again below."))
        return redirect("funding_desk:comparison")
    # One that is not set up any more may still owe us money.
    name, is_trial = (chosen.name, chosen.is_trial) if chosen else (ProcessorName.STRIPE, False)
    lines = comparison_lines()
    return desk_page(
        request,
        "comparison",
        _("Processor"),
        has_processor=chosen is not None,
        is_trial=is_trial,
        last=lines[0] if lines else None,
        lines=lines[1:],
        under_way=comparison_under_way(),
        spans=SPANS,
        balances=[amount_text(money) for money in balance(name, is_trial=is_trial)],
        months=balance_months(name, is_trial=is_trial),
        payouts=payout_lines(is_trial=is_trial),
        open_events_count=open_events().count(),
    )


def _days(request: ReaderRequest) -> int:
    sent = request.POST.get("days", "")
    return next((days for days in SPANS if str(days) == sent), SPANS[0])


@require_GET
@only_if(may_record_gifts)
def one_comparison(request: ReaderRequest, comparison_id: int) -> HttpResponse:
    found = get_object_or_404(Reconciliation, pk=comparison_id)
    trail = (("comparison", (), _("Processor")),)
    return desk_page(request, "one_comparison", _("Comparison"), trail=trail, line=comparison_line(found))
