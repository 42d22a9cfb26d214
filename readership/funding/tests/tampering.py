"""What somebody with the database in hand could do: take the triggers off and write. For tests only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

laying = import_module("readership.funding.migrations.0002_ledger_only_grows")


def take_triggers_off() -> None:
    _run(laying.POSTGRESQL_BACK if connection.vendor == "postgresql" else laying.SQLITE_BACK)


def lay_triggers_on() -> None:
    _run(laying.POSTGRESQL if connection.vendor == "postgresql" else laying.SQLITE)


@contextmanager
def without_triggers() -> Iterator[None]:
    take_triggers_off()
    try:
        yield
    finally:
        lay_triggers_on()


def change_unseen(sql: str, *values: str | int) -> None:
    """Run `sql` as if the triggers had never been there."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No trigger can be laid while a row still waits for its foreign keys to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)


def empty_the_ledger() -> None:
    """Before Django empties all tables: on SQLite it does so by DELETE, which the triggers refuse."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM funding_ledgerentry WHERE kind = 'reversal'")
        cursor.execute("DELETE FROM funding_ledgerentry")
