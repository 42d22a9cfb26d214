"""The second step of signing in: who set one up is asked for it at every door; staff must where the newsroom says so.

At our own door and at Wagtail's, allauth lets nobody in before the second step is done. What is left for the middleware
is a session of somebody who has none yet, or set it up a moment ago (attack E11).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from readership.readers.models import Reader

# Nothing is shown or done there but signing in and out.
OPEN = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")


def ask_for_second_step(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_TWO_FACTOR and request.path.startswith("/admin/") and not request.path.startswith(OPEN):
            reader = request.user
            if isinstance(reader, Reader) and not did_second_step(request, reader):
                return HttpResponseRedirect(_way_to_it(request, reader))
        return get_response(request)

    return answer


def did_second_step(request: HttpRequest, reader: Reader) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, reader))


class SecondStep(AuthenticateStage):
    """A passkey alone signs readers in, and takes nothing from them that a code by mail gives: who loses the device is
    not locked out. For staff it is a second step like any other, as an app for codes is for everybody."""

    def _should_handle(self, request: HttpRequest) -> bool:
        reader = self.login.user
        if isinstance(reader, Reader) and not reader.is_staff and not is_mfa_enabled(reader, [Authenticator.Type.TOTP]):
            return False
        return bool(super()._should_handle(request))


def _way_to_it(request: HttpRequest, reader: Reader) -> str:
    kinds = set(Authenticator.objects.filter(user=reader).values_list("type", flat=True))
    query = urlencode({"next": request.get_full_path()})
    if Authenticator.Type.TOTP in kinds:
        return f"{reverse('mfa_reauthenticate')}?{query}"
    if Authenticator.Type.WEBAUTHN in kinds:
        return f"{reverse('mfa_reauthenticate_webauthn')}?{query}"
    return f"{reverse('mfa_index')}?staff=1"
