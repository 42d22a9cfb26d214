"""The secret key: from the environment, or made once and kept in the home directory."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from readership.config import env


def key(home: Path) -> str:
    """READERSHIP_SECRET_KEY, else the key in `home`/secret_key, made on first use and readable by its owner only."""
    given = env.text("READERSHIP_SECRET_KEY", "")
    if given:
        return given
    file = home / "secret_key"
    try:
        # O_EXCL: of two programs that start at once on an empty home, one makes the key and both use it.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8").strip()
