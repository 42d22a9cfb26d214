"""What every test starts from."""

from __future__ import annotations

import pytest

from readership.lib import rate_limit


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests() -> None:
    rate_limit.forget_all()
