"""Before the first request: is the set-up whole? Each fault is one sentence that says what to do."""

from __future__ import annotations

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

import readership.config.checks  # noqa: F401 - registers them


def prepare() -> list[str]:
    """What keeps the server from starting. Collects static files when there are none yet."""
    faults = [str(message.msg) for message in checks.run_checks(databases=["default"]) if message.is_serious()]
    faults = faults or database_faults()
    if not faults and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    return faults


def database_faults() -> list[str]:
    try:
        missing = missing_migrations()
    except DatabaseError as error:
        return [f"The database does not answer: {error}"]
    if missing:
        return [f"The database lacks {missing} migrations. Run `readership init` or `readership manage migrate`."]
    return []


def missing_migrations() -> int:
    executor = MigrationExecutor(connections["default"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
