"""Whether the database still refuses to change the ledger (migration 0002 taught it to)."""

from __future__ import annotations

from django.db import connection

TRIGGERS = frozenset({"funding_ledgerentry_refuses_update", "funding_ledgerentry_refuses_delete"})
# A trigger that PostgreSQL keeps but does not fire has tgenabled "D".
ASK = {
    "postgresql": "SELECT tgname FROM pg_trigger"
    " WHERE tgrelid = 'funding_ledgerentry'::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'funding_ledgerentry'",
}


def missing_triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(ASK[connection.vendor])
        return sorted(TRIGGERS - {name for (name,) in cursor.fetchall()})
