"""`readership manage erase ADDRESS`: for whoever asks by letter or telephone; `--again` after a restore."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.readers.erasing import Words, erase_person
from readership.readers.erasing_again import erase_again
from readership.readers.errors import CannotLeave
from readership.readers.exporting import counts
from readership.readers.holdings import person_by_address


class Command(BaseCommand):
    help = "Erase everything that is held about the owner of an address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", help="whose; nothing is asked again")
        parser.add_argument(
            "--words", choices=Words.values, default=Words.KEEP, help="what becomes of comments (%(default)s)"
        )
        parser.add_argument("--again", action="store_true", help="everybody who had left, after a restore")

    def handle(self, *_args: object, address: str | None, words: str, again: bool, **_options: Any) -> None:
        if again:
            self._again()
        elif address:
            self._erase(address, Words(words))
        else:
            raise CommandError(_("Name the address to erase, or --again after a restore."))

    def _erase(self, address: str, words: Words) -> None:
        person = person_by_address(address)
        if not counts(person):
            raise CommandError(_("Nothing is held about %(address)s.") % {"address": address})
        try:
            erase_person(person, words=words, now=timezone.now())
        except CannotLeave as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(_("%(address)s is erased.") % {"address": address})

    def _again(self) -> None:
        done, refused = erase_again(now=timezone.now())
        self.stdout.write(_("%(done)d had left before and were erased again.") % {"done": done})
        if refused:
            said = _("%(refused)d could not be: a pledge still runs, or they work here.")
            raise CommandError(said % {"refused": refused})
