"""What a giver chooses on the giving page: read, checked, and said back when it is not clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from readership.funding.amounts import read_amount
from readership.funding.beginning import Words
from readership.funding.errors import AmountRefused, GivingRefused
from readership.funding.forms import AmountWidget
from readership.funding.models import Campaign, Frequency
from readership.funding.models.wishes import DEDICATION_LENGTH, MESSAGE_LENGTH, PUBLIC_NAME_LENGTH
from readership.funding.money import Money
from readership.funding.offering import check_limits, choices
from readership.funding.processors.base import FeeSchedule
from readership.funding.wording import amount_text
from readership.lib.text import clean_line, clean_text

CARD, TRANSFER = "card", "transfer"


class SumChoice(forms.RadioSelect):
    """Sums as buttons. Of two that were sent nobody can say which was meant (attack K06)."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return sent[0] if len(sent) == 1 else None


class GivingForm(forms.Form):
    """`methods` are the ways that are set up: nothing else can be chosen, whatever is posted (attack K08)."""

    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.ONCE
    )
    amount = forms.CharField(label=_("Another sum"), max_length=40, required=False, widget=AmountWidget)
    cover = forms.BooleanField(label=_("Add the fee"), required=False)
    is_named = forms.BooleanField(label=_("Thank me by name"), required=False)
    public_name = forms.CharField(
        label=_("Your name, as readers shall see it"), max_length=PUBLIC_NAME_LENGTH, required=False
    )
    dedication = forms.CharField(label=_("In honour or memory of"), max_length=DEDICATION_LENGTH, required=False)
    message = forms.CharField(
        label=_("A message to the newsroom"),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(label=_("Your e-mail address"), required=False)
    # Robots fill in what people do not see.
    website = forms.CharField(required=False)
    # Empty, but while unusually many gifts begin (see proving.py).
    proof = forms.CharField(required=False, max_length=1_000)

    def __init__(self, campaign: Campaign, methods: Mapping[str, Any], fee: FeeSchedule, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.campaign, self.methods, self.fee = campaign, methods, fee
        self.offered = choices(campaign)
        for frequency, sums in self.offered.items():
            self.fields[f"amount_{frequency.value}"] = forms.ChoiceField(
                label=_("Sum"),
                required=False,
                choices=[(str(money.minor), amount_text(money)) for money in sums],
                widget=SumChoice,
                initial=str(sums[min(1, len(sums) - 1)].minor),
            )
        self.fields["method"] = forms.ChoiceField(
            label=_("How to pay"),
            choices=list(methods.items()),
            widget=forms.RadioSelect,
            initial=next(iter(methods), None),
        )

    @property
    def takes_transfers(self) -> bool:
        return TRANSFER in self.methods

    @property
    def has_several_methods(self) -> bool:
        return len(self.methods) > 1

    @property
    def sum_fields(self) -> list[tuple[str, forms.BoundField]]:
        """One group of sums for each frequency, for the template."""
        return [(frequency.value, self[f"amount_{frequency.value}"]) for frequency in self.offered]

    def clean_public_name(self) -> str:
        return clean_line(self.cleaned_data["public_name"])

    def clean_dedication(self) -> str:
        return clean_line(self.cleaned_data["dedication"])

    def clean_message(self) -> str:
        return clean_text(self.cleaned_data["message"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_named") and not cleaned.get("public_name"):
            self.add_error(
                "public_name", _("Please write the name that readers shall see, or untick “Thank me by name”.")
            )
        if cleaned.get("method") == TRANSFER and cleaned.get("frequency") not in {None, Frequency.ONCE}:
            said = _("By bank transfer you give once here. For more, choose “By card or online”, or a standing order.")
            self.add_error("method", said)
        if cleaned.get("frequency") and not self.errors:
            cleaned["money"] = self._money(cleaned)
        return cleaned

    def _money(self, cleaned: dict[str, Any]) -> Money | None:
        """What was typed wins over what was ticked: nobody types a sum in order to give another."""
        ticked = cleaned.get(f"amount_{cleaned['frequency']}")
        try:
            if cleaned["amount"].strip():
                money = read_amount(cleaned["amount"], currency=self.campaign.currency, language=get_language() or "en")
            elif not ticked:
                raise ValidationError(_("Please choose a sum, or write one."))
            else:
                money = Money(int(ticked), self.campaign.currency)
            check_limits(money)
        except (AmountRefused, GivingRefused) as refused:
            self.add_error("amount", str(refused.message))
        except ValidationError as refused:
            self.add_error("amount", refused)
        else:
            return money
        return None

    def cover_of(self, money: Money) -> Money:
        is_covered = self.cleaned_data["cover"] and self.cleaned_data["method"] == CARD
        return self.fee.cover_for(money) if is_covered else Money(0, money.currency)

    def words(self, language: str) -> Words:
        is_named = self.cleaned_data["is_named"]
        return Words(
            public_name=self.cleaned_data["public_name"] if is_named else "",
            is_anonymous=not is_named,
            dedication=self.cleaned_data["dedication"],
            message=self.cleaned_data["message"],
            language=language,
        )
