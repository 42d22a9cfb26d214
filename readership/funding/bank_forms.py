"""What is typed about the bank: accounts, files of statements, the columns of a CSV file, what a line is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from readership.funding.bank.csv_guessing import DATE_FORMATS, Guess
from readership.funding.bank.csv_lines import FIELDS, Mapping
from readership.funding.bank_listing import CAME, LEFT, LineFilter
from readership.funding.models import BankAccount, BankLine, Campaign, LineState
from readership.funding.money import CURRENCIES
from readership.funding.transfers.iban import compact, in_groups_or_as_is, is_bic, is_iban
from readership.lib.text import clean_line

LARGEST_FILE = 150 * 1024 * 1024
LONGEST_NAME = 80


class AccountForm(WagtailAdminModelForm):
    """An IBAN is kept without spaces; what is no IBAN goes into the other number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "iban" in self.fields:
            self.fields["iban"].max_length = None
            self.fields["iban"].widget.attrs["maxlength"] = 60
            self.fields["iban"].validators = []
            self.initial["iban"] = in_groups_or_as_is(self.instance.iban)

    def clean_iban(self) -> str:
        iban = compact(self.cleaned_data["iban"])
        if iban and not is_iban(iban):
            raise ValidationError(_("This is no IBAN: a figure may be wrong or missing. Please compare it once more."))
        return iban

    def clean_bic(self) -> str:
        bic = compact(self.cleaned_data["bic"])
        if bic and not is_bic(bic):
            raise ValidationError(_("A BIC has 8 or 11 letters and figures, such as COBADEFFXXX."))
        return bic

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if currency not in CURRENCIES:
            raise ValidationError(_("There is no such currency. Please use its three capital letters, such as EUR."))
        return currency

    class Meta:
        model = BankAccount
        fields = ["holder", "iban", "bic", "other_number", "bank_name", "currency", "is_offered"]


class StatementForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CAMT.053, MT940 or CSV, as it came from the bank; a ZIP of several too.")
    )
    account = forms.ModelChoiceField(
        BankAccount.objects.all(),
        label=_("Account"),
        required=False,
        empty_label=_("as the file says"),
        help_text=_("Needed for CSV files only: they do not say whose they are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = list(BankAccount.objects.all()[:2])
        if len(accounts) == 1:
            self.fields["account"].initial = accounts[0]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is too large. Please fetch a shorter time from the bank."))
        return file


FIELD_LABELS = {
    "booked_on": _("Day of booking"),
    "amount": _("Amount, with its sign"),
    "side": _("Whether it came or left, if that is a column"),
    "came": _("Amount that came in, if that is a column of its own"),
    "left": _("Amount that left, if that is a column of its own"),
    "currency": _("Currency"),
    "name": _("Name of the other side"),
    "account": _("Account of the other side"),
    "text": _("Text"),
    "text_2": _("More text"),
    "reference": _("Reference"),
    "reference_2": _("Another reference"),
    "balance": _("Balance after the line: with it, the file can be checked"),
    "own_account": _("Our own account"),
}
DAYS = {
    "%d.%m.%Y": "31.12.2026",
    "%d.%m.%y": "31.12.26",
    "%Y-%m-%d": "2026-12-31",
    "%d/%m/%Y": "31/12/2026",
    "%m/%d/%Y": "12/31/2026",
    "%d-%m-%Y": "31-12-2026",
    "%Y%m%d": "20261231",
    "%Y/%m/%d": "2026/12/31",
    "%d %b %Y": "31 Dec 2026",
}


class MappingForm(forms.Form):
    """Which column holds what. The file is chosen again: nothing of it was kept between the two pages."""

    file = forms.FileField(label=_("The same file once more"))
    account = forms.ModelChoiceField(BankAccount.objects.all(), widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of this kind of file"), max_length=LONGEST_NAME)
    date_format = forms.ChoiceField(label=_("Days are written"), choices=[(one, DAYS[one]) for one in DATE_FORMATS])
    decimal_mark = forms.ChoiceField(label=_("Sums are written"), choices=[(",", "1.234,56"), (".", "1,234.56")])
    # As guessed from the first lines of the file, and sent along.
    headings = forms.JSONField(widget=forms.HiddenInput)
    delimiter = forms.CharField(max_length=1, strip=False, widget=forms.HiddenInput)
    encoding = forms.ChoiceField(
        choices=[(one, one) for one in ("utf-8", "utf-8-sig", "utf-16", "cp1252")], widget=forms.HiddenInput
    )
    skipped_lines = forms.IntegerField(min_value=0, max_value=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– not in the file –")), *((one, one) for one in headings if one)]
        for field in FIELDS:
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=FIELD_LABELS[field], choices=choices, required=field == "booked_on"
            )

    @classmethod
    def of_guess(cls, guess: Guess, account: BankAccount) -> MappingForm:
        mapping = guess.mapping
        columns = {f"column_{field}": heading for field, heading in mapping.columns.items()}
        told = {
            "account": account,
            "name": account.bank_name or account.holder,
            "date_format": mapping.date_format,
            "decimal_mark": mapping.decimal_mark,
            "headings": guess.headings,
            "delimiter": mapping.delimiter,
            "encoding": mapping.encoding,
            "skipped_lines": mapping.skipped_lines,
        }
        return cls(initial={**told, **columns}, headings=guess.headings)

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        columns = [value for name, value in cleaned.items() if name.startswith("column_") and value]
        if not cleaned.get("column_amount") and not (cleaned.get("column_came") and cleaned.get("column_left")):
            self.add_error("column_amount", _("Please choose the amount, or both the money that came and that left."))
        if len(columns) != len(set(columns)):
            self.add_error(None, _("A column can be chosen once only."))
        return cleaned

    @property
    def mapping(self) -> Mapping:
        told = self.cleaned_data
        columns = {field: told[f"column_{field}"] for field in FIELDS if told.get(f"column_{field}")}
        facts = {name: told[name] for name in ("delimiter", "encoding", "date_format", "decimal_mark", "skipped_lines")}
        return replace(Mapping(columns=columns), **facts)


def sent_headings(sent: Any) -> list[str]:
    """What the page sent along, to fill the choices again. Whatever is no list of words is none."""
    try:
        told = json.loads(sent.get("headings", ""))
    except ValueError:
        return []
    return [str(one)[:200] for one in told[:200]] if isinstance(told, list) else []


class LineFilterForm(forms.Form):
    SIDES = [("", _("all")), (CAME, _("came in")), (LEFT, _("left"))]

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *LineState.choices], required=False)
    side = forms.ChoiceField(label=_("Money that"), choices=SIDES, required=False)
    account = forms.ModelChoiceField(
        BankAccount.objects.all(), label=_("Account"), required=False, empty_label=_("all")
    )
    words = forms.CharField(label=_("Name, text or gift’s reference"), max_length=100, required=False)

    def wanted(self) -> LineFilter:
        """What cannot be read does not filter; the form says so beside the field."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if "words" in found:
            found["words"] = clean_line(found["words"])
        return LineFilter(**found)


class NewGiftForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Campaign"), empty_label=None)
    giver_name = forms.CharField(label=_("Name"), max_length=120, required=False)
    giver_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("If you know it: then we send a word of thanks.")
    )
    is_anonymous = forms.BooleanField(label=_("Wants to stay unnamed"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, line: BankLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["giver_name"] = line.remitter_name[:120]
        field = cast(forms.ModelChoiceField, self.fields["campaign"])  # type: ignore[type-arg]
        field.queryset = Campaign.objects.filter(currency=line.currency)


class AsideForm(forms.Form):
    note = forms.CharField(label=_("What it is"), max_length=200, required=False)


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The gift is reversed, and the reason stays in the ledger for good."),
    )


class SettleForm(forms.Form):
    """Which suggestion was chosen."""

    gift = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    is_again = forms.BooleanField(required=False)
