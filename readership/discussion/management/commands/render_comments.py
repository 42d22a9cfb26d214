"""`readership manage render_comments`: make the HTML of comments anew after the sanitiser changed (attack A11)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from tqdm import tqdm

from readership.discussion.mentioning import render_in
from readership.discussion.models import Comment, TextFormat
from readership.discussion.rendering import RENDERER_VERSION, clean_html
from readership.pagecache import changed

BATCH = 500


class Command(BaseCommand):
    help = "Make the HTML of all comments anew from what was typed. Safe to stop and to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that the present renderer made")

    def handle(self, *_args: Any, **options: Any) -> None:
        comments = (
            Comment.objects.all() if options["all"] else Comment.objects.exclude(renderer_version=RENDERER_VERSION)
        )
        ids = list(comments.order_by("pk").values_list("pk", flat=True))
        for start in tqdm(range(0, len(ids), BATCH), unit="batch", disable=None):
            batch = list(Comment.objects.select_related("thread").filter(pk__in=ids[start : start + BATCH]))
            for comment in batch:
                comment.text_html, comment.renderer_version = _html(comment), RENDERER_VERSION
            Comment.objects.bulk_update(batch, ["text_html", "renderer_version"])
            changed(*{f"thread:{comment.thread_id}" for comment in batch})
        self.stdout.write(f"{len(ids)} comments made anew.")


def _html(comment: Comment) -> str:
    if comment.text_format == TextFormat.MARKDOWN:
        return render_in(comment.thread, comment.text_source, parent_id=comment.parent_id)
    return clean_html(comment.text_source)
