"""`readership manage mark_agreed`: mark what groups like that usually disagree. Done by itself once a day.

A command of its own, so that only the process which does it loads numpy.
"""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from readership.discussion.agreeing import mark_agreed


class Command(BaseCommand):
    help = "Mark comments that are liked by groups which usually disagree, and clear marks that are no longer due."

    def handle(self, *_args: Any, **options: Any) -> None:
        count = mark_agreed(now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{count} comments marked or cleared.")
