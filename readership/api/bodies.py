"""How a body is read."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class JsonBody(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Whatever is raised here is answered with 400, also for brackets a thousand deep."""
        return json.loads(request.body, parse_constant=_no_number, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a name given twice, two programs may believe different values (attack C05)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(name: str) -> None:
    """JSON knows no NaN; Python's reader does."""
    raise ValueError(name)
