"""What a reader's own page shows: finished, no query left in it. Apps above add links of theirs, each with a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from readership.lib.languages import own_name_of
from readership.readers import claims
from readership.readers.avatars import Avatar, avatar_of
from readership.readers.joining import claim_of_reader
from readership.readers.models import Reader, ReaderSession
from readership.readers.profiles import profile_url
from readership.readers.requests import ReaderRequest


@dataclass(frozen=True)
class Row:
    """One line: what it is, how it stands, and where it is changed."""

    name: str
    state: str
    url: str
    deed: str


@dataclass(frozen=True)
class SessionPart:
    key_hash: str
    device: str
    began_at: datetime | None
    is_here: bool


@dataclass(frozen=True)
class AccountPage:
    avatar: Avatar
    profile_url: str  # "" where the reader wants none
    said: str
    offers: tuple[str, ...]
    ways: tuple[Row, ...]
    sections: tuple[Row, ...]
    may_edit_site: bool


Section = Callable[[Reader], Row]
_sections: list[Section] = []


def account_section(function: Section) -> Section:
    """One more line on every reader's own page, from an app above."""
    if function not in _sections:
        _sections.append(function)
    return function


def account_page(request: ReaderRequest) -> AccountPage:
    reader = request.user
    return AccountPage(
        avatar=avatar_of(reader),
        profile_url=profile_url(reader) if reader.has_profile else "",
        said=_said(request.GET.get("said", "")),
        offers=_offers(claims.counts(claim_of_reader(reader, request))),
        ways=_ways(reader),
        sections=tuple(section(reader) for section in _sections),
        may_edit_site=reader.has_perm("wagtailadmin.access_admin"),
    )


def sessions_of(reader: Reader, *, here: str) -> tuple[SessionPart, ...]:
    """Newest first. The page holds no key: whoever sees it could take the session over."""
    found = ReaderSession.objects.filter(reader=reader, expire_date__gt=timezone.now()).order_by("-began_at")
    return tuple(SessionPart(one.key_hash, one.device, one.began_at, one.session_key == here) for one in found)


def ways_to_prove(reader: Reader, onward: str) -> tuple[Row, ...]:
    query = urlencode({"next": onward})
    methods = get_adapter().get_reauthentication_methods(reader)
    return tuple(Row(str(one["description"]), "", f"{one['url']}?{query}", "") for one in methods)


def _said(code: str) -> str:
    return {
        "profile": _("Saved. It shows beside what you write from now on."),
        "picture": _("Saved. Your picture shows beside what you write."),
        "dropped": _("Gone. The drawn picture is back."),
        "claimed": _("It stands under your account now."),
    }.get(code, "")


def _offers(counts: dict[str, int]) -> tuple[str, ...]:
    sentences = {
        "comments": ngettext("%(count)d comment", "%(count)d comments", counts.get("comments", 0)),
        "gifts": ngettext("%(count)d gift", "%(count)d gifts", counts.get("gifts", 0)),
    }
    return tuple(sentences.get(kind, "%(count)d") % {"count": count} for kind, count in counts.items())


def _ways(reader: Reader) -> tuple[Row, ...]:
    """What the account is opened with."""
    kinds = list(Authenticator.objects.filter(user=reader).values_list("type", flat=True))
    passkeys, has_app = kinds.count(Authenticator.Type.WEBAUTHN), Authenticator.Type.TOTP in kinds
    has_password = reader.has_usable_password()
    rows = [
        Row(_("E-mail"), reader.email, reverse("account_email"), _("Change")),
        Row(
            _("Passkeys"),
            ngettext("%(count)d passkey", "%(count)d passkeys", passkeys) % {"count": passkeys}
            if passkeys
            else _("none"),
            reverse("mfa_list_webauthn") if passkeys else reverse("mfa_add_webauthn"),
            _("Change") if passkeys else _("Add one"),
        ),
        Row(
            _("Password"),
            _("set") if has_password else _("none; a code by mail does"),
            reverse("account_change_password") if has_password else reverse("account_set_password"),
            _("Change") if has_password else _("Set one"),
        ),
        Row(_("Second step"), _("an app for codes") if has_app else _("none"), reverse("mfa_index"), _("Change")),
        Row(_("Language"), own_name_of(get_language() or ""), reverse("account_language"), _("Change")),
        Row(_("Sessions"), _("where you are signed in"), reverse("account_sessions"), _("Look")),
    ]
    if settings.SIGN_IN_WITH:
        connected = SocialAccount.objects.filter(user=reader).count()
        state = ngettext("%(count)d place", "%(count)d places", connected) % {"count": connected}
        rows.insert(3, Row(_("Other accounts"), state, reverse("socialaccount_connections"), _("Change")))
    return tuple(rows)
