"""Accounts in the admin: our readers have one name, not a first and a last one."""

from __future__ import annotations

from django import forms
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from readership.readers.address_changes import adopt_address
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

    def save(self, commit: bool = True) -> Reader:
        """Another address, given by an administrator, is the only one that opens the account from here on."""
        reader: Reader = super().save(commit)
        if commit and "email" in self.changed_data:
            adopt_address(reader)
        return reader


class OwnAccountForm(NameEmailForm):
    first_name = None
    last_name = None

    class Meta(NameEmailForm.Meta):
        model = Reader
        fields = ["name", "email"]
        widgets = {"name": forms.TextInput}
