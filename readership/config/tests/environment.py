"""The surroundings of every test run: a home of its own, loaded before the settings are (a pytest plug-in)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

# Not the newsroom that a developer may have in ./var.
os.environ["READERSHIP_HOME"] = os.environ.get("READERSHIP_TEST_HOME") or tempfile.mkdtemp(prefix="readership-test-")
os.environ.setdefault("READERSHIP_DATABASE_POOL", "0")
(Path(os.environ["READERSHIP_HOME"]) / "static").mkdir(exist_ok=True)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgresql: needs real row locks; collected only when PostgreSQL is used")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("READERSHIP_DATABASE"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
