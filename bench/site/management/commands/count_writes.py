"""`readership manage count_writes THREAD COMMENT`: what is stored of the comments and votes, as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from readership.discussion.counting import differences
from readership.discussion.models import Comment, State, Thread


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("thread", type=int)
        parser.add_argument("comment", type=int)

    def handle(self, *, thread: int, comment: int, **_options: Any) -> None:
        shown = Thread.objects.get(pk=thread)
        voted_on = Comment.objects.filter(pk=comment).first()
        told = {
            "published": shown.comments.filter(state=State.PUBLISHED).count(),
            "held": shown.comments.filter(state=State.HELD).count(),
            "votes": voted_on.votes.count() if voted_on else 0,
            "up_count": voted_on.up_count if voted_on else 0,
            "differences": list(differences()),
        }
        self.stdout.write(json.dumps(told))
