"""Statements of the bank come in at the treasurer's desk: a file, the columns of a CSV file, how far a large one is."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from readership.funding.access import may_record_gifts, only_if
from readership.funding.bank.csv_guessing import guess
from readership.funding.bank_forms import MappingForm, StatementForm, sent_headings
from readership.funding.bank_frame import bank_page, say_read
from readership.funding.errors import MappingMissing, StatementRefused
from readership.funding.models import BankAccount, FileState, StatementFile
from readership.funding.reading import read_statement, save_mapping
from readership.funding.reading_later import is_large, read_later
from readership.readers.requests import ReaderRequest


@require_http_methods(["GET", "POST"])
@only_if(may_record_gifts)
def read(request: ReaderRequest) -> HttpResponseBase:
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, account = form.cleaned_data["file"], form.cleaned_data["account"]
        try:
            return _read(file, account, request)
        except MappingMissing:
            # Without one chosen there is only one, or reading would have asked which.
            return _ask_for_columns(request, file, account or BankAccount.objects.get(), form)
        except StatementRefused as refused:
            form.add_error("file", str(refused.message))
    status = 400 if form.errors else 200
    has_accounts = BankAccount.objects.exists()
    return bank_page(request, "read", _("Read a statement"), status=status, form=form, has_accounts=has_accounts)


@require_POST
@only_if(may_record_gifts)
def columns(request: ReaderRequest) -> HttpResponseBase:
    """The first time that a kind of CSV file comes."""
    form = MappingForm(request.POST, request.FILES, headings=sent_headings(request.POST))
    if form.is_valid():
        told = form.cleaned_data
        save_mapping(account=told["account"], name=told["name"], mapping=form.mapping)
        try:
            return _read(told["file"], told["account"], request)
        except StatementRefused as refused:
            form.add_error("file", str(refused.message))
    return bank_page(request, "columns", _("Columns of a CSV file"), status=400, form=form, guess=None)


@require_GET
@only_if(may_record_gifts)
def file(request: ReaderRequest, file_id: int) -> HttpResponseBase:
    """How far a large file is; what came of it is said above the lines, as of a small one."""
    given = get_object_or_404(StatementFile, pk=file_id)
    if given.state == FileState.READ:
        return redirect(f"{reverse('funding_desk:bank')}?file={given.pk}")
    return bank_page(request, "file", _("Read a statement"), file=given)


def _read(file: UploadedFile[Any], account: BankAccount | None, request: ReaderRequest) -> HttpResponse:
    """Raises StatementRefused."""
    stream: Any = file.file
    if is_large(file.size):
        given = read_later(file=stream, file_name=file.name or "", account=account, given_by=request.user)
        return redirect("funding_desk:bank_file", file_id=given.pk)
    say_read(request, read_statement(file=stream, file_name=file.name or "", account=account, read_by=request.user))
    return redirect("funding_desk:bank")


def _ask_for_columns(
    request: ReaderRequest, file: UploadedFile[Any], account: BankAccount, form: StatementForm
) -> HttpResponse:
    stream: Any = file.file
    try:
        guessed = guess(stream)
    except StatementRefused as refused:
        form.add_error("file", str(refused.message))
        return bank_page(request, "read", _("Read a statement"), status=400, form=form, has_accounts=True)
    mapping = MappingForm.of_guess(guessed, account)
    return bank_page(request, "columns", _("Columns of a CSV file"), form=mapping, guess=guessed)
