"""The database itself refuses to change or delete a ledger entry, whoever asks."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER funding_ledgerentry_refuses_update BEFORE UPDATE ON funding_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'A ledger entry is never changed. Book a reversal.'); END""",
    """CREATE TRIGGER funding_ledgerentry_refuses_delete BEFORE DELETE ON funding_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'A ledger entry is never deleted. Book a reversal.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION funding_ledgerentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'A ledger entry is never changed or deleted. Book a reversal.'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER funding_ledgerentry_refuses_update BEFORE UPDATE ON funding_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION funding_ledgerentry_refuse()""",
    """CREATE TRIGGER funding_ledgerentry_refuses_delete BEFORE DELETE ON funding_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION funding_ledgerentry_refuse()""",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS funding_ledgerentry_refuses_update",
    "DROP TRIGGER IF EXISTS funding_ledgerentry_refuses_delete",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS funding_ledgerentry_refuses_update ON funding_ledgerentry",
    "DROP TRIGGER IF EXISTS funding_ledgerentry_refuses_delete ON funding_ledgerentry",
    "DROP FUNCTION IF EXISTS funding_ledgerentry_refuse()",
]


def lay_on(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_off(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_campaigns_gifts_and_ledger")]
    operations = [migrations.RunPython(lay_on, take_off)]
