"""Accounts in the admin: our readers have one name, not a first and a last one."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from readership.readers.models import Reader

FIELDS = {"email", "name", "is_staff", "is_superuser", "groups"}


class ReaderCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS


class ReaderEditForm(UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        fields = FIELDS | {"is_active"}


class OwnAccountForm(NameEmailForm):
    first_name = None
    last_name = None

    class Meta(NameEmailForm.Meta):
        model = Reader
        fields = ["name", "email"]
        widgets = {"name": forms.TextInput}
