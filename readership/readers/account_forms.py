"""What readers say of themselves. NameForm is the part of signing up that allauth leaves to us."""

from __future__ import annotations

from typing import Any

from allauth.core import context as allauth_context
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from readership.lib.text import clean_text
from readership.readers.errors import NameRefused, PictureRefused
from readership.readers.guests import guest_of
from readership.readers.models import Reader
from readership.readers.models.reader import BIO_LENGTH
from readership.readers.names import MAX_LENGTH, allowed_name

MOST_BYTES = 8 * 1024 * 1024
NAME = forms.CharField(
    label=_("Name"),
    max_length=MAX_LENGTH,
    help_text=_("Shown beside what you write. Any name will do."),
    widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    error_messages={"required": _("Please give a name to stand beside what you write. Any name will do.")},
)


class NameForm(forms.Form):
    """The base of allauth's forms for signing up."""

    name = NAME

    def clean_name(self) -> str:
        """A verified guest may keep the name. By the device at hand and not by the address that was typed: the answer
        would tell anybody whose name goes with which address (attack E01)."""
        guest = guest_of(allauth_context.request)
        try:
            return allowed_name(self.cleaned_data["name"], guest=guest)
        except NameRefused as refused:
            raise forms.ValidationError(str(refused.message)) from None

    def signup(self, request: HttpRequest, user: Reader) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name", "name_skeleton"])


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("A picture of your own"),
        error_messages={"required": _("Please choose a file first."), "empty": PictureRefused.message},
    )

    def clean_picture(self) -> UploadedFile[bytes]:
        """Before anything of it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["picture"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large. Please choose one of at most 8 MB."))
        return file


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class ProfileForm(forms.Form):
    name = NAME
    bio = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=BIO_LENGTH,
        help_text=_("Up to 300 characters, plain text. It stands on your public page."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please say it in %(limit_value)d characters at most.")},
    )
    has_profile = forms.BooleanField(label=_("A public page lists what I wrote"), required=False)
    is_indexed = forms.BooleanField(label=_("Search engines may list that page"), required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        self.reader = reader
        kwargs["initial"] = {name: getattr(reader, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        try:
            return allowed_name(self.cleaned_data["name"], reader=self.reader)
        except NameRefused as refused:
            raise forms.ValidationError(str(refused.message)) from None

    def clean_bio(self) -> str:
        return " ".join(clean_text(self.cleaned_data["bio"]).split())
