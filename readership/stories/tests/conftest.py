"""Each test begins with no picture and no address remembered from the one before."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings


def pytest_configure(config: pytest.Config) -> None:
    # Wagtail draws pictures into temporary files and leaves it to Python to close them.
    config.addinivalue_line("filterwarnings", "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def pictures_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
