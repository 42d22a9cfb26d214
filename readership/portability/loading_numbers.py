"""Ids given before the rows are written, so that a whole batch with its replies goes in at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model


def next_pks(model: type[Model], count: int) -> Sequence[int]:
    """Rising, never used before. Call it inside a transaction: on SQLite that keeps other writers out."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + 1 + count)
