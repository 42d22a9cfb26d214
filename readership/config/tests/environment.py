"""The surroundings of every test run: a home of its own, loaded before the settings are (a pytest plug-in)."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

# Not the newsroom that a developer may have in ./var.
GIVEN = os.environ.get("READERSHIP_TEST_HOME")
os.environ["READERSHIP_HOME"] = GIVEN or tempfile.mkdtemp(prefix="readership-test-")
os.environ.setdefault("READERSHIP_DATABASE_POOL", "0")
(Path(os.environ["READERSHIP_HOME"]) / "static").mkdir(exist_ok=True)


KINDS = {
    "postgresql": "needs real row locks; collected only when PostgreSQL is used",
    "sqlite": "about the one file with its one writer; collected only when SQLite is used",
}


def pytest_configure(config: pytest.Config) -> None:
    for kind, why in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: {why}")


def pytest_unconfigure() -> None:
    if not GIVEN:
        shutil.rmtree(os.environ["READERSHIP_HOME"], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = "sqlite" if os.environ.get("READERSHIP_DATABASE") else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
