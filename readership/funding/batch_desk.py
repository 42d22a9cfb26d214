"""Batches of cash and cheques at the treasurer's desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from readership.funding.access import may_record_gifts, only_if
from readership.funding.batch_forms import PREFIX, BatchForm, Rows, read_rows, with_more_rows
from readership.funding.batch_list import batch_line, batches_page
from readership.funding.batches import MOST_ROWS, batch_gifts, record_batch, reverse_batch
from readership.funding.desk_frame import Trail, desk_page
from readership.funding.errors import FundingError, GiftRefused
from readership.funding.forms import ReversalForm
from readership.funding.models import Gift, GiftKind
from readership.funding.money import Money
from readership.funding.wording import amount_text
from readership.readers.requests import ReaderRequest


def _trail() -> Trail:
    return (("batches", (), _("Batches")),)


@require_GET
@only_if(may_record_gifts)
def batches(request: ReaderRequest) -> HttpResponse:
    page, lines = batches_page(request.GET.get("page"))
    return desk_page(request, "batches", _("Batches"), page=page, lines=lines)


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def record(request: ReaderRequest) -> HttpResponseBase:
    if "more" in request.POST:
        return _form_page(request, *with_more_rows(request.POST))
    form, rows = BatchForm(request.POST or None), Rows(request.POST or None, prefix=PREFIX)
    if request.method == "POST":
        gifts = _recorded(form, rows, request)
        if gifts:
            messages.success(request, _said(gifts), buttons=[_undo_button(form.cleaned_data["submission_key"])])
            return redirect("funding_desk:batch_record")
    return _form_page(request, form, rows, status=400 if request.method == "POST" else 200)


def _form_page(request: ReaderRequest, form: BatchForm, rows: Any, *, status: int = 200) -> HttpResponse:
    has_room = rows.total_form_count() < MOST_ROWS
    title = _("Record a batch")
    return desk_page(
        request, "batch_record", title, status=status, trail=_trail(), form=form, rows=rows, has_room=has_room
    )


def _recorded(form: BatchForm, rows: Any, request: ReaderRequest) -> list[Gift]:
    if not form.is_valid():
        rows.is_valid()
        return []
    counted = read_rows(rows, form.cleaned_data["campaign"])
    if counted is None:
        return []
    facts = {**form.cleaned_data, "kind": GiftKind(form.cleaned_data["kind"])}
    try:
        return record_batch(**facts, rows=counted, entered_by=request.user)
    except GiftRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
    except FundingError as refused:
        form.add_error(None, str(refused.message))
    return []


def _said(gifts: list[Gift]) -> str:
    total = amount_text(sum((gift.amount for gift in gifts), Money(0, gifts[0].currency)))
    return ngettext(
        "Recorded: %(count)s gift, %(total)s together.", "Recorded: %(count)s gifts, %(total)s together.", len(gifts)
    ) % {"count": len(gifts), "total": total}


def _undo_button(key: str) -> tuple[str, str, bool]:
    button: tuple[str, str, bool] = messages.button(reverse("funding_desk:batch", args=[key]), _("Undo"))
    return button


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def batch(request: ReaderRequest, key: str) -> HttpResponseBase:
    """What is in it, and the way to take all of it back."""
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = reverse_batch(key=key, reason=form.cleaned_data["reason"], reversed_by=request.user)
        except FundingError as refused:
            form.add_error("reason", str(refused.message))
        else:
            said = ngettext("Reversed: %(count)s gift.", "Reversed: %(count)s gifts.", count)
            messages.success(request, said % {"count": count})
            return redirect("funding_desk:batches")
    line = batch_line(key)
    if line is None:
        raise Http404
    status = 400 if form.errors else 200
    return desk_page(
        request, "batch", _("Batch"), status=status, trail=_trail(), line=line, gifts=batch_rows(key), form=form
    )


def batch_rows(key: str) -> list[dict[str, Any]]:
    return [
        {
            "reference": gift.reference,
            "name": gift.giver_name,
            "note": gift.note,
            "amount_text": amount_text(gift.amount),
        }
        for gift in batch_gifts(key)
    ]
