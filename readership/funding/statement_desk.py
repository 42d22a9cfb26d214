"""Yearly statements at the treasurer's desk: who gave what, one statement to print, and the mails."""

from __future__ import annotations

import re
import uuid

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from readership.funding.access import giver_or_404, may_record_gifts, only_if
from readership.funding.desk_frame import asked, desk_page
from readership.funding.fiscal import FiscalYear, fiscal_year_of
from readership.funding.statement_list import givers_page, statement_part, unaddressed, years_with_gifts
from readership.funding.statement_sending import send_every_statement, send_statements
from readership.readers.requests import ReaderRequest

KEY = re.compile(r"[0-9a-f]{32}")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@require_GET
@only_if(may_record_gifts)
def statements(request: ReaderRequest) -> HttpResponse:
    """Of the year that ended last, unless another is asked for."""
    today = timezone.localdate()
    years = years_with_gifts(today, settings.FISCAL_YEAR_START)
    year = _asked_year(request.GET.get("year", "")) or FiscalYear(years[0].year - 1, settings.FISCAL_YEAR_START)
    page, lines = givers_page(year, request.GET.get("page"))
    return desk_page(
        request,
        "statements",
        _("Yearly statements"),
        page=page,
        lines=lines,
        year=year,
        years=years if year in years else [*years, year],
        is_over=year.last_day < today,
        unaddressed=unaddressed(year),
        submission_key=uuid.uuid4().hex,
        query=asked(request),
    )


def _asked_year(sent: str) -> FiscalYear | None:
    is_year = sent.isascii() and sent.isdigit() and len(sent) == len(str(LAST_YEAR))
    return _year(int(sent)) if is_year and FIRST_YEAR <= int(sent) <= LAST_YEAR else None


def _year(year: int) -> FiscalYear:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return FiscalYear(year, settings.FISCAL_YEAR_START)


@require_GET
@only_if(may_record_gifts)
def statement(request: ReaderRequest, year: int, giver_id: int) -> HttpResponse:
    """A page to print: nothing of the admin stands around it."""
    wanted = _year(year)
    part = statement_part(giver_or_404(giver_id), wanted.first_day, wanted.last_day)
    return render(
        request,
        "funding/admin/statement_print.html",
        {
            "statement": part,
            "year": wanted,
            "site_name": settings.SITE_NAME,
            "today": timezone.localdate(),
            "submission_key": uuid.uuid4().hex,
        },
    )


@require_POST
@only_if(may_record_gifts)
def send_one(request: ReaderRequest, year: int, giver_id: int) -> HttpResponseBase:
    wanted, giver = _year(year), giver_or_404(giver_id)
    send_statements(givers=[giver.pk], year=wanted, submission_key=_key(request))
    _note(request, wanted, 1)
    messages.success(request, _("The statement is on its way to %(email)s.") % {"email": giver.email})
    return _back(wanted)


@require_POST
@only_if(may_record_gifts)
def send_all(request: ReaderRequest, year: int) -> HttpResponseBase:
    wanted = _year(year)
    if fiscal_year_of(timezone.localdate(), settings.FISCAL_YEAR_START).year <= year:
        messages.error(request, _("This year is not over yet: a statement to everybody would soon be wrong."))
        return _back(wanted)
    count = send_every_statement(year=wanted, submission_key=_key(request))
    _note(request, wanted, count)
    said = ngettext("%(count)s statement is on its way.", "%(count)s statements are on their way.", count)
    messages.success(request, said % {"count": count})
    return _back(wanted)


def _key(request: ReaderRequest) -> str:
    sent = request.POST.get("submission_key", "")
    return sent if KEY.fullmatch(sent) else uuid.uuid4().hex


def _note(request: ReaderRequest, year: FiscalYear, count: int) -> None:
    data = {"year": year.label, "count": count}
    log(request.user, "funding.send_statements", user=request.user, data=data)


def _back(year: FiscalYear) -> HttpResponseBase:
    return redirect(f"{reverse('funding_desk:statements')}?year={year.year}")
