from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fake_stripe.fake import FakeStripe


@contextmanager
def running(*, port: int = 0) -> Iterator[FakeStripe]:
    """A fake of its own on a free port, ended with the block."""
    with FakeStripe(port=port) as started:
        yield started
