"""What is typed at the newsletter's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from readership.newsletter.models import Audience, Edition, EditionPlan

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class IssueForm(WagtailAdminModelForm):
    """An audience by topic or section needs one; what is not asked for is not kept."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        audience = cleaned.get("audience")
        if audience == Audience.TOPIC and not cleaned.get("topic"):
            self.add_error("topic", _("Please choose the topic."))
        if audience == Audience.SECTION and not cleaned.get("section"):
            self.add_error("section", _("Please choose the section."))
        if audience != Audience.TOPIC:
            cleaned["topic"] = None
        if audience != Audience.SECTION:
            cleaned["section"] = None
        return cleaned


class TimeForm(forms.Form):
    send_at = forms.DateTimeField(label=_("Goes out at"), widget=AdminDateTimeInput)


class PlanForm(forms.ModelForm[EditionPlan]):
    """One edition. Letters have no hour: they go out when an editor says so."""

    hour = forms.TypedChoiceField(label=_("Hour"), choices=HOURS, coerce=int)

    class Meta:
        model = EditionPlan
        fields = ["is_on", "weekday", "hour", "sender_name"]

    def __init__(self, sent: QueryDict | None, *, plan: EditionPlan) -> None:
        super().__init__(sent, instance=plan, prefix=plan.edition)
        edition = plan.edition
        if edition != Edition.WEEKLY:
            del self.fields["weekday"]
        if edition == Edition.LETTERS:
            del self.fields["hour"]
