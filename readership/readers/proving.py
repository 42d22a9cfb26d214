"""What an account is opened with is changed only by somebody who has just shown that it is theirs (attack E10).

Signing in counts for a while. After that the password, a passkey or an app's code is asked for again, or a code that
goes to the address of the account: every reader can do that, also those without a password.
"""

from __future__ import annotations

import secrets
import time
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from readership.readers.letters import Letter, send_letter
from readership.readers.models import Reader
from readership.readers.sessions import BEGAN_AT
from readership.readers.throttling import may_mail

KEY = "readership.proof"
LASTS = 15 * 60
MOST_TRIES = 3


def is_fresh(request: HttpRequest, reader: Reader) -> bool:
    """Signed in, or asked again, a moment ago. Signing up leaves no record; a session knows when it began."""
    moments = [float(record["at"]) for record in get_authentication_records(request, reader)]
    if began_at := request.session.get(BEGAN_AT):
        moments.append(datetime.fromisoformat(began_at).timestamp())
    return bool(moments) and time.time() - max(moments) < settings.FRESH_FOR


def send_proof(request: HttpRequest, reader: Reader) -> None:
    """A new code; one that was sent before is dead. Mailed as often as the limits allow."""
    code = get_adapter().generate_login_code()
    request.session[KEY] = {"hash": _hash(code), "at": time.time(), "tries": 0}
    if may_mail(reader.email, request):
        letter = Letter(
            subject=_("Your code for %(site)s") % {"site": settings.SITE_NAME},
            paragraphs=(_("Here is the code to go on with in your account. It is good for fifteen minutes."),),
            name=reader.name,
            code=code,
            why=_("You get this mail because somebody signed in to your account wants to change it. If it was not you, "
                  "end all sessions in your account."),
        )  # fmt: skip
        send_letter(reader.email, letter, key=f"proof-{secrets.token_hex(16)}")


def is_waiting_for_proof(request: HttpRequest) -> bool:
    return KEY in request.session


def take_proof(request: HttpRequest, reader: Reader, code: str) -> bool:
    """Whether it is the code that was mailed last. After three wrong ones a new code has to be sent."""
    kept = request.session.pop(KEY, None)
    if not kept or time.time() - kept["at"] > LASTS:
        return False
    if constant_time_compare(kept["hash"], _hash(code)):
        record_authentication(request, reader, method="code", email=reader.email, reauthenticated=True)
        return True
    if kept["tries"] + 1 < MOST_TRIES:
        request.session[KEY] = {**kept, "tries": kept["tries"] + 1}
    return False


def _hash(code: str) -> str:
    # As people type it: allauth's own codes may be typed with or without the dash, in either case.
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("readership.readers.proving", plain, algorithm="sha256").hexdigest()
