"""How long a lane waits whose server is away: a second at first, then twice as long each time."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_REST = timedelta(seconds=1)
LONGEST_REST = timedelta(minutes=5)


class Rest:
    """What one pump knows about the server behind its lane."""

    def __init__(self) -> None:
        self._until: datetime | None = None
        self._length = timedelta(0)
        # The item at which the server went away last, and whether others went through since: then it is that
        # item's own fault, and must not be taken for the server's for ever.
        self.suspect = 0
        self._others_went = False

    @property
    def has_begun(self) -> bool:
        return self._until is not None

    def lasts(self, now: datetime) -> bool:
        return self._until is not None and now < self._until

    def left(self, now: datetime) -> timedelta:
        return max(self._until - now, timedelta(0)) if self._until else timedelta(0)

    def begin(self, now: datetime, *, item: int) -> bool:
        """Wait from now on. Returns whether `item` is to blame, and not the server."""
        is_to_blame = item == self.suspect and self._others_went
        self._length = min(max(self._length * 2, FIRST_REST), LONGEST_REST)
        self._until = now + self._length
        self.suspect, self._others_went = item, False
        return is_to_blame

    def end(self) -> None:
        """Something went through."""
        self._until, self._length = None, timedelta(0)
        self._others_went = True
