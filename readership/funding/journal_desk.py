"""The ledger for the accountant's program, at the treasurer's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.log_actions import log

from readership.funding.access import may_export_gifts, only_if
from readership.funding.accounts import named
from readership.funding.desk_forms import DaysForm
from readership.funding.desk_frame import as_file, asked, desk_page
from readership.funding.journal import COLUMNS, Posting, journal_csv, journal_text, postings
from readership.readers.requests import ReaderRequest

WRITERS: dict[str, Callable[[Iterable[Posting]], Iterator[str]]] = {"csv": journal_csv, "journal": journal_text}


@require_GET
@only_if(may_export_gifts)
def journal(request: ReaderRequest) -> HttpResponse:
    form = DaysForm(request.GET)
    form.is_valid()
    return desk_page(
        request,
        "journal",
        _("For the accountant"),
        trail=(("ledger", (), _("Ledger")),),
        form=form,
        query=asked(request),
        accounts=sorted(named(settings.ACCOUNTS).items()),
        columns=COLUMNS,
    )


@require_GET
@only_if(may_export_gifts)
def download(request: ReaderRequest, form: str) -> HttpResponseBase:
    """Who took it, and when, is written down (attack C20)."""
    days = DaysForm(request.GET)
    days.is_valid()
    first, last = days.cleaned_data.get("since"), days.cleaned_data.get("until")
    log(request.user, "funding.export_journal", user=request.user, data={"from": str(first), "to": str(last)})
    name = f"journal-{timezone.localdate()}.{form}"
    kind = "text/csv" if form == "csv" else "text/plain"
    return StreamingHttpResponse(
        WRITERS[form](postings(first, last)), content_type=f"{kind}; charset=utf-8", headers=as_file(name)
    )
