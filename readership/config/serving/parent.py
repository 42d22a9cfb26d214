"""Nothing outlives its parent: an orphaned worker would go on answering, beside the version started next."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_EVERY = 0.5
# What is under way may finish; then the process goes, however busy it is.
GRACE = 1.0


def leave_with(parent: int) -> None:
    """Watch from a thread, and end this process within two seconds after `parent` died."""
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
