"""The treasurer's desk in the admin. Each view: gets the row, checks the form, calls one verb, redirects."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.funding.access import gift_or_404, may_export_gifts, may_record_gifts, may_refund_gifts, only_if
from readership.funding.auditing import audit
from readership.funding.desk_frame import as_file, asked, desk_page
from readership.funding.desk_sums import desk_sums
from readership.funding.errors import FundingError, GiftRefused
from readership.funding.exporting import csv_lines, write_xlsx
from readership.funding.forms import GiftFilterForm, GiftForm, ReversalForm
from readership.funding.giving import receive_gift, reverse_gift
from readership.funding.listing import TRIALS, every_gift, gift_line, gifts_page
from readership.funding.models import Gift, GiftKind
from readership.funding.queries import current_campaign, ledger_page, ledger_state
from readership.funding.waiting import waiting
from readership.funding.wording import amount_text
from readership.readers.requests import ReaderRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@only_if(may_record_gifts)
def overview(request: ReaderRequest) -> HttpResponse:
    """What waits, the campaign that runs, and what came in: each with the way on."""
    return desk_page(
        request,
        "overview",
        _("Funding"),
        waiting=waiting(),
        bank_url=_bank_url(),
        campaign=current_campaign(),
        sums=desk_sums(request.GET.get("currency", ""), is_rtl=get_language_bidi()),
        ledger=ledger_state(),
    )


def _bank_url() -> str:
    """Where lines of bank statements are settled. Empty while there is no such page."""
    try:
        return reverse("funding_desk:bank")
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def record(request: ReaderRequest) -> HttpResponseBase:
    form = GiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gift = _received(form, request)
        if gift:
            messages.success(request, _recorded(gift), buttons=[_undo_button(gift)])
            return redirect("funding_desk:record")
    return desk_page(request, "record", _("Record a gift"), status=400 if form.errors else 200, form=form)


def _received(form: GiftForm, request: ReaderRequest) -> Gift | None:
    facts = {**form.cleaned_data, "kind": GiftKind(form.cleaned_data["kind"])}
    try:
        return receive_gift(**facts, entered_by=request.user)
    except GiftRefused as refused:
        form.add_error(refused.field, str(refused.message))
    except FundingError as refused:
        form.add_error(None, str(refused.message))
    return None


def _recorded(gift: Gift) -> str:
    return _("Recorded: %(amount)s, reference %(reference)s.") % {
        "amount": amount_text(gift.amount),
        "reference": gift.reference,
    }


def _undo_button(gift: Gift) -> tuple[str, str, bool]:
    button: tuple[str, str, bool] = messages.button(reverse("funding_desk:reverse", args=[gift.reference]), _("Undo"))
    return button


@require_GET
@only_if(may_record_gifts)
def gifts(request: ReaderRequest) -> HttpResponse:
    form = GiftFilterForm(request.GET)
    wanted = form.wanted()
    page, lines = gifts_page(wanted, request.GET.get("page"))
    return desk_page(
        request,
        "gifts",
        _("Gifts"),
        form=form,
        page=page,
        lines=lines,
        query=asked(request),
        is_filtered=not wanted.is_empty,
        is_trials=wanted.state == TRIALS,
        may_refund=may_refund_gifts(request.user),
        may_export=may_export_gifts(request.user),
    )


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def reverse_one(request: ReaderRequest, reference: str) -> HttpResponseBase:
    """Asks for the reason, then books against the gift."""
    gift = gift_or_404(reference)
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reverse_gift(gift=gift, reason=form.cleaned_data["reason"], reversed_by=request.user)
        except FundingError as refused:
            form.add_error("reason", str(refused.message))
        else:
            messages.success(request, _("Reversed: gift %(reference)s.") % {"reference": reference})
            return redirect("funding_desk:gifts")
    status = 400 if form.errors else 200
    return desk_page(
        request,
        "reverse",
        _("Reverse a gift"),
        status=status,
        form=form,
        line=gift_line(reference),
        may_refund=may_refund_gifts(request.user),
    )


@require_GET
@only_if(may_record_gifts)
def ledger(request: ReaderRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) < len(str(2**63))
    page = ledger_page(before=int(before) if is_number else None)
    return desk_page(request, "ledger", _("Ledger"), page=page, state=ledger_state())


@require_GET
@only_if(may_record_gifts)
def check(request: ReaderRequest) -> HttpResponse:
    return desk_page(request, "check", _("Check of the ledger"), report=audit())


@require_GET
@only_if(may_export_gifts)
def export(request: ReaderRequest, form: str) -> HttpResponseBase:
    """The filtered list. Who took it, and when, is written down (attack C20)."""
    lines = every_gift(GiftFilterForm(request.GET).wanted())
    log(
        request.user,
        "funding.export_gifts",
        user=request.user,
        data={"filter": request.GET.urlencode()[:500]},
    )
    name = f"gifts-{timezone.localdate()}.{form}"
    if form == "csv":
        return StreamingHttpResponse(csv_lines(lines), content_type="text/csv; charset=utf-8", headers=as_file(name))
    # A file that the answer closes once it is sent.
    file = TemporaryFile()  # noqa: SIM115
    write_xlsx(lines, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
