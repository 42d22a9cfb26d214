"""`readership manage make_voters COUNT`: readers who are signed in. Prints the key of each session on a line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from readership.readers.models import Reader

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int)

    @transaction.atomic
    def handle(self, *, count: int, **_options: Any) -> None:
        readers = [
            Reader(email=f"voter-{number}@example.org", name=f"Voter {number}", password=f"!{number}")
            for number in range(count)
        ]
        Reader.objects.bulk_create(readers)
        sessions = [_session(reader) for reader in Reader.objects.filter(email__startswith="voter-").order_by("pk")]
        Session.objects.bulk_create(sessions)
        self.stdout.write("\n".join(session.session_key for session in sessions))


def _session(reader: Reader) -> Session:
    signed_in = {
        SESSION_KEY: str(reader.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: reader.get_session_auth_hash(),
    }
    return Session(
        session_key=f"voter{reader.pk:027d}",
        session_data=SessionStore().encode(signed_in),
        expire_date=timezone.now() + timedelta(days=1),
    )
