"""`readership init`: make a newsroom in this home, or bring an existing one up to date. Running it again is safe."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import list_currencies
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.core.validators import validate_email

from readership.website.setting_up import set_up_newsroom

# Option → setting, and what is asked when a person sits at the keyboard.
KEPT = {
    "name": ("READERSHIP_SITE_NAME", "Name of the newsroom"),
    "url": ("READERSHIP_URL", "Address of the site"),
    "language": ("READERSHIP_LANGUAGE", "Language"),
    "currency": ("READERSHIP_CURRENCY", "Currency"),
}


class Command(BaseCommand):
    help = "Set up a newsroom: database, files, front page, workflow and the first editor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-input", action="store_true", help="ask nothing")
        parser.add_argument("--name")
        parser.add_argument("--url", help="such as https://news.example.org")
        parser.add_argument("--language", help="such as en or de")
        parser.add_argument("--currency", help="three letters, such as EUR")
        parser.add_argument("--admin-email")
        parser.add_argument("--admin-password", help="left out: asked for, or made and printed once")

    def handle(self, *_args: Any, **options: Any) -> None:
        given = {option: options[option] or self._ask(option, options) for option in KEPT}
        check(given)
        if keep(Path(settings.HOME), {KEPT[option][0]: value for option, value in given.items()}):
            # The settings were read before they were written: start again with them.
            os.execv(sys.executable, [sys.executable, *sys.argv])
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        newsroom = set_up_newsroom(
            name=given["name"],
            url=given["url"],
            language=given["language"],
            editor_email=self._email(options),
            editor_password=options["admin_password"] or "",
        )
        self.stdout.write(f"{given['name']} is ready in {settings.HOME}.")
        if newsroom.made_password:
            self.stdout.write(f"Sign in at {given['url']}/admin/ as {newsroom.editor_email}.")
            self.stdout.write(f"Password (shown this once): {newsroom.made_password}")
        self.stdout.write("Start it with: readership serve")

    def _ask(self, option: str, options: dict[str, Any]) -> str:
        current: str = {
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "language": settings.LANGUAGE_CODE,
            "currency": settings.SITE_CURRENCY,
        }[option]
        if options["no_input"] or not sys.stdin.isatty():
            return current
        return input(f"{KEPT[option][1]} [{current}]: ").strip() or current

    def _email(self, options: dict[str, Any]) -> str:
        email: str = options["admin_email"] or ""
        if not email and not options["no_input"] and sys.stdin.isatty():
            email = input("E-mail of the first editor (empty: none now): ").strip()
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise CommandError(f"“{email}” is not an e-mail address.") from None
        return email


def check(given: dict[str, str]) -> None:
    address = urlsplit(given["url"])
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise CommandError(f"“{given['url']}” is not an address. It must look like https://news.example.org")
    if given["language"] not in dict(settings.LANGUAGES):
        raise CommandError(f"“{given['language']}” is not one of our languages: {', '.join(dict(settings.LANGUAGES))}.")
    if given["currency"].upper() not in list_currencies():
        raise CommandError(f"“{given['currency']}” is not a currency. It must be three letters such as EUR.")


def keep(home: Path, values: dict[str, str]) -> bool:
    """Write the settings of this home; whether they changed. Lines of other settings stay."""
    file = home / "settings.env"
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in before if line.split("=", 1)[0] not in values]
    lines = [*others, *(f"{name}={' '.join(value.split())}" for name, value in values.items())]
    if lines == before:
        return False
    partial = file.with_suffix(".part")
    partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
    partial.replace(file)
    return True
