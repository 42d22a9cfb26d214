"""What is typed at the desk's further pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from readership.funding.periods import months_end_before, next_start


class ClosingForm(forms.Form):
    """Periods follow each other: only the first one's beginning can be chosen."""

    starts_on = forms.DateField(label=pgettext_lazy("days", "From"), widget=AdminDateInput)
    ends_on = forms.DateField(label=pgettext_lazy("days", "To"), widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        start = next_start()
        kwargs["initial"] = {"starts_on": start, "ends_on": months_end_before(timezone.localdate())}
        super().__init__(*args, **kwargs)


class StopForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as “asked by phone”. It is kept with the pledge."),
    )


class DaysForm(forms.Form):
    """What cannot be read does not filter; the form says so beside the field."""

    since = forms.DateField(label=pgettext_lazy("days", "From"), widget=AdminDateInput, required=False)
    until = forms.DateField(label=pgettext_lazy("days", "To"), widget=AdminDateInput, required=False)
