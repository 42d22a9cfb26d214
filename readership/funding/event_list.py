"""The inbox of what processors announced, as the treasurer sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from readership.funding.models import Outcome, ProcessorEvent

PER_PAGE = 50
# What a person has to look at: nothing more will come of it, or not without help.
IN_QUESTION = (Outcome.UNMATCHED, Outcome.REFUSED, Outcome.FAILED)


@dataclass(frozen=True)
class EventLine:
    pk: int
    processor: str
    kind: str
    event_ref: str
    is_trial: bool
    received_at: datetime
    outcome_text: str
    said: str
    attempts: int
    done_at: datetime | None
    settled_at: datetime | None
    is_open: bool


def open_events() -> QuerySet[ProcessorEvent]:
    return ProcessorEvent.objects.filter(outcome__in=IN_QUESTION, settled_at=None)


def events_page(*, is_open: bool, number: str | None) -> tuple[Page[ProcessorEvent], list[EventLine]]:
    """Two queries. The bodies stay where they are."""
    events = open_events() if is_open else ProcessorEvent.objects.all()
    page = Paginator(events.defer("body"), PER_PAGE).get_page(number)
    return page, [event_line(event) for event in page]


def event_line(event: ProcessorEvent) -> EventLine:
    return EventLine(
        pk=event.pk,
        processor=event.get_processor_display(),
        kind=event.kind,
        event_ref=event.event_ref,
        is_trial=event.is_trial,
        received_at=event.received_at,
        outcome_text=event.get_outcome_display(),
        said=event.said,
        attempts=event.attempts,
        done_at=event.done_at,
        settled_at=event.settled_at,
        is_open=event.outcome in IN_QUESTION and event.settled_at is None,
    )


def body_text(event: ProcessorEvent) -> str:
    """What was sent, for people to read. What is no JSON is shown as it came."""
    text = bytes(event.body).decode(errors="replace")
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
