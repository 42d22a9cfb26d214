"""`readership manage fill_threads SIZE …`: threads of these sizes, under no page yet. Prints their ids as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from bench.site.crowd import fill
from readership.discussion.models import Thread
from readership.stories.models import Story


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sizes", type=int, nargs="+")

    @transaction.atomic
    def handle(self, *, sizes: list[int], **_options: Any) -> None:
        threads = {}
        for size in sizes:
            thread = Thread.objects.create(page=None)
            fill(thread, size)
            threads[size] = thread.pk
        story = Story.objects.live().filter(is_pinned=True).get()
        told = {
            "story": story.pk,
            "path": story.url,
            "thread": story.thread.pk,
            "comment": story.thread.comments.listed().roots().earliest("id").pk,
            "threads": threads,
        }
        self.stdout.write(json.dumps(told))
