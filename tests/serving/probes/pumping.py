"""A pump in a process of its own, to be killed: `python -m tests.serving.probes.pumping put 500`, then `pump`."""

from __future__ import annotations

import sys
from datetime import timedelta

import django
from django.db import transaction

# A pump that was killed keeps what it had in its hands for so long.
LEASE = timedelta(seconds=2)


def main(what: str, count: str = "0") -> None:
    django.setup()
    # Only now are there models.
    from readership.outbox import pump as pumping  # noqa: PLC0415
    from readership.outbox.mail import put_mail  # noqa: PLC0415
    from readership.outbox.pump import Pump  # noqa: PLC0415
    from readership.outbox.registry import Lane  # noqa: PLC0415

    if what == "pump":
        pumping.LOOK_INTO_TABLE_EVERY = LEASE
        Pump(lane=Lane.MAIL, lease=LEASE).run()
        return
    with transaction.atomic():
        for number in range(int(count)):
            put_mail(key=f"mail-{number}", to=f"reader{number}@example.org", subject="News", text="There are some.")


if __name__ == "__main__":
    main(*sys.argv[1:])
