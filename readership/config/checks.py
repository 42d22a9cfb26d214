"""What must be so before the server starts, each fault one sentence (Django's system checks)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

from readership.config import sqlite_library

SHORTEST_KEY = 40
# Of examples, tutorials and Django's own start-up command.
KNOWN_KEYS = ("django-insecure", "changeme", "change-me", "secret-key", "your-secret")
SQLITE = "readership.config.one_writer"
MONTHS = range(1, 13)


@register(Tags.security)
def secret_key_is_secret(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and not any(word in key.lower() for word in KNOWN_KEYS):
        return []
    sentence = (
        "The secret key is one that others know or could guess. "
        "Remove READERSHIP_SECRET_KEY, and a good one is made and kept in the home directory."
    )
    return [Error(sentence, id="readership.E001")]


@register
def home_can_be_written(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    if os.access(settings.HOME, os.W_OK | os.X_OK):
        return []
    sentence = f"{settings.HOME} cannot be written. Let this user own it, or set another READERSHIP_HOME."
    return [Error(sentence, id="readership.E002")]


@register
def fiscal_year_begins_in_a_month(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    if settings.FISCAL_YEAR_START in MONTHS:
        return []
    return [Error("READERSHIP_FISCAL_YEAR_START must be a month, 1 to 12.", id="readership.E008")]


@register
def sqlite_keeps_what_it_confirmed(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    database: dict[str, Any] = settings.DATABASES["default"]
    return sqlite_faults(database["OPTIONS"], settings.SQLITE_VERSION) if database["ENGINE"] == SQLITE else []


def sqlite_faults(options: dict[str, Any], version: tuple[int, ...]) -> list[CheckMessage]:
    written = str(options.get("init_command", "")).replace(" ", "").lower()
    found: list[CheckMessage] = []
    if "journal_mode=wal" in written and not sqlite_library.is_safe_in_wal(version):
        number = ".".join(map(str, version))
        sentence = f"SQLite {number} can lose commits in WAL mode. Install pysqlite3, or set journal_mode=TRUNCATE."
        found.append(Error(sentence, id="readership.E003"))
    if options.get("transaction_mode") != "IMMEDIATE":
        sentence = "SQLite needs transaction_mode IMMEDIATE, else writers that meet fail at once."
        found.append(Error(sentence, id="readership.E004"))
    if "synchronous=full" not in written and "synchronous=extra" not in written:
        sentence = "SQLite does not run with synchronous=FULL: a power cut may take the last comments and gifts."
        found.append(checks.Warning(sentence, id="readership.W005"))
    return found


@register(Tags.database)
def postgresql_keeps_what_it_confirmed(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor == "postgresql":
            found += _unsafe_settings(alias)
    return found


def _unsafe_settings(alias: str) -> list[CheckMessage]:
    names = ["data_checksums", "fsync", "full_page_writes"]
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [names])
            values: dict[str, str] = dict(cursor.fetchall())
    except DatabaseError:
        return []  # That it does not answer is said elsewhere, once.
    found: list[CheckMessage] = [
        Error(f"PostgreSQL runs with {name} off: a power cut can destroy the database.", id="readership.E006")
        for name in ("fsync", "full_page_writes")
        if values.get(name) == "off"
    ]
    if values.get("data_checksums") == "off":
        sentence = "PostgreSQL runs without data checksums: a damaged disk would go unnoticed."
        found.append(checks.Warning(sentence, id="readership.W007"))
    return found
