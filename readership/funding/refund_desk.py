"""Refunds and disputes at the treasurer's desk: decide what was asked, pay back, see what banks took."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from readership.funding.access import gift_or_404, may_record_gifts, may_refund_gifts, only_if
from readership.funding.desk_frame import Trail, asked, desk_page
from readership.funding.errors import FundingError, RefundRefused
from readership.funding.models import RefundOrder, RefundState
from readership.funding.refund_forms import AnswerForm, PayBackForm
from readership.funding.refund_list import disputes_page, refund_line, refunds_of, refunds_page
from readership.funding.refunding import decline_refund, grant_refund, left_of, order_refund
from readership.funding.wording import amount_text
from readership.readers.requests import ReaderRequest


def _trail() -> Trail:
    return (("refunds", (), _("Refunds")),)


@require_GET
@only_if(may_record_gifts)
def refunds(request: ReaderRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page, lines = refunds_page(state, request.GET.get("page"))
    return desk_page(
        request,
        "refunds",
        _("Refunds"),
        page=page,
        lines=lines,
        state=state if state in RefundState.values else "",
        states=RefundState.choices,
        query=asked(request),
        may_refund=may_refund_gifts(request.user),
    )


@require_http_methods(["GET", "POST"])
@only_if(may_refund_gifts)
def refund(request: ReaderRequest, refund_id: int) -> HttpResponseBase:
    """What a giver asked for: granted as it was asked, or declined with an answer."""
    order = get_object_or_404(RefundOrder.objects.select_related("gift", "decided_by"), pk=refund_id)
    form = AnswerForm(request.POST if "decline" in request.POST else None)
    refusal = ""
    if "grant" in request.POST:
        try:
            grant_refund(order=order, granted_by=request.user, now=timezone.now())
        except FundingError as refused:
            refusal = str(refused.message)
        else:
            messages.success(request, _("Ordered: it is on its way to the processor."))
            return redirect("funding_desk:refunds")
    elif form.is_bound and form.is_valid():
        decline_refund(order=order, answer=form.cleaned_data["answer"], declined_by=request.user, now=timezone.now())
        messages.success(request, _("Declined: the giver gets your answer by mail."))
        return redirect("funding_desk:refunds")
    return desk_page(
        request,
        "refund",
        _("Refund"),
        status=400 if refusal or form.errors else 200,
        trail=_trail(),
        line=refund_line(order),
        left_text=amount_text(left_of(order.gift)),
        refusal=refusal,
        form=form,
    )


@require_http_methods(["GET", "POST"])
@only_if(may_refund_gifts)
def pay_back(request: ReaderRequest, reference: str) -> HttpResponseBase:
    """Whole or in part. The page says what is left before anything is ordered."""
    gift = gift_or_404(reference)
    left = left_of(gift)
    form = PayBackForm(request.POST or None, left=left)
    if request.method == "POST" and form.is_valid():
        try:
            order = order_refund(
                gift=gift,
                amount=form.wanted,
                reason=form.cleaned_data["reason"],
                ordered_by=request.user,
                submission_key=form.cleaned_data["submission_key"],
                now=timezone.now(),
            )
        except RefundRefused as refused:
            form.add_error(refused.field, str(refused.message))
        except FundingError as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(
                request,
                _("Ordered: %(amount)s of gift %(reference)s is on its way to the processor.")
                % {"amount": amount_text(order.amount), "reference": reference},
            )
            return redirect("funding_desk:refunds")
    return desk_page(
        request,
        "pay_back",
        _("Pay a gift back"),
        status=400 if form.errors else 200,
        trail=_trail(),
        form=form,
        gift=gift,
        charged_text=amount_text(gift.charged),
        left=left,
        left_text=amount_text(left),
        can_be_paid_back=bool(gift.charge_ref) and left.minor > 0,
        refunds=refunds_of(gift.pk),
    )


@require_GET
@only_if(may_record_gifts)
def disputes(request: ReaderRequest) -> HttpResponse:
    page, lines = disputes_page(request.GET.get("page"))
    return desk_page(request, "disputes", _("Disputes"), trail=_trail(), page=page, lines=lines)
