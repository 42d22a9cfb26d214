"""The forms of this app. They check shapes; what may be followed is decided in wanting.py and asking.py."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from readership.following.errors import AddressMissing
from readership.following.wishes import Chosen
from readership.readers.mail_domains import refuse_domains
from readership.readers.models import MailAddress, Pace

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class AddressForm(forms.Form):
    """`website` is a field that people do not see."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        validators=[refuse_domains],
        error_messages={
            "required": AddressMissing.message,
            "invalid": _("That does not look like an e-mail address. Please look at it again."),
        },
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.is_known = is_known
        if is_known:
            self.fields["email"].required = False


class WishesForm(forms.Form):
    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices, widget=forms.RadioSelect)
    wants_every = forms.BooleanField(label=_("Each comment of a busy story in a mail of its own"), required=False)
    quiet_from = forms.TypedChoiceField(label=_("Quiet from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("until"), choices=HOURS, coerce=int)
    time_zone = forms.CharField(label=_("Time zone"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))

    def clean_time_zone(self) -> str:
        given = str(self.cleaned_data["time_zone"]).strip()
        if given and given not in available_timezones():
            raise forms.ValidationError(_("We do not know this time zone. It is written like “Europe/Berlin”."))
        return given

    def chosen(self) -> Chosen:
        given = self.cleaned_data
        return Chosen(
            pace=Pace(given["pace"]),
            wants_every=given["wants_every"],
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            time_zone=given["time_zone"],
            language=given["language"],
        )


def wishes_form(address: MailAddress, *, language: str) -> WishesForm:
    return WishesForm(
        initial={
            "pace": address.pace,
            "wants_every": address.wants_every,
            "quiet_from": address.quiet_from,
            "quiet_until": address.quiet_until,
            "time_zone": address.time_zone or settings.TIME_ZONE,
            "language": language,
        }
    )
