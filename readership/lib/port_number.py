"""The number of a port as somebody typed it on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

HIGHEST = 65_535


def port_number(given: str) -> int:
    if given.isascii() and given.isdigit() and 0 < int(given[:6]) <= HIGHEST:
        return int(given)
    raise ArgumentTypeError(f"“{given}” is not a port: choose a number from 1 to {HIGHEST}")
