"""A giver's own receipts and statements, and asking for a refund."""

from __future__ import annotations

import secrets
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date

from readership.funding.errors import RefundRefused
from readership.funding.giver_access import gift_for
from readership.funding.giver_door import Visit, own, page
from readership.funding.giver_forms import RefundForm
from readership.funding.models import Gift
from readership.funding.receipts import receipt_of
from readership.funding.refunding import ask_refund, left_of
from readership.funding.sheet_pdf import pdf_of
from readership.funding.sheets import Sheet
from readership.funding.statements import sheet_of, statement_of, year_from
from readership.funding.wording import amount_text

OLDEST = 1900


@own("GET", "HEAD")
def receipt(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    sheet = _receipt(visit, reference)
    return page(request, visit, "sheet.html", {"sheet": sheet, "pdf": visit.path("receipt_pdf", reference)})


@own("GET", "HEAD")
def receipt_pdf(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    return _file(_receipt(visit, reference))


@own("GET", "HEAD")
def statement(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    first_day = _first_day(request)
    pdf = f"{visit.path('statement_pdf')}?from={first_day.isoformat()}"
    shown = {"sheet": _statement(visit, first_day), "pdf": pdf, "first_day": first_day}
    return page(request, visit, "sheet.html", shown)


@own("GET", "HEAD")
def statement_pdf(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    return _file(_statement(visit, _first_day(request)))


@own("GET", "HEAD", "POST")
def refund(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    gift = gift_for(visit.giver, reference)
    form = RefundForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_valid():
        return _refund_page(request, visit, gift, form, status=400 if form.errors else 200)
    try:
        # The gift is part of the key: nobody's sending can be taken for another's.
        key = f"ask-{gift.reference}-{form.cleaned_data['sending']}"
        ask_refund(gift=gift, reason=form.cleaned_data["reason"], submission_key=key)
    except RefundRefused as refused:
        return _refund_page(request, visit, gift, form, refusal=str(refused.message), status=400)
    return visit.back("refund_asked")


def _receipt(visit: Visit, reference: str) -> Sheet:
    sheet = receipt_of(gift_for(visit.giver, reference))
    if sheet is None:
        raise Http404
    return sheet


def _statement(visit: Visit, first_day: date) -> Sheet:
    return sheet_of(statement_of(visit.giver, *year_from(first_day)))


def _first_day(request: HttpRequest) -> date:
    """Of the twelve months that are asked for; this calendar year where that is no day."""
    this_year = timezone.localdate().replace(month=1, day=1)
    try:
        typed = parse_date(request.GET.get("from", ""))
    except ValueError:
        return this_year
    return typed if typed and OLDEST <= typed.year <= this_year.year else this_year


def _file(sheet: Sheet) -> HttpResponse:
    answer = HttpResponse(pdf_of(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{sheet.file_name}"'
    return answer


def _refund_page(
    request: HttpRequest, visit: Visit, gift: Gift, form: RefundForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    left = left_of(gift)
    shown = {
        "gift": gift,
        "amount": amount_text(left),
        "may_ask": left.minor > 0,
        "form": form,
        "refusal": refusal,
        "sending": form.data.get("sending") or secrets.token_hex(16),
    }
    return page(request, visit, "refund.html", shown, status=status)
