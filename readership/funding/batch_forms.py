"""A batch as it is typed: what was counted, and as many rows as it takes, ten more at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from readership.funding.amounts import read_amount
from readership.funding.batches import BATCH_KINDS, MOST_ROWS, Counted
from readership.funding.errors import AmountRefused
from readership.funding.forms import AmountWidget
from readership.funding.models import Campaign
from readership.funding.money import Money
from readership.funding.queries import current_campaign
from readership.lib.text import clean_line

ROWS = 10
PREFIX = "rows"


class BatchForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=_("Campaign"), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in BATCH_KINDS],
        widget=forms.RadioSelect,
        initial=BATCH_KINDS[0],
    )
    received_on = forms.DateField(label=_("Received on"), widget=AdminDateInput, initial=timezone.localdate)
    counted = forms.CharField(
        label=_("Counted"),
        max_length=40,
        widget=AmountWidget,
        help_text=_("Count first, then fill in the rows: nothing is recorded unless they add up to this sum."),
    )
    submission_key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"campaign": current_campaign(), "submission_key": uuid.uuid4().hex}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        campaign = cleaned.get("campaign")
        if campaign and cleaned.get("counted"):
            _read(self, "counted", campaign)
        return cleaned


class RowForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    amount = forms.CharField(label=_("Amount"), max_length=40, required=False, widget=AmountWidget)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        said = any(clean_line(str(cleaned.get(name) or "")) for name in ("name", "note"))
        if said and not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("How much was it?"))
        return cleaned


Rows = forms.formset_factory(RowForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


def _read(form: forms.Form, field: str, campaign: Campaign) -> None:
    """The sum of `field` in the currency of the campaign, which another form holds."""
    try:
        form.cleaned_data[field] = read_amount(
            form.cleaned_data[field], currency=campaign.currency, language=get_language() or "en"
        )
    except AmountRefused as refused:
        form.add_error(field, str(refused.message))


def read_rows(rows: Any, campaign: Campaign) -> list[Counted] | None:
    """Those that are filled in; None when one of them cannot be read, which its form then says."""
    if not rows.is_valid():
        return None
    filled = [form for form in rows if form.cleaned_data.get("amount")]
    for form in filled:
        _read(form, "amount", campaign)
    if any(form.errors for form in filled):
        return None
    return [_counted(form.cleaned_data) for form in filled]


def _counted(typed: dict[str, Any]) -> Counted:
    amount: Money = typed["amount"]
    return Counted(amount=amount, name=clean_line(typed["name"]), note=typed["note"])


def with_more_rows(sent: QueryDict) -> tuple[BatchForm, Any]:
    """Forms that hold what was typed so far and ten more rows. Nothing of it is judged yet."""
    form = BatchForm()
    form.initial = {**form.initial, **{name: sent[name] for name in form.fields if name in sent}}
    return form, Rows(initial=list(_typed_rows(sent)), prefix=PREFIX)


def _typed_rows(sent: QueryDict) -> Iterator[dict[str, str]]:
    for number in range(MOST_ROWS):
        row = {name: sent.get(f"{PREFIX}-{number}-{name}") for name in RowForm.base_fields}
        if all(value is None for value in row.values()):
            return
        yield {name: value or "" for name, value in row.items()}
