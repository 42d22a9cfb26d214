"""allauth's forms in our words. NameForm stands apart: allauth needs it while its own forms are made."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _

from readership.readers.mail_domains import refuse_domains

LABELS = {
    "email": _("E-mail"),
    "login": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password until now"),
    "password1": _("New password"),
    "password2": _("The same again"),
}


class InOurWords(forms.Form):
    """A label above each field, and nothing in the field that looks as if it were filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name in {"password", "oldpassword"}:
                field.help_text = ""


class ForNewAddress(InOurWords):
    """An address that is not in an account yet. Who has an account gets in with any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].validators.append(refuse_domains)


class SignUpForm(ForNewAddress, theirs.SignupForm):
    """No password: whoever reads the mail of the address has the account. A password that was chosen before the address
    was confirmed could be a stranger's, who waits for its owner to come."""

    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)


class PasswordForm(InOurWords, theirs.LoginForm):
    pass


class CodeForm(InOurWords, theirs.RequestLoginCodeForm):
    pass


class AddressForm(ForNewAddress, theirs.AddEmailForm):
    pass


class ForgottenForm(InOurWords, theirs.ResetPasswordForm):
    pass


class SetPasswordForm(InOurWords, theirs.SetPasswordForm):
    pass


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):
    pass


class ResetPasswordForm(InOurWords, theirs.ResetPasswordKeyForm):
    pass
