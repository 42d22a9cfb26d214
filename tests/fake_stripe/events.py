"""Things that happened. Each event keeps its object as it was at that moment."""

from __future__ import annotations

import copy

from stripe.params import EventListParams, EventRetrieveParams

from tests.fake_stripe import form
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.errors import Json
from tests.fake_stripe.routing import Call, Page, Route, paged
from tests.fake_stripe.shapes import CURRENT, OLDER, render
from tests.fake_stripe.things import Event, Thing
from tests.fake_stripe.world import World

# docs.stripe.com/api/events/list: "going back up to 30 days".
KEPT = 30 * DAY


def emit(world: World, kind: str, about: Thing, *, before: Json | None = None) -> Event:
    """`before`: how the object looked (see `look`), for the event's previous_attributes."""
    now = look(world, about)
    event = Event(
        type=kind,
        about=about.id,
        shapes=copy.deepcopy({CURRENT: now, OLDER: render(world, about, OLDER)}),
        previous=None if before is None else {name: value for name, value in before.items() if now.get(name) != value},
        request_id=world.request.id,
        idempotency_key=world.request.idempotency_key,
    )
    world.add(event)
    for hear in world.heard_by:
        hear(event)
    return event


def look(world: World, about: Thing) -> Json:
    return render(world, about, CURRENT)


def retrieve(call: Call) -> Thing:
    return call.world.get(Event, call.id)


def list_(call: Call) -> Page:
    now = call.world.clock.now()
    found = [event for event in call.world.all(Event) if now - event.created <= KEPT]
    wanted = call.params.get("types") or ([call.params["type"]] if form.text(call.params, "type") else [])
    if wanted:
        found = [event for event in found if any(_is_of(event.type, each) for each in wanted)]
    success = form.flag(call.params, "delivery_success")
    if success is not None:
        found = [event for event in found if (event.pending == 0) is success]
    return paged(call, found)


def _is_of(kind: str, wanted: str) -> bool:
    """`wanted` may end in a star: charge.*"""
    return kind.startswith(wanted[:-1]) if wanted.endswith("*") else kind == wanted


ROUTES = [
    Route("GET", "/v1/events", list_, EventListParams),
    Route("GET", "/v1/events/{id}", retrieve, EventRetrieveParams),
]
