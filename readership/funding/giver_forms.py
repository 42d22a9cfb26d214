"""What is typed on a giver's own page, and to be sent a link to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from readership.funding.forms import AmountField
from readership.funding.models.wishes import PUBLIC_NAME_LENGTH
from readership.funding.refunding import REASON_LENGTH


class LinkForm(forms.Form):
    email = forms.EmailField(label=_("The e-mail address you gave from"), max_length=254)
    # Robots fill in what people do not see.
    website = forms.CharField(required=False)


class PledgeAmountForm(forms.Form):
    amount = AmountField(label=_("New amount"), required=True)

    def __init__(self, *args: Any, currency: str, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["amount"]
        if isinstance(field, AmountField):
            field.currency = currency


class StopForm(forms.Form):
    reason = forms.CharField(label=_("Why, if you like to tell us"), max_length=300, required=False)


class RefundForm(forms.Form):
    reason = forms.CharField(
        label=_("What was wrong, if you like to tell us"), max_length=REASON_LENGTH, required=False
    )
    # Names one sending of the form.
    sending = forms.CharField(max_length=32, required=False)


class WishesForm(forms.Form):
    is_named = forms.BooleanField(label=_("Thank me by name"), required=False)
    public_name = forms.CharField(
        label=_("Your name, as readers shall see it"), max_length=PUBLIC_NAME_LENGTH, required=False
    )
    wants_badge = forms.BooleanField(label=_("Show the badge of a supporter beside my comments"), required=False)
    language = forms.ChoiceField(label=_("Language of this page and of our mails"), choices=settings.LANGUAGES)
