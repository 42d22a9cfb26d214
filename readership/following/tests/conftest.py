"""Something to follow and something to tell, for tests of what does not know what that is."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from readership.following import registry
from readership.following.registry import News, Subject
from readership.following.tests.makers import GONE, WEATHER
from readership.readers.models import MailAddress


@pytest.fixture(autouse=True)
def _weather(monkeypatch: pytest.MonkeyPatch) -> None:
    """News 1, 2, 3 … of the weather; what is in GONE may not be read any more."""

    def told(ids: Collection[int], address: MailAddress) -> dict[int, News]:
        return {n: News("Weather", "/weather/", f"Rain {n}", "It rains.", f"/{n}/") for n in ids if n not in GONE}

    def subjects(ids: Collection[int]) -> dict[int, Subject]:
        return {n: Subject(f"Weather of {n}", "/weather/", f"thread-{n}") for n in ids}

    monkeypatch.setitem(registry._tellers, WEATHER, told)
    for kind in ("thread", "comment"):
        monkeypatch.setitem(registry._finders, kind, subjects)
    GONE.clear()
