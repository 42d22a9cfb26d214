"""The forms of a thread. They check shapes; what a comment may be is decided in posting.py."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from readership.discussion.naming import MAX_LENGTH as NAME_LENGTH
from readership.discussion.paging import read_id
from readership.discussion.wording import invitation


def _new_key() -> str:
    return secrets.token_urlsafe(12)


class CommentForm(forms.Form):
    """One box that grows. The page may be shared by everybody, so nothing in the form knows who fills it in.

    `submission_key` tells a form sent twice from two comments; it is not secret. `website` is a field that people do
    not see.
    """

    text = forms.CharField(
        label=_("Your comment"),
        max_length=settings.COMMENT_MAX_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": None}),
        error_messages={
            "required": _("Write something first: the comment is empty."),
            "max_length": _(
                "That is %(show_value)d characters. Please shorten it to %(limit_value)d, or split it in two."
            ),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please give a name to stand beside your comment. Any name will do.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("That does not look like an e-mail address. It may also stay empty.")},
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    submission_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=_new_key)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(
        self, *args: Any, thread_id: int, is_reader: bool = False, parent_name: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action_url = f"/discuss/threads/{thread_id}/comments/"
        self.max_length = settings.COMMENT_MAX_LENGTH
        self.parent_name = parent_name
        self.invitation = invitation()
        self.edit_minutes = settings.COMMENT_EDIT_MINUTES
        self.is_reader = is_reader
        self.fields["text"].widget.attrs.pop(
            "maxlength", None
        )  # The server says so and keeps the text; a browser cuts it.
        if is_reader:
            self.fields["name"].required = False

    def clean_parent(self) -> int | None:
        given = self.cleaned_data["parent"]
        if not given:
            return None
        parent = read_id(given)
        if parent is None:
            raise forms.ValidationError(_("The comment you answer could not be found. Please start your reply again."))
        return parent


class EditForm(forms.Form):
    text = CommentForm.base_fields["text"]
