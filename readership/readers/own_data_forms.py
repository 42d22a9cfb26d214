"""Asking for what is held about oneself, and leaving."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from readership.readers.erasing import Words


class AskForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Please type your address."),
            "invalid": _("This is not an address of the form name@example.org."),
        },
    )
    website = forms.CharField(required=False)  # people never see it, and programs fill it in


class LeaveForm(forms.Form):
    words = forms.ChoiceField(
        label=_("What I wrote"), choices=Words.choices, initial=Words.KEEP, widget=forms.RadioSelect
    )
    is_sure = forms.BooleanField(
        label=_("Erase me. I know that nobody can undo this."),
        error_messages={"required": _("Please tick this, so that nobody is erased by mistake.")},
    )
