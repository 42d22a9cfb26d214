"""What a giver chooses for all own gifts: the name in public, the badge, the language, the account they belong to."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from readership import pagecache
from readership.funding.errors import AccountTaken, PublicNameMissing
from readership.funding.models import Gift, Giver, LedgerEntry, Pledge
from readership.funding.models.wishes import PUBLIC_NAME_LENGTH
from readership.lib.text import clean_line
from readership.readers.models import Reader
from readership.readers.standing import mark_supporter


@transaction.atomic
def be_named(giver: Giver, *, is_named: bool, public_name: str = "") -> None:
    """One name for every gift and pledge of this giver, past and to come: one person is one name on a page of givers.

    Not to be named takes the name away everywhere, so that no page can show it by mistake. Raises PublicNameMissing.
    """
    name = clean_line(public_name)[:PUBLIC_NAME_LENGTH] if is_named else ""
    if is_named and not name:
        raise PublicNameMissing
    campaigns: set[int] = set()
    for rows in (Pledge.objects.filter(giver=giver), Gift.objects.filter(giver=giver)):
        campaigns |= set(rows.order_by().values_list("campaign_id", flat=True))
        rows.update(public_name=name, is_anonymous=not is_named)
    pagecache.changed("givers", *(f"campaign:{campaign}" for campaign in campaigns))


def public_name_of(giver: Giver) -> str:
    """The name of the newest gift; empty when the giver is not named. One query."""
    newest = Gift.objects.filter(giver=giver).order_by("-pk").values_list("public_name", flat=True)
    return newest.first() or ""


@transaction.atomic
def wear_badge(giver: Giver, *, wants_badge: bool) -> None:
    Giver.objects.filter(pk=giver.pk).update(wants_badge=wants_badge)
    _show_badge(giver.reader)


def speak(giver: Giver, language: str) -> None:
    """The language of the giver's page and mails. One that the site does not have changes nothing."""
    if language in dict(settings.LANGUAGES):
        Giver.objects.filter(pk=giver.pk).update(language=language)


def join_account(giver: Giver, reader: Reader) -> None:
    """The giver's page opens with this account from here on. Called by somebody who holds both: the link to the
    page and the account; the same address on both sides proves nothing. Raises AccountTaken."""
    if Giver.objects.filter(reader=reader).exclude(pk=giver.pk).exists():
        raise AccountTaken
    joined = Giver.objects.filter(pk=giver.pk, reader=None).update(reader=reader)
    if not joined and not Giver.objects.filter(pk=giver.pk, reader=reader).exists():
        raise AccountTaken
    _show_badge(reader)


@transaction.atomic
def leave_account(giver: Giver) -> None:
    Giver.objects.filter(pk=giver.pk).update(reader=None)
    _show_badge(giver.reader)


def renew_badges() -> int:
    """By the books of today: gifts come, and are reversed, while nobody looks at a badge. Returns how many changed."""
    wearing = {reader.pk: reader for reader in Reader.objects.filter(is_supporter=True)}
    wishing = {reader.pk: reader for reader in Reader.objects.filter(giver__wants_badge=True)}
    entitled = supporters_among(set(wishing))
    changes = {pk: reader for pk, reader in (wearing | wishing).items() if (pk in wearing) != (pk in entitled)}
    for pk, reader in changes.items():
        mark_supporter(reader, pk in entitled)
    return len(changes)


def _show_badge(reader: Reader | None) -> None:
    if reader:
        mark_supporter(reader, reader.pk in supporters_among({reader.pk}))


def supporters_among(readers: set[int]) -> set[int]:
    """Who of these readers (by key) shows the badge: gave, still stands by it, and asked for it. One query.

    Trials do not count, nor what was reversed or paid back in full by a reversal.
    """
    standing = LedgerEntry.objects.filter(kind="gift", reversal__isnull=True, gift__giver__isnull=False)
    wearing = Giver.objects.filter(reader_id__in=readers, wants_badge=True, pk__in=standing.values("gift__giver_id"))
    return {reader_id for reader_id in wearing.values_list("reader_id", flat=True) if reader_id}
