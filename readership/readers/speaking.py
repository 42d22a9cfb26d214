"""Who speaks: a reader with an account, a guest whose device we know, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from readership.readers.guests import guest_of
from readership.readers.models import Guest, Reader


@dataclass(frozen=True)
class Speaker:
    """Reader and guest are kinds of their own and never compared by number (attack C04)."""

    reader: Reader | None = None
    guest: Guest | None = None

    @property
    def is_known(self) -> bool:
        return self.reader is not None or self.guest is not None


NOBODY = Speaker()


def speaker_of(request: HttpRequest) -> Speaker:
    """Costs one or two queries and touches the session: only for personal views, never for a page that is shared."""
    if isinstance(request.user, Reader):
        return Speaker(reader=request.user)
    return Speaker(guest=guest_of(request))
