"""A request to the API and who answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fake_stripe import form
from tests.fake_stripe.errors import Json
from tests.fake_stripe.shapes import render
from tests.fake_stripe.shapes.lists import listed
from tests.fake_stripe.things import Thing
from tests.fake_stripe.world import World

T = TypeVar("T", bound=Thing)
MOST = 100


@dataclass
class Call:
    world: World
    params: Json
    version: str
    base_url: str
    path: str
    id: str = ""


@dataclass
class Page:
    """One page of a list, newest first."""

    things: list[Any]
    url: str
    has_more: bool


@dataclass
class Route:
    method: str
    path: str
    answer: Callable[[Call], Thing | Page | Json]
    takes: type[Any] | None
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self.pattern = re.compile(self.path.replace("{id}", r"(?P<id>[^/]+)"))

    def match(self, method: str, path: str) -> re.Match[str] | None:
        return self.pattern.fullmatch(path) if method == self.method else None


def paged(call: Call, things: list[T]) -> Page:
    """`things` newest first, cut by created[gte] and its like, starting_after, ending_before and limit."""
    kept = [thing for thing in things if _is_within(thing, call.params.get("created"))]
    after, before = form.text(call.params, "starting_after"), form.text(call.params, "ending_before")
    limit = min(form.integer(call.params, "limit") or 10, MOST)
    ids = [thing.id for thing in kept]
    if before and before in ids:
        end = ids.index(before)
        return Page(kept[max(0, end - limit) : end], call.path, has_more=end > limit)
    start = ids.index(after) + 1 if after in ids else 0
    return Page(kept[start : start + limit], call.path, has_more=len(kept) > start + limit)


def _is_within(thing: Thing, created: Any) -> bool:
    if created is None:
        return True
    if isinstance(created, str):
        return thing.created == int(created)
    ways: dict[str, Callable[[int, int], bool]] = {
        "gt": int.__gt__,
        "gte": int.__ge__,
        "lt": int.__lt__,
        "lte": int.__le__,
    }
    return all(ways[way](thing.created, int(moment)) for way, moment in created.items())


def same(things: list[T], params: Json, **fields: str) -> list[T]:
    """Those whose attribute equals the parameter; `fields`: parameter → attribute."""
    asked = {attribute: form.text(params, name) for name, attribute in fields.items()}
    return [
        thing
        for thing in things
        if all(value is None or getattr(thing, attribute) == value for attribute, value in asked.items())
    ]


def drawn(call: Call, answer: Thing | Page | Json) -> Json:
    if isinstance(answer, Thing):
        return render(call.world, answer, call.version)
    if isinstance(answer, Page):
        members = [each if isinstance(each, dict) else render(call.world, each, call.version) for each in answer.things]
        return listed(members, answer.url, has_more=answer.has_more)
    return answer
