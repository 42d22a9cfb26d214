"""`readership demo`: a newsroom with content, set up, planted and served. Running it again is safe."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError

from readership.lib.port_number import port_number
from readership.stories.models import Story
from readership.website.demo.accounts import ACCOUNTS
from readership.website.demo.planting import demo_site, plant, planted_at
from readership.website.management.commands.init import keep
from readership.website.setting_up import set_up_newsroom


class Command(BaseCommand):
    help = "Set up and serve a newsroom with content: The Brinmouth Lantern. All of it is invented."
    # A home that is not set up yet fails them; the set-up below mends that.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="port to listen at (%(default)s)")
        parser.add_argument("--no-serve", action="store_true", help="set up and plant, then stop")

    def handle(self, *, port: int, no_serve: bool, **_options: Any) -> None:
        # A line in the log for each page would hide what matters here.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        refuse_other_newsrooms()
        self._keep_settings(port)
        self._step("Setting up the database and files …")
        call_command("migrate", interactive=False, verbosity=0)
        collect_static_files()
        set_up_newsroom(name=settings.SITE_NAME, url=settings.SITE_URL, language=settings.LANGUAGE_CODE)
        self._step("Painting pictures, planting stories and comments …")
        report = plant(has_passwords=is_here_only())
        if report.failed_count:
            raise CommandError(f"The demo could not be planted whole:\n{report.as_text()}")
        self._tell()
        if not no_serve:
            call_command("serve", port=port)

    def _keep_settings(self, port: int) -> None:
        site, currency = demo_site()
        values = {
            "READERSHIP_SITE_NAME": site.name,
            "READERSHIP_URL": f"http://127.0.0.1:{port}",
            "READERSHIP_LANGUAGE": site.language,
            "READERSHIP_CURRENCY": currency,
            "READERSHIP_DEMO_GIVING": "yes",
        }
        if keep(Path(settings.HOME), values):
            # The settings were read before they were written: start again with them.
            os.execv(sys.executable, [sys.executable, *sys.argv])

    def _step(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _tell(self) -> None:
        self._step(f"\n{settings.SITE_NAME} is planted in {settings.HOME}.")
        self._step(f"\n  Site   {settings.SITE_URL}/\n  Admin  {settings.SITE_URL}/admin/\n")
        if not is_here_only():
            self._step("The site can be reached from outside, so the demo’s accounts have no passwords.")
            self._step("Make an account of your own: readership init --admin-email YOU@EXAMPLE.ORG\n")
            return
        self._step("  Test accounts (published: for this machine only)")
        widths = [max(len(getattr(account, name)) for account in ACCOUNTS) for name in ("role", "email")]
        for account in ACCOUNTS:
            self._step(f"    {account.role:{widths[0]}}  {account.email:{widths[1]}}  {account.password}")
        self._step("")


def is_here_only() -> bool:
    """Whether only this machine can reach the site: else nobody may sign in with a published password."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_other_newsrooms() -> None:
    try:
        is_other = Story.objects.exists() and planted_at() is None
    except DatabaseError:
        return  # No tables yet.
    if is_other:
        raise CommandError(
            f"{settings.HOME} holds a newsroom with its own stories. "
            "Give the demo a directory of its own: READERSHIP_HOME=./demo readership demo"
        )


def collect_static_files() -> None:
    """Only when a file has changed since: hashing and compressing all of them takes seconds."""
    made = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = (Path(__file__).parents[3]).glob("*/static/**/*")
    newest = max((file.stat().st_mtime for file in sources), default=0.0)
    if not made.exists() or made.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)
