"""Settings come from the environment; a missing or wrong one stops the program with its name and what to do."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# What `readership init` wrote for this home; the environment wins over it.
KEPT: dict[str, str] = {}
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def load(file: Path) -> None:
    """Read `NAME=value` lines that `readership init` keeps in the home directory."""
    if file.is_file():
        lines = file.read_text(encoding="utf-8").splitlines()
        for line in lines:
            name, equals, value = line.partition("=")
            if equals and not name.startswith("#"):
                KEPT[name] = value


def _given(name: str, default: str | None = None) -> str | None:
    return os.environ.get(name, KEPT.get(name, default))


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or the content of the file that `NAME_FILE` points to (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    value = _given(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Every setting is explained in .env.example.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = (_given(name, "1" if default else "") or "").strip().lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")
    return value in YES


def one_of(name: str, default: str, *others: str) -> str:
    value = (_given(name, default) or default).strip().lower()
    if value not in {default, *others}:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join((default, *others))}, not “{value}”.")
    return value


def number(name: str, default: int) -> int:
    value = _given(name, str(default)) or ""
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in (_given(name, default) or "").split(",") if word.strip()]


def postgres(address: str) -> dict[str, object]:
    """`postgres://user:password@host:port/name` as Django's PostgreSQL settings, with a pool (see e4)."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "READERSHIP_DATABASE must look like postgres://user:password@host:5432/name, or be empty for SQLite."
        )
    options: dict[str, object] = {
        "options": "-c statement_timeout=5s -c lock_timeout=4s -c idle_in_transaction_session_timeout=10s"
    }
    pool = number("READERSHIP_DATABASE_POOL", 10)
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
