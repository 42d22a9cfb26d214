"""One line for one thing, and no key in it."""

from __future__ import annotations

import json
import logging

import pytest

from readership.lib.logs import JsonLine


def line(message: str, *arguments: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, None)
    said: str = json.loads(JsonLine(keys_follow=["/gifts/yours/"]).format(record))["message"]
    return said


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/gifts/yours/1-1.abc.D_e-f/", "/gifts/yours/…/"),
        ("/gifts/yours/1-1.abc.D_e-f/receipts/XYZ/", "/gifts/yours/…/receipts/XYZ/"),
        ("https://a.example/gifts/yours/1-1.abc.def?said=kept", "https://a.example/gifts/yours/…?said=kept"),
        ("/gifts/link/", "/gifts/link/"),
    ],
)
def test_e12_a_key_in_an_address_is_in_no_log(path: str, kept: str) -> None:
    assert line("Not Found: %s", path) == f"Not Found: {kept}"


def test_without_keys_a_line_is_what_was_said() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "a\nb", (), None)

    assert json.loads(JsonLine().format(record))["message"] == "a\nb"
