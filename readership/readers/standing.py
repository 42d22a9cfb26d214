"""What a reader is here, whoever asks: apps above say what they know, and never ask each other."""

from __future__ import annotations

from django.db import transaction

from readership.readers.models import Reader
from readership.readers.profiles import tell


@transaction.atomic
def mark_supporter(reader: Reader, is_supporter: bool) -> None:
    """Funding knows who gives, and who of them wants others to see it."""
    if Reader.objects.filter(pk=reader.pk, is_supporter=not is_supporter).update(is_supporter=is_supporter):
        reader.is_supporter = is_supporter
        tell(reader)
