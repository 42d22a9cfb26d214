"""The giving page as it is drawn, for readers and for the form that has to come back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from readership.funding import drawing
from readership.funding.giving_forms import CARD, TRANSFER, GivingForm
from readership.funding.models import Campaign
from readership.funding.processors.choosing import fee_schedule, processor
from readership.funding.proving import Question
from readership.funding.queries import gifts_by_month, ledger_state, remembered_meter
from readership.funding.transferring import offered_account


def giving_form(shown: Campaign, request: HttpRequest | None = None) -> GivingForm | None:
    """None when no way to give on this page is set up."""
    methods = {CARD: _("By card or online")} if processor() else {}
    if offered_account(shown.currency):
        methods[TRANSFER] = _("By bank transfer")
    if not methods:
        return None
    return GivingForm(shown, methods, fee_schedule(), request.POST if request else None, label_suffix="")


def giving_page(
    request: HttpRequest,
    shown: Campaign | None,
    form: GivingForm | None,
    *,
    status: int = 200,
    question: Question | None = None,
) -> HttpResponse:
    months = gifts_by_month(shown, months=6) if shown else []
    page = {
        "campaign": shown,
        "form": form,
        "meter": remembered_meter(shown) if shown else None,
        "is_over": bool(shown and shown.ends_on and shown.ends_on < timezone.localdate()),
        "bars": drawing.bars(months, is_rtl=get_language_bidi()),
        "ledger": ledger_state(),
        "processor": processor(),
        "question": question,
    }
    return render(request, "website/support.html", page, status=status)
