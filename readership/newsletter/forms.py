"""The forms of readers. They check shapes; what is done with them is decided in joining.py and stopping.py."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readership.following.forms import AddressForm
from readership.newsletter.models import Edition
from readership.newsletter.queries import those_there_are
from readership.newsletter.wishes import Wishes

MOST_SENT = 60
LONGEST_NUMBER = 18


class Numbers(forms.MultipleChoiceField):
    """Ids of rows, of which nobody knows yet whether there are any."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def validate(self, value: Any) -> None:
        return None

    def clean(self, value: Any) -> list[int]:
        sent = [str(one) for one in super().clean(value)][:MOST_SENT]
        return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) <= LONGEST_NUMBER]


class WishesForm(forms.Form):
    """`edition` may be empty: then nothing is wanted any more."""

    edition = forms.MultipleChoiceField(choices=Edition.choices, required=False)
    section = Numbers()
    topic = Numbers()

    def wishes(self) -> Wishes:
        given = self.cleaned_data
        sections, topics = those_there_are(given["section"], given["topic"])
        return Wishes(tuple(map(Edition, given["edition"])), topics=topics, sections=sections)


class SignUpForm(AddressForm, WishesForm):
    field_order = ["edition", "section", "topic", "email", "website"]

    def clean_edition(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["edition"]
        if not chosen:
            raise forms.ValidationError(_("Please choose what should come."))
        return chosen
