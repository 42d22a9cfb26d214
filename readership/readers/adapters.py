"""Where allauth asks us: how mail goes out, what a new account is, which steps signing in has."""

from __future__ import annotations

import secrets
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from readership.lib.client_address import client_address
from readership.readers.account_letters import letter_of
from readership.readers.letters import send_letter
from readership.readers.throttling import may_mail

THEIR_SECOND_STEP, OURS = "allauth.mfa.stages.AuthenticateStage", "readership.readers.second_step.SecondStep"
# Told with a way back, by joining.tell_old_address().
TOLD_ELSEWHERE = {"account/email/email_changed"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not go together. A code by mail works as well."
        ),
        "incorrect_code": _("That is not the code, or it is too old. Please look again, or ask for a new one."),
        "incorrect_password": _("That is not the password of this account."),
        "rate_limited": _("There were many tries. Please wait a few minutes."),
        "too_many_login_attempts": _(
            "There were many tries. Please wait a few minutes, or sign in with a code by mail."
        ),
        "email_taken": _("This address belongs to another account."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox: nothing is sent while somebody waits, so neither the answer nor its time says whether there
        is such an account (attacks E01, E02)."""
        if may_mail(email, allauth_context.request):
            send_letter(email, letter_of(template_prefix, context), key=f"account-{secrets.token_hex(16)}")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if template_prefix not in TOLD_ELSEWHERE:
            super().send_notification_mail(template_prefix, user, context, email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Counted by in allauth's own limits, and kept nowhere."""
        return client_address(request.META)

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Our door asks for it, for readers without a password too; see proving.py."""
        return False

    def get_login_stages(self) -> list[str]:
        return [OURS if stage == THEIR_SECOND_STEP else stage for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_mine")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_mine")


class SecondStepAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  allauth's word
        return _("Passkey %(number)d") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def build_totp_svg(self, url: str) -> str:
        """Part of the page: our policy lets no picture in that is written into an address."""
        return str(segno.make(url, error="m").svg_inline(scale=4, border=2, svgclass="account__qr", lineclass=None))


class SocialAdapter(DefaultSocialAccountAdapter):
    """As allauth has it: known by provider and number, never by e-mail alone (attack E15)."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """The e-mail is offered in the form; the name is asked for, as that of every other reader."""
        user = super().populate_user(request, sociallogin, data)
        user.name = ""
        return user
