"""What this app, and the libraries it stands on, hold about people."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from readership.readers.holdings import Holding, Person, hold, hold_nothing
from readership.readers.models import Asking, Guest, MailAddress, Reader, ReaderSession

ACCOUNT_KEPT = _("As long as the account.")


def readers_of(person: Person) -> QuerySet[Reader]:
    return Reader.objects.filter(pk=person.reader.pk) if person.reader else Reader.objects.none()


def addresses_of(person: Person) -> QuerySet[MailAddress]:
    whose = Q(address=person.address) if person.address else Q(pk=None)
    if person.reader:
        whose |= Q(reader=person.reader)
    return MailAddress.objects.filter(whose)


def guests_of(person: Person) -> QuerySet[Guest]:
    return Guest.objects.filter(pk__in=[guest.pk for guest in person.guests])


hold(
    Holding(
        model="readers.Reader",
        title=_("Your account"),
        why=_("So that you can sign in, and your name stays yours."),
        kept=ACCOUNT_KEPT,
        of=readers_of,
        shown=(
            "id",
            "email",
            "name",
            "bio",
            "is_staff",
            "is_active",
            "is_supporter",
            "has_profile",
            "is_indexed",
            "joined_at",
            "last_login",
        ),
        inner=("password", "is_superuser", "name_skeleton", "avatar_seed", "avatar_name"),
    ),
    Holding(
        model="readers.MailAddress",
        title=_("Your mail address"),
        why=_("So that you get the mail you asked for, as often as you like, and no other."),
        kept=_("Until you leave. An address that was never confirmed: thirty days."),
        of=addresses_of,
        shown=(
            "id",
            "address",
            "reader",
            "confirmed_at",
            "stopped_at",
            "stopped_because",
            "pace",
            "wants_every",
            "quiet_from",
            "quiet_until",
            "time_zone",
            "language",
            "created_at",
        ),
        inner=("bounces_count", "link_version"),
    ),
    Holding(
        model="readers.Asking",
        title=_("Mails that asked whether an address is yours"),
        why=_("So that nobody can have you flooded with such mail."),
        kept=_("Two days."),
        of=lambda person: Asking.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "asked_at"),
    ),
    Holding(
        model="readers.Guest",
        title=_("Devices you wrote from"),
        why=_("So that you can edit and take back what you wrote without an account."),
        kept=_("A year after it was last of use, or until you leave."),
        of=guests_of,
        shown=("id", "name", "address", "created_at"),
        inner=("secret_hash", "name_skeleton"),
    ),
    Holding(
        model="readers.ReaderSession",
        title=_("Where you are signed in"),
        why=_("So that you stay signed in, and can end it from elsewhere."),
        kept=_("Two weeks after you were last there, or until you sign out."),
        of=lambda person: ReaderSession.objects.filter(reader__in=readers_of(person)),
        shown=("device", "began_at", "expire_date", "reader"),
        inner=("session_key", "session_data"),
    ),
    Holding(
        model="account.EmailAddress",
        title=_("Addresses of your account"),
        why=_("So that you can sign in with them."),
        kept=ACCOUNT_KEPT,
        of=lambda person: EmailAddress.objects.filter(user__in=readers_of(person)),
        shown=("id", "user", "email", "verified", "primary"),
    ),
    Holding(
        model="mfa.Authenticator",
        title=_("Passkeys and other second steps"),
        why=_("So that nobody but you signs in as you."),
        kept=_("As long as the account, or until you remove it."),
        of=lambda person: Authenticator.objects.filter(user__in=readers_of(person)),
        shown=("id", "user", "type", "created_at", "last_used_at"),
        inner=("data",),  # the keys themselves
    ),
    Holding(
        model="socialaccount.SocialAccount",
        title=_("Accounts elsewhere you sign in with"),
        why=_("Because you chose to sign in with them."),
        kept=_("As long as the account, or until you remove it."),
        of=lambda person: SocialAccount.objects.filter(user__in=readers_of(person)),
        shown=("id", "user", "provider", "uid", "last_login", "date_joined", "extra_data"),
    ),
)
hold_nothing(_("keys of one day, destroyed after two"), "readers.NetworkKey")
hold_nothing(
    _("not used: addresses are confirmed by codes, and tokens of other sites are not kept"),
    "account.EmailConfirmation",
    "socialaccount.SocialToken",
    "socialaccount.SocialApp",
)
hold_nothing(
    _("what members of the newsroom may do"),
    "readers.Reader_groups",
    "readers.Reader_user_permissions",
    "auth.Group",
    "auth.Permission",
    "auth.Group_permissions",
)
hold_nothing(
    _("work on its way, forgotten a week after it was done; what waits for one address goes with it"),
    "outbox.OutboxItem",
    "django_tasks_database.DBTaskResult",
)
hold_nothing(_("nothing but the names of tables"), "contenttypes.ContentType")
