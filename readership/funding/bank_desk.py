"""Statements of the bank at the treasurer's desk: read a file, settle its lines. Each view calls one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.funding.access import may_export_gifts, may_record_gifts, only_if
from readership.funding.bank_exporting import csv_of
from readership.funding.bank_forms import (
    AsideForm,
    LineFilterForm,
    NewGiftForm,
    ReopenForm,
    SettleForm,
)
from readership.funding.bank_frame import bank_page, say_read
from readership.funding.bank_listing import (
    every_line,
    line_counts,
    line_row,
    lines_page,
    statements_page,
    waiting_files,
)
from readership.funding.errors import FundingError
from readership.funding.models import BankAccount, BankLine, FileState, Gift, LineState, StatementFile
from readership.funding.settling_lines import (
    put_aside,
    put_debits_aside,
    reopen_line,
    settle_again,
    settle_as_new_gift,
    settle_line,
)
from readership.funding.wording import amount_text
from readership.readers.requests import ReaderRequest

FILTERS = ("state", "side", "account", "words")
LONGEST_NUMBER = 19  # figures of what a column holds
USUAL = {"state": "open", "side": "came"}


@require_GET
@only_if(may_record_gifts)
def lines(request: ReaderRequest) -> HttpResponse:
    """Money that came in and belongs to nobody yet, unless something else is asked for."""
    form = LineFilterForm(_asked(request))
    _say_file(request)
    page, rows = lines_page(form.wanted(), request.GET.get("page"))
    return bank_page(
        request,
        "lines",
        _("Bank"),
        form=form,
        page=page,
        rows=rows,
        counts=line_counts(),
        has_accounts=BankAccount.objects.exists(),
        query=urlencode(_asked(request)),
        may_export=may_export_gifts(request.user),
    )


@require_GET
@only_if(may_record_gifts)
def line(request: ReaderRequest, line_id: int) -> HttpResponse:
    return _line_page(request, _line(line_id))


@require_POST
@only_if(may_record_gifts)
def settle(request: ReaderRequest, line_id: int) -> HttpResponseBase:
    """Takes a suggestion: the promised gift came, or whoever gave it gave again."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        return redirect("funding_desk:bank_line", line_id=_line(line_id).pk)
    gift = get_object_or_404(Gift, pk=form.cleaned_data["gift"])
    verb = settle_again if form.cleaned_data["is_again"] else settle_line

    def act() -> str:
        return _settled(verb(line_id=_line(line_id).pk, gift_id=gift.pk, settled_by=request.user))

    return _done(request, line_id, act)


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def new_gift(request: ReaderRequest, line_id: int) -> HttpResponseBase:
    found = _line(line_id)
    form = NewGiftForm(request.POST or None, line=found)
    if request.method == "GET" or not form.is_valid():
        return _line_page(request, found, new_gift=form, status=400 if form.errors else 200)
    return _done(
        request,
        line_id,
        lambda: _settled(settle_as_new_gift(line_id=found.pk, settled_by=request.user, **form.cleaned_data)),
    )


@require_POST
@only_if(may_record_gifts)
def aside(request: ReaderRequest, line_id: int) -> HttpResponseBase:
    form = AsideForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""

    def act() -> str:
        put_aside(line_id=_line(line_id).pk, note=note, settled_by=request.user)
        return _("Put aside: no gift.")

    return _done(request, line_id, act)


@require_POST
@only_if(may_record_gifts)
def debits_aside(request: ReaderRequest) -> HttpResponse:
    count = put_debits_aside(settled_by=request.user)
    messages.success(
        request, ngettext("%(count)s line put aside.", "%(count)s lines put aside.", count) % {"count": count}
    )
    return redirect("funding_desk:bank")


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def reopen(request: ReaderRequest, line_id: int) -> HttpResponseBase:
    """Asks for the reason when a gift was booked of it."""
    found = _line(line_id)
    form = ReopenForm(request.POST or None)
    if found.state == LineState.SETTLED and (request.method == "GET" or not form.is_valid()):
        return _line_page(request, found, reopening=form, status=400 if form.errors else 200)
    if request.method == "GET":
        return redirect("funding_desk:bank_line", line_id=found.pk)
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""

    def act() -> str:
        reopen_line(line_id=found.pk, reason=reason, reopened_by=request.user)
        return _("The line is open again.")

    return _done(request, line_id, act)


@require_GET
@only_if(may_record_gifts)
def statements(request: ReaderRequest) -> HttpResponse:
    page, rows = statements_page(request.GET.get("page"))
    return bank_page(request, "statements", _("Statements"), page=page, rows=rows, waiting=waiting_files())


@require_GET
@only_if(may_export_gifts)
def export(request: ReaderRequest) -> HttpResponseBase:
    """The filtered lines. Who took them, and when, is written down (attack C20)."""
    log(
        request.user,
        "funding.export_gifts",
        user=request.user,
        data={"filter": f"bank {request.GET.urlencode()[:500]}"},
    )
    name = f"bank-lines-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        csv_of(every_line(LineFilterForm(request.GET).wanted())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _say_file(request: ReaderRequest) -> None:
    """Of a large file, that was read meanwhile."""
    asked = request.GET.get("file", "")
    if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_NUMBER:
        given = StatementFile.objects.filter(pk=int(asked), state=FileState.READ).first()
        if given:
            say_read(request, given)


def _line(line_id: int) -> BankLine:
    known = BankLine.objects.select_related("account", "gift__campaign", "settled_by", "statement")
    return get_object_or_404(known, pk=line_id)


def _settled(gift: Gift) -> str:
    return _("Booked: %(amount)s, gift %(reference)s.") % {
        "amount": amount_text(gift.amount),
        "reference": gift.reference,
    }


def _done(request: ReaderRequest, line_id: int, act: Callable[[], str]) -> HttpResponse:
    """Does it, says so, and goes back to the list as it was filtered."""
    try:
        said = act()
    except FundingError as refused:
        messages.error(request, str(refused.message))
    else:
        undo = messages.button(reverse("funding_desk:bank_line", args=[line_id]), _("Look at it"))
        messages.success(request, said, buttons=[undo])
    return redirect(f"{reverse('funding_desk:bank')}?{urlencode(_asked(request))}")


def _asked(request: ReaderRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in FILTERS if name in request.GET} or USUAL


def _line_page(request: ReaderRequest, found: BankLine, *, status: int = 200, **forms: Any) -> HttpResponse:
    forms = {"new_gift": NewGiftForm(line=found), "aside": AsideForm(), "reopening": ReopenForm(), **forms}
    return bank_page(request, "line", _("A line of a statement"), status=status, row=line_row(found), **forms)
