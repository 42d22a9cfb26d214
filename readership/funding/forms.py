"""What is typed at the treasurer's desk: read, checked, and said back when it is not clear."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from readership.funding.amounts import read_amount, typed
from readership.funding.errors import AmountRefused
from readership.funding.listing import TRIALS, GiftFilter
from readership.funding.models import AmountChoice, Campaign, CampaignMark, GiftKind
from readership.funding.models.campaign import newsroom_currency
from readership.funding.money import Money
from readership.funding.queries import current_campaign
from readership.lib.text import clean_line

# Below /support/ these words lead to pages of ours, so no campaign can have one as its own.
RESERVED = frozenset({"books", "cancelled", "check", "done", "give", "givers", "mine", "pledges", "receipts", "thanks"})


class AmountWidget(forms.TextInput):
    """Takes one amount only: of two that were sent, nobody can say which was meant (attack K06)."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return sent[0] if len(sent) == 1 else None


class AmountField(forms.Field):
    """Whole minor units, typed and shown as people write money. `currency` is set by the form."""

    widget = AmountWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.currency = newsroom_currency()

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return read_amount(str(value), currency=self.currency, language=get_language() or "en").minor
        except AmountRefused as refused:
            raise ValidationError(refused.message) from refused

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return typed(Money(value, self.currency), get_language() or "en")
        return value


class MarkForm(WagtailAdminModelForm):
    at_minor = AmountField(label=_("At"))

    class Meta:
        model = CampaignMark
        fields = ["at_minor", "label"]


class AmountChoiceForm(WagtailAdminModelForm):
    amount_minor = AmountField(label=_("Amount"))

    class Meta:
        model = AmountChoice
        fields = ["frequency", "amount_minor"]


class CampaignForm(WagtailAdminModelForm):
    """A campaign keeps the currency it was made with: its gifts are in it."""

    goal_minor = AmountField(label=_("Goal"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [*self._forms_of("marks"), *self._forms_of("amount_choices")]
        for field in (field for form in (self, *lines) for field in form.fields.values()):
            if isinstance(field, AmountField):
                field.currency = self.instance.currency

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError(_("This word is taken by a page of ours. Please choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        goal = cleaned.get("goal_minor")
        for form in self._filled_in("marks"):
            if goal and form.cleaned_data["at_minor"] >= goal:
                form.add_error("at_minor", _("A mark lies on the way to the goal, so it must be below it."))
        self._refuse_twins("marks", "at_minor")
        self._refuse_twins("amount_choices", "amount_minor", "frequency")
        return cleaned

    def _refuse_twins(self, name: str, field: str, *others: str) -> None:
        seen: set[tuple[Any, ...]] = set()
        for form in self._filled_in(name):
            facts = tuple(form.cleaned_data[fact] for fact in (field, *others))
            if facts in seen:
                form.add_error(field, _("This sum is there already."))
            seen.add(facts)

    def _filled_in(self, name: str) -> Iterator[WagtailAdminModelForm]:
        """Those whose every field can be read, and that are not to be taken away."""
        for form in self._forms_of(name):
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE"):
                yield form

    def _forms_of(self, name: str) -> list[WagtailAdminModelForm]:
        return list(self.formsets[name].forms) if name in self.formsets else []


class GiftForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=_("Campaign"), empty_label=None)
    amount = forms.CharField(label=_("Amount"), max_length=40, widget=AmountWidget)
    received_on = forms.DateField(label=_("Received on"), widget=AdminDateInput, initial=timezone.localdate)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=GiftKind.choices, widget=forms.RadioSelect, initial=GiftKind.TRANSFER
    )
    giver_name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Empty when nobody gave one.")
    )
    is_anonymous = forms.BooleanField(label=_("Wants to stay unnamed"), required=False)
    giver_email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Thanks are sent to this address."))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the treasurers only."),
    )
    submission_key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Made with the page: the same page sent twice is the same gift.
        kwargs["initial"] = {"campaign": current_campaign(), "submission_key": uuid.uuid4().hex}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        campaign, amount = cleaned.get("campaign"), cleaned.get("amount")
        if campaign and amount:
            try:
                cleaned["amount"] = read_amount(amount, currency=campaign.currency, language=get_language() or "en")
            except AmountRefused as refused:
                self.add_error("amount", str(refused.message))
        return cleaned


class ReversalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays in the ledger for good."),
    )


class GiftFilterForm(forms.Form):
    STATES = [("", _("all")), ("standing", _("standing")), ("reversed", _("reversed")), (TRIALS, _("trials"))]

    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=_("Campaign"), required=False, empty_label=_("all"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *GiftKind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    since = forms.DateField(label=pgettext_lazy("days", "From"), widget=AdminDateInput, required=False)
    until = forms.DateField(label=pgettext_lazy("days", "To"), widget=AdminDateInput, required=False)
    words = forms.CharField(label=_("Name, e-mail or reference"), max_length=100, required=False)

    def wanted(self) -> GiftFilter:
        """What cannot be read does not filter; the form says so beside the field."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if "words" in found:
            found["words"] = clean_line(found["words"])
        return GiftFilter(**found)
