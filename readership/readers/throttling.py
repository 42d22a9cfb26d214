"""One layer of limits for every door where somebody signs in, ours and Wagtail's (attacks E04, E05, E07).

Counted in memory that all workers of the machine share. A refusal says how long to wait, and nothing else: it is the
same for accounts that exist and for others.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from readership.lib.client_address import client_network
from readership.lib.rate_limit import Limits, allow

PASSWORD_DOORS = ("/account/login/", "/admin/login/")
# Where an account is named. Elsewhere only the network is counted: a code has its own few tries.
NAMING_DOORS = (*PASSWORD_DOORS, "/account/login/code/", "/account/signup/", "/account/password/reset/")
PICTURES = ((4, 60), (20, 3600))
NAMES = ("login", "email", "username")


def seconds_to_wait(request: HttpRequest) -> int:
    """0 when whoever sent this form may go on; counted when so."""
    network = client_network(request.META)
    wait = _count(f"sign-in:{network}", settings.SIGN_IN_LIMITS)
    if wait or request.path not in NAMING_DOORS:
        return wait
    account = _account_named(request)
    if not account:
        return 0
    # By account and network: nobody is locked out by somebody else's tries.
    wait = _count(f"sign-in:{account}:{network}", settings.ACCOUNT_TRY_LIMITS)
    if wait or request.path not in PASSWORD_DOORS:
        return wait
    # Slow, and for passwords only: the owner still comes in with a code or a passkey.
    return _count(f"passwords:{account}", settings.ACCOUNT_TRY_LIMITS_OVERALL)


def may_mail(address: str, request: HttpRequest) -> bool:
    """Whether a door may send one more mail to this address. Nobody is told when not (attacks E01, G03)."""
    name = hidden(address)
    near = f"account-mail:{name}:{client_network(request.META)}"
    if not allow(near, limits=settings.ACCOUNT_MAIL_LIMITS).is_allowed:
        return False
    return allow(f"account-mail:{name}", limits=settings.ACCOUNT_MAIL_LIMITS_OVERALL).is_allowed


def may_draw(request: HttpRequest) -> bool:
    """Each picture is drawn anew, and lies on our disk (attack B10)."""
    return allow(f"avatar:{client_network(request.META)}", limits=PICTURES).is_allowed


def hidden(name: str) -> str:
    """Counters hold no addresses."""
    return salted_hmac("readership.readers.throttling", name.strip().lower(), algorithm="sha256").hexdigest()


def _account_named(request: HttpRequest) -> str:
    given = next((value for name in NAMES if (value := request.POST.get(name, ""))), "")
    return hidden(given[:254]) if given else ""


def _count(key: str, limits: Limits) -> int:
    verdict = allow(key, limits=limits)
    return 0 if verdict.is_allowed else verdict.retry_after
