"""What our mail about an account says, by the name that allauth has for each occasion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from readership.readers.letters import Letter

Facts = Mapping[str, Any]


def letter_of(occasion: str, facts: Facts) -> Letter:
    """`occasion` as in "account/email/login_code". Raises KeyError for one that nobody wrote words for."""
    return LETTERS[occasion.replace("/email/", "/")](facts)


def _address(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"


def _site() -> dict[str, str]:
    return {"site": settings.SITE_NAME}


def _typed() -> str:
    return _("You get this mail because somebody typed your address on our page. If it was not you, do nothing.")


def _login_code(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your code for %(site)s") % _site(),
        paragraphs=(
            _("Here is the code to sign in with. It is good for fifteen minutes, and only on the page that asked."),
        ),
        code=str(facts["code"]),
        why=_typed() + " " + _("Nobody of ours will ever ask you for this code."),
    )


def _unknown_account(_facts: Facts) -> Letter:
    return Letter(
        subject=_("No account at %(site)s yet") % _site(),
        paragraphs=(
            _("Somebody, perhaps you, wanted to sign in with this address. There is no account with it."),
            _("You can open one in a minute, or try the other address you may have used."),
        ),
        button=_("Open an account"),
        link=_address("account_signup"),
        why=_typed(),
    )


def _account_already_exists(_facts: Facts) -> Letter:
    return Letter(
        subject=_("You have an account at %(site)s") % _site(),
        paragraphs=(
            _("Somebody, perhaps you, wanted to open an account with this address. There is one already."),
            _("Sign in with it: we send you a code, no password is needed."),
        ),
        button=_("Sign in"),
        link=_address("account_login"),
        why=_typed(),
    )


def _confirm(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your code for %(site)s") % _site(),
        paragraphs=(_("Here is the code that shows that this address is yours. It is good for fifteen minutes."),),
        code=str(facts["code"]),
        why=_typed() + " " + _("Nobody of ours will ever ask you for this code."),
    )


def _password_code(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your code for a new password at %(site)s") % _site(),
        paragraphs=(_("Here is the code with which you can choose a new password."),),
        code=str(facts["code"]),
        why=_typed() + " " + _("Nobody of ours will ever ask you for this code."),
    )


def _email_changed(facts: Facts) -> Letter:
    """To the address that was the account's until now, with a way back (attack E10)."""
    return Letter(
        subject=_("Your account at %(site)s has a new address") % _site(),
        paragraphs=(
            _("Mail about your account goes to another address from now on, and the account is opened with that one."),
            _("If you did this, all is well. If not, the link below gives you the account back, for seven days."),
        ),
        button=_("This was not me: undo it"),
        link=str(facts["undo_url"]),
        why=_("You get this mail because this was the address of an account with us."),
    )


def _notice(subject: str, told: str) -> Callable[[Facts], Letter]:
    """Something about the account changed. The words are marked for translation where they stand below."""

    def letter(_facts: Facts) -> Letter:
        return Letter(
            subject=_(subject) % _site(),
            paragraphs=(
                _(told),
                _("If you did this, all is well. If not, sign in, look at what is there, and end all other sessions."),
            ),
            button=_("Your account"),
            link=_address("account_mine"),
            why=_("You get this mail because something about your account was changed."),
        )

    return letter


CHANGED = gettext_noop("Your account at %(site)s was changed")

LETTERS: dict[str, Callable[[Facts], Letter]] = {
    "account/login_code": _login_code,
    "account/unknown_account": _unknown_account,
    "account/account_already_exists": _account_already_exists,
    "account/email_confirmation": _confirm,
    "account/email_confirmation_signup": _confirm,
    "account/password_reset_code": _password_code,
    "account/email_changed": _email_changed,
    "account/email_deleted": _notice(CHANGED, gettext_noop("An address was taken from it.")),
    "account/password_changed": _notice(CHANGED, gettext_noop("Its password was changed.")),
    "account/password_reset": _notice(CHANGED, gettext_noop("Its password was changed with a code sent by mail.")),
    "account/password_set": _notice(CHANGED, gettext_noop("It was given a password.")),
    "mfa/recovery_codes_generated": _notice(CHANGED, gettext_noop("It has new recovery codes; the old ones are dead.")),
    "mfa/totp_activated": _notice(CHANGED, gettext_noop("An app for codes was added as a second step.")),
    "mfa/totp_deactivated": _notice(CHANGED, gettext_noop("The app for codes is no longer its second step.")),
    "mfa/webauthn_added": _notice(CHANGED, gettext_noop("A passkey was added to it.")),
    "mfa/webauthn_removed": _notice(CHANGED, gettext_noop("A passkey was taken from it.")),
    "socialaccount/account_connected": _notice(CHANGED, gettext_noop("Another place to sign in with was added to it.")),
    "socialaccount/account_disconnected": _notice(CHANGED, gettext_noop("A place to sign in with was taken from it.")),
}
