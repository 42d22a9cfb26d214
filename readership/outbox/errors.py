"""What a handler may say about its failure. Anything else it raises is tried again later and given up in the end.

OutboxError
├── ServerAway          nothing was handed over and no item is to blame: the lane rests
├── PerhapsDone         the server went away in the middle: it may have it, so it is tried again, and seldom
├── HeldUp              the other end of this line asks for later: only the line waits
└── Hopeless            will never work: given up at once
    └── AddressRefused  because nobody has that address
"""

from __future__ import annotations

from collections.abc import Callable


class OutboxError(Exception):
    """Its text is the reason, as it is shown to whoever looks after the site."""


class ServerAway(OutboxError):
    pass


class PerhapsDone(OutboxError):
    pass


class HeldUp(OutboxError):
    # Called after the last attempt.
    when_given_up: Callable[[], None] = staticmethod(lambda: None)


class Hopeless(OutboxError):
    pass


class AddressRefused(Hopeless):
    pass
