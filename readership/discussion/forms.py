"""The forms of a thread. They check shapes; what a comment may be is decided in posting.py."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from readership.discussion.errors import NotAPicture, PictureRefused
from readership.discussion.models.picture import ALT_LENGTH
from readership.discussion.naming import MAX_LENGTH as NAME_LENGTH
from readership.discussion.paging import read_id
from readership.discussion.picturing import PictureChange, may_attach
from readership.discussion.telling import Notify
from readership.discussion.wording import invitation
from readership.lib.languages import prefix
from readership.readers.mail_domains import refuse_domains


def _new_key() -> str:
    return secrets.token_urlsafe(12)


def _size(count: int) -> str:
    """8 MB, not 8.0 MB."""
    return re.sub(r"[.,]0(?=\s)", "", filesizeformat(count))


ALT = forms.CharField(
    label=_("What does it show?"),
    required=False,
    max_length=ALT_LENGTH,
    error_messages={"max_length": _("Please say in %(limit_value)d characters at most what the picture shows.")},
)


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
        validators=[refuse_domains],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("That does not look like an e-mail address. It may also stay empty.")},
    )
    notify = forms.ChoiceField(label=_("Notify me of"), choices=Notify.choices, required=False)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        error_messages={"empty": NotAPicture.message, "invalid": NotAPicture.message},
    )
    picture_alt = ALT
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    submission_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=_new_key)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(
        self,
        *args: Any,
        thread_id: int,
        is_reader: bool = False,
        parent_name: str = "",
        lost_picture: bool = False,
        is_shared: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # No browser lets a page fill in a file again, so the form must say that it has to be chosen anew.
        self.lost_picture = lost_picture or bool(self.files)
        self.takes_picture = may_attach(is_reader=is_reader)
        # A page for everybody does not know who has an account; it leads to the own view, which does.
        self.offers_picture_to_readers = is_shared and settings.COMMENT_PICTURES == "readers"
        self.most_picture_bytes = settings.COMMENT_PICTURE_BYTES
        self.most_picture_size = _size(self.most_picture_bytes)
        self.action_url = f"{prefix()}/discuss/threads/{thread_id}/comments/"
        self.max_length = settings.COMMENT_MAX_LENGTH
        self.parent_name = parent_name
        self.invitation = invitation()
        self.edit_minutes = settings.COMMENT_EDIT_MINUTES
        self.is_reader = is_reader
        self.needs_address = settings.GUEST_POLICY == "verified" and not is_reader
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

    def clean_picture(self) -> UploadedFile[bytes] | None:
        """Before anything of it is read."""
        given: UploadedFile[bytes] | None = self.cleaned_data["picture"]
        if given is None:
            return None
        if not self.takes_picture:
            raise forms.ValidationError(PictureRefused.message)
        size = given.size or 0
        if size > self.most_picture_bytes:
            told = {"size": _size(size), "most": self.most_picture_size}
            raise forms.ValidationError(
                _("This picture has %(size)s. Please choose one of at most %(most)s."),
                params=told,
            )
        return given


class EditForm(forms.Form):
    """In the same box as a new comment; the fields of the picture are shown where there is one."""

    text = CommentForm.base_fields["text"]
    max_length = settings.COMMENT_MAX_LENGTH
    picture_alt = ALT
    drops_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def picture_change(self) -> PictureChange | None:
        """None from a form that did not ask about the picture."""
        if self.add_prefix("picture_alt") not in self.data:
            return None
        return PictureChange(alt=self.cleaned_data["picture_alt"], is_dropped=self.cleaned_data["drops_picture"])
