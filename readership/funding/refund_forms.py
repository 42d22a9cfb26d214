"""What is typed when money goes back."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from readership.funding.amounts import read_amount, typed
from readership.funding.errors import AmountRefused
from readership.funding.forms import AmountWidget
from readership.funding.money import Money
from readership.funding.refunding import REASON_LENGTH


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The giver reads it in a mail: say why the money is not paid back."),
    )


class PayBackForm(forms.Form):
    amount = forms.CharField(
        label=_("Amount"), max_length=40, widget=AmountWidget, help_text=_("All that is left, or a part of it.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the treasurers. It is kept with the refund."),
    )
    submission_key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, left: Money, **kwargs: Any) -> None:
        self.left = left
        kwargs["initial"] = {"amount": typed(left, get_language() or "en"), "submission_key": uuid.uuid4().hex}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = cast(dict[str, Any], super().clean())
        if cleaned.get("amount"):
            try:
                self.wanted: Money = read_amount(
                    cleaned["amount"], currency=self.left.currency, language=get_language() or "en"
                )
            except AmountRefused as refused:
                self.add_error("amount", str(refused.message))
        return cleaned
