"""Log lines: one JSON object a line, so that nobody can forge a second line with a newline in a name (attack I05).

They name nobody: of an e-mail address only the domain is left (attack L14), which is what tells of trouble with mail.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime

# Looked for at the beginning of a run of such signs only, so that a long one costs no more than its length.
BEFORE_THE_DOMAIN = re.compile(r"(?<![\w.+%&~-])[\w.+%&~-]+@(?=\w[\w-]*\.\w)")


class JsonLine(logging.Formatter):
    """`keys_follow` are beginnings of addresses whose next part is a secret: it is left out of every line."""

    def __init__(self, keys_follow: Sequence[str] = ()) -> None:
        super().__init__()
        begins = "|".join(re.escape(begin) for begin in keys_follow)
        self._keys = re.compile(rf"({begins})[^/\s\"'?#]+") if keys_follow else None

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": self._scrubbed(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self._scrubbed(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True)

    def _scrubbed(self, text: str) -> str:
        without_keys = self._keys.sub(r"\1…", text) if self._keys else text
        return BEFORE_THE_DOMAIN.sub("…@", without_keys)
