"""One line for one thing, and no key in it."""

from __future__ import annotations

import json
import logging
import sys

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


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Refused: ann.lee+news@mail.example.org, 550", "Refused: …@mail.example.org, 550"),
        ("<ann@example.org>", "<…@example.org>"),
        ("/search/?q=ann@example.org", "/search/?q=…@example.org"),
        (
            "SMTPRecipientsRefused({'ann@example.org': (550, b'no')})",
            "SMTPRecipientsRefused({'…@example.org': (550, b'no')})",
        ),
        ("@media of a@b", "@media of a@b"),
    ],
)
def test_l14_a_line_names_nobodys_address(said: str, kept: str) -> None:
    assert line("%s", said) == kept


def test_l14_an_error_names_nobodys_address_either() -> None:
    try:
        raise ValueError("no such reader: ann@example.org")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "a", (), sys.exc_info())

    told = json.loads(JsonLine().format(record))["error"]
    assert "…@example.org" in told
    assert "ann@" not in told


def test_without_keys_a_line_is_what_was_said() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "a\nb", (), None)

    assert json.loads(JsonLine().format(record))["message"] == "a\nb"
