"""`readership manage render_threads STORY THREAD …`: what the page of one story costs with each of these threads.

Every view of every thread is rendered in turn, without the page cache. Prints one JSON line a view and thread.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from readership.discussion.models import Thread
from readership.discussion.paging import COLUMNS, Cursor, Filter, Sort, microseconds
from readership.stories.models import Story


@dataclass
class Cost:
    thread: int
    view: str
    queries: int = 0
    size: int = 0
    milliseconds: list[float] = field(default_factory=list)


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int)
        parser.add_argument("threads", type=int, nargs="+")
        parser.add_argument("--rounds", type=int, default=7)

    def handle(self, *, story: int, threads: list[int], rounds: int, **_options: Any) -> None:
        page = Story.objects.get(pk=story)
        addresses = {pk: views_of(Thread.objects.get(pk=pk)) for pk in threads}
        costs = {(pk, view): Cost(pk, view) for pk in threads for view in addresses[pk]}
        renderer = Renderer()
        own = Thread.objects.get(page=page)
        for number in range(rounds + 1):
            for pk in threads:
                with moved(own, pk, page):
                    for view, query in addresses[pk].items():
                        renderer.render(f"{page.url}{query}", costs[pk, view], is_counted=number > 0)
        for cost in costs.values():
            self.stdout.write(json.dumps(asdict(cost)))


class Renderer:
    def __init__(self) -> None:
        self._handler = WSGIHandler()
        self._requests = RequestFactory(headers={"host": settings.SITE_URL.partition("//")[2]})

    def render(self, address: str, cost: Cost, *, is_counted: bool) -> None:
        """The first time only warms up: compiled templates, pages of the database in memory."""
        request = self._requests.get(address)
        with counted_queries() as queries:
            started = time.process_time()
            response = self._handler.get_response(request)
            passed = time.process_time() - started
        assert isinstance(response, HttpResponse), address
        assert response.status_code == 200, (address, response.status_code)
        if is_counted:
            cost.milliseconds.append(passed * 1_000)
            cost.queries, cost.size = max(cost.queries, len(queries)), len(response.content)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield asked


@contextmanager
def moved(own: Thread, other: int, page: Story) -> Iterator[None]:
    """The page with another thread under it: so all that differs between two renders is the thread."""
    Thread.objects.filter(pk=own.pk).update(page=None)
    Thread.objects.filter(pk=other).update(page=page)
    try:
        yield
    finally:
        Thread.objects.filter(pk=other).update(page=None)
        Thread.objects.filter(pk=own.pk).update(page=page)


def views_of(thread: Thread) -> dict[str, str]:
    """Every kind of page that a thread has: each order from its start and from its middle, a comment, a branch."""
    roots = thread.comments.listed().roots()
    views = {}
    for sort in Sort:
        views[f"{sort}, first page"] = f"?sort={sort}"
        views[f"{sort}, from the middle"] = f"?sort={sort}&after={_middle(roots, sort)}"
    views |= {f"filter {one}": f"?filter={one}" for one in Filter if one != Filter.ALL}
    replies = thread.comments.exclude(parent=None).order_by("id")
    views["a reply by its address"] = f"?comment={replies[replies.count() // 2].pk}"
    return views | {"a whole branch": f"?replies={roots.order_by('-replies_count')[0].pk}"}


def _middle(roots: Any, sort: Sort) -> Cursor:
    column = COLUMNS[sort]
    comment = roots.order_by(column, "id")[roots.count() // 2]
    value = getattr(comment, column)
    return Cursor(microseconds(value) if column == "created_at" else value, comment.pk)
