"""Wagtail's sign-in for the newsroom: its form and its look, and behind it the same steps as at our own door."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpResponse
from wagtail.admin.views.account import LoginView


class StaffDoor(LoginView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Nobody is signed in here before the second step, where there is one (attack E11)."""
        reader = form.get_user()
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0)
        # Whoever made this account in the admin vouches for its address.
        login = Login(user=reader, redirect_url=self.get_success_url(), email_verification=EmailVerificationMethod.NONE)
        answer: HttpResponse = perform_password_login(self.request, {"email": reader.email}, login)
        return answer
