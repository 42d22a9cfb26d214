"""Who was erased, as hashes, in a file beside the database: a backup that is restored knows nothing of it (attack L07).

One JSON object a line: when, what became of the words, and a keyed hash of the address, from which nobody can learn it
without the secret key of the site.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from readership.readers.holdings import Person


@dataclass(frozen=True)
class Noted:
    erased_at: datetime
    words: str
    who: str


def log_file() -> Path:
    return Path(settings.HOME) / "erasures.jsonl"


def hash_of(address: str, *, secret: str | None = None) -> str:
    return salted_hmac(
        "readership.readers.erasure", address.strip().lower(), secret=secret, algorithm="sha256"
    ).hexdigest()


def note_erasure(person: Person, *, words: str, now: datetime) -> None:
    """On the disk before it returns. Somebody without an address cannot be found again, and is not noted."""
    if not person.address:
        return
    line = json.dumps({"erased_at": now.isoformat(), "words": words, "who": hash_of(person.address)})
    with log_file().open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def noted() -> Iterator[Noted]:
    if not log_file().exists():
        return
    with log_file().open(encoding="utf-8") as file:
        for line in file:
            # The last line may have been broken off by a loss of power.
            if line.endswith("\n"):
                said = json.loads(line)
                yield Noted(datetime.fromisoformat(said["erased_at"]), said["words"], said["who"])
