"""The form with which an account is opened. NameForm stands apart: allauth needs it while its own forms are made."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm


class SignUpForm(SignupForm):
    """No password: whoever reads the mail of the address has the account. A password that was chosen before the address
    was confirmed could be a stranger's, who waits for its owner to come."""

    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)
