"""Sessions in the database, each with its owner beside it (Django's SESSION_ENGINE).

One that is deleted is over on every machine with the next request: nothing keeps a copy (attack E09).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import constant_time_compare

from readership.readers.models import Reader, ReaderSession

DEVICE, BEGAN_AT = "readership.device", "readership.began_at"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[ReaderSession]:
        return ReaderSession

    def create_model_instance(self, data: dict[str, Any]) -> ReaderSession:
        session: ReaderSession = super().create_model_instance(data)  # type: ignore[assignment]
        session.reader_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.device = str(data.get(DEVICE, ""))[:60]
        began_at = data.get(BEGAN_AT)
        session.began_at = datetime.fromisoformat(began_at) if began_at else None
        return session


def end_sessions(reader: Reader, *, but: str = "") -> int:
    """Everywhere, `but` for the session with this key. Returns how many ended."""
    return ReaderSession.objects.filter(reader=reader).exclude(session_key=but).delete()[0]


def end_session(reader: Reader, key_hash: str) -> None:
    """The one of the reader's sessions that is named so (ReaderSession.key_hash)."""
    for session in ReaderSession.objects.filter(reader=reader):
        if constant_time_compare(session.key_hash, key_hash):
            session.delete()
