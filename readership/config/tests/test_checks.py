from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection

from readership.config.checks import (
    fiscal_year_begins_in_a_month,
    home_can_be_written,
    postgresql_keeps_what_it_confirmed,
    secret_key_is_secret,
    sqlite_faults,
)

GOOD = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def ids(found: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("k" * 60, []),
        ("short", ["readership.E001"]),
        ("django-insecure-" + "k" * 60, ["readership.E001"]),
        ("CHANGEME" * 8, ["readership.E001"]),
    ],
)
def test_n12_a_key_that_others_know_stops_the_server(settings: Any, key: str, found: list[str]) -> None:
    settings.SECRET_KEY = key

    assert ids(secret_key_is_secret(None)) == found


@pytest.mark.parametrize(("month", "found"), [(1, []), (12, []), (0, ["readership.E008"]), (13, ["readership.E008"])])
def test_a_year_that_begins_in_no_month_stops_the_server(settings: Any, month: int, found: list[str]) -> None:
    settings.FISCAL_YEAR_START = month

    assert ids(fiscal_year_begins_in_a_month(None)) == found


def test_a_home_that_cannot_be_written_stops_the_server(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "nowhere"

    assert ids(home_can_be_written(None)) == ["readership.E002"]


@pytest.mark.parametrize(
    ("version", "options", "found"),
    [
        ((3, 53, 4), {}, []),
        # The WAL-reset bug: only the rollback journal is safe there.
        ((3, 40, 1), {}, ["readership.E003"]),
        ((3, 51, 2), {}, ["readership.E003"]),
        ((3, 44, 6), {}, []),
        ((3, 40, 1), {"init_command": "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous=FULL"}, []),
        ((3, 53, 4), {"transaction_mode": None}, ["readership.E004"]),
        (
            (3, 53, 4),
            {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"},
            ["readership.W005"],
        ),
    ],
)
def test_sqlite_runs_only_where_it_keeps_what_it_confirmed(
    version: tuple[int, ...], options: dict[str, Any], found: list[str]
) -> None:
    given = {"transaction_mode": "IMMEDIATE", "init_command": GOOD, **options}

    assert ids(sqlite_faults(given, version)) == found


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_that_would_not_survive_a_power_cut_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        is_off = cursor.fetchone() == ("off",)

    found = ids(postgresql_keeps_what_it_confirmed(None, databases=["default"]))

    assert ("readership.E006" in found) == is_off
