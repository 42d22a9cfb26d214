from __future__ import annotations

import logging
import threading

import pytest

from readership.config.serving import background
from readership.config.serving.background import keep_running


def test_a_loop_that_falls_over_is_started_again_and_the_fall_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "DELAYS", (0.01,))
    until, falls = threading.Event(), [OSError("locked"), SystemExit(1), None]

    def loop() -> None:
        error = falls.pop(0)
        if error is None:
            until.set()
            return
        raise error

    with caplog.at_level(logging.ERROR):
        keep_running(loop, until=until, name="probe")

    assert falls == []
    assert [record.getMessage() for record in caplog.records] == ["The probe fell over."] * 2
