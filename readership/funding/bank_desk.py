"""Statements of the bank at the treasurer's desk: read a file, settle its lines. Each view calls one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.funding.access import may_export_gifts, may_record_gifts, only_if
from readership.funding.bank.csv_guessing import guess
from readership.funding.bank_exporting import csv_of
from readership.funding.bank_forms import (
    AsideForm,
    LineFilterForm,
    MappingForm,
    NewGiftForm,
    ReopenForm,
    SettleForm,
    StatementForm,
    sent_headings,
)
from readership.funding.bank_listing import every_line, line_counts, line_row, lines_page, statements_page
from readership.funding.errors import FundingError, MappingMissing, StatementRefused
from readership.funding.models import BankAccount, BankLine, Gift, LineState
from readership.funding.reading import Reading, read_statement, save_mapping
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
USUAL = {"state": "open", "side": "came"}


@require_GET
@only_if(may_record_gifts)
def lines(request: ReaderRequest) -> HttpResponse:
    """Money that came in and belongs to nobody yet, unless something else is asked for."""
    form = LineFilterForm(_asked(request))
    page, rows = lines_page(form.wanted(), request.GET.get("page"))
    return _page(
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
    return _page(request, "statements", _("Statements"), page=page, rows=rows)


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def read(request: ReaderRequest) -> HttpResponseBase:
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, account = form.cleaned_data["file"], form.cleaned_data["account"]
        try:
            return _was_read(request, _read(file, account, request))
        except MappingMissing:
            # Without one chosen there is only one, or reading would have asked which.
            return _ask_for_columns(request, file, account or BankAccount.objects.get(), form)
        except StatementRefused as refused:
            form.add_error("file", str(refused.message))
    status = 400 if form.errors else 200
    has_accounts = BankAccount.objects.exists()
    return _page(request, "read", _("Read a statement"), status=status, form=form, has_accounts=has_accounts)


@require_POST
@only_if(may_record_gifts)
def columns(request: ReaderRequest) -> HttpResponseBase:
    """The first time that a kind of CSV file comes."""
    form = MappingForm(request.POST, request.FILES, headings=sent_headings(request.POST))
    if form.is_valid():
        told = form.cleaned_data
        save_mapping(account=told["account"], name=told["name"], mapping=form.mapping)
        try:
            return _was_read(request, _read(told["file"], told["account"], request))
        except StatementRefused as refused:
            form.add_error("file", str(refused.message))
    return _page(request, "columns", _("Columns of a CSV file"), status=400, form=form, guess=None)


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


def _line(line_id: int) -> BankLine:
    known = BankLine.objects.select_related("account", "gift__campaign", "settled_by", "statement")
    return get_object_or_404(known, pk=line_id)


def _read(file: UploadedFile[Any], account: BankAccount | None, request: ReaderRequest) -> Reading:
    stream: Any = file.file
    return read_statement(file=stream, file_name=file.name or "", account=account, read_by=request.user)


def _was_read(request: ReaderRequest, reading: Reading) -> HttpResponse:
    if reading.lines_count and not reading.new_lines_count:
        messages.info(request, _("Every line of this file was here already. Nothing was added."))
    else:
        messages.success(
            request,
            _("%(lines)s lines read, %(new)s of them new. %(settled)s promised gifts have come.")
            % {"lines": reading.lines_count, "new": reading.new_lines_count, "settled": reading.settled_count},
        )
    return redirect("funding_desk:bank")


def _ask_for_columns(
    request: ReaderRequest, file: UploadedFile[Any], account: BankAccount, form: StatementForm
) -> HttpResponse:
    stream: Any = file.file
    try:
        guessed = guess(stream)
    except StatementRefused as refused:
        form.add_error("file", str(refused.message))
        return _page(request, "read", _("Read a statement"), status=400, form=form, has_accounts=True)
    mapping = MappingForm.of_guess(guessed, account)
    return _page(request, "columns", _("Columns of a CSV file"), form=mapping, guess=guessed)


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
    return _page(request, "line", _("A line of a statement"), status=status, row=line_row(found), **forms)


def _page(request: ReaderRequest, name: str, title: str, *, status: int = 200, **parts: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("funding_desk:overview"), "label": _("Funding")},
    ]
    if name != "lines":
        crumbs.append({"url": reverse("funding_desk:bank"), "label": _("Bank")})
    crumbs.append({"url": "", "label": title})
    frame = {"header_title": title, "page_title": title, "header_icon": "clipboard-list", "breadcrumbs_items": crumbs}
    return render(request, f"funding/admin/bank/{name}.html", {**frame, **parts}, status=status)
