"""The inbox of what processors announce: stored first, worked through after, by the outbox, until it is done.

Two keys make a payment count once: the event's own reference here, and the movement of money in the ledger. An
answer of 2xx is given once the event is stored; what cannot be worked through is tried again and kept in view.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readership import outbox
from readership.funding.alarming import alarm
from readership.funding.errors import ProcessorError
from readership.funding.models import Outcome, ProcessorEvent, ProcessorName
from readership.funding.processors.base import Announcement, Processor
from readership.funding.processors.choosing import processor_named
from readership.funding.processors.stripe_facts import subject_of_object
from readership.funding.settling import NOT_OURS, Settled, refused_for_mode, settle
from readership.outbox.registry import handles

log = logging.getLogger(__name__)

LONGEST_NOTE = 2_000
# The second try comes a minute after the first: what fails twice is told within five minutes (F-08).
TOLD_AT = 2
# What nothing more will come of by trying again.
FINAL = (Outcome.DONE, Outcome.IGNORED, Outcome.UNMATCHED, Outcome.REFUSED)


@transaction.atomic
def store(announcement: Announcement, *, processor: ProcessorName, now: datetime) -> ProcessorEvent:
    """Keep an event whose signature was right, once. The second time it arrives it is the first."""
    event, is_new = ProcessorEvent.objects.get_or_create(
        processor=processor,
        event_ref=announcement.event_ref,
        defaults={
            "kind": announcement.kind[:80],
            "api_version": announcement.api_version[:40],
            "is_trial": announcement.is_trial,
            "body": announcement.kept_body,
            "received_at": now,
            # Of no concern: stored all the same, and nothing more to do.
            "outcome": Outcome.WAITING if announcement.subject else Outcome.IGNORED,
            "done_at": None if announcement.subject else now,
        },
    )
    if is_new and announcement.subject:
        outbox.put("processor_event", key=f"event-{event.pk}", payload={"event_id": event.pk})
    if is_new and announcement.is_of_newer_version:
        _say_newer_version(event)
    return event


def _say_newer_version(event: ProcessorEvent) -> None:
    """Once for each version. Nothing is lost meanwhile: we ask in our own (attack K13)."""
    said = _("The processor sends events of version %(version)s, which is newer than this program. Please update it.")
    alarm(key=f"version-{event.api_version}", said=said % {"version": event.api_version})


@handles("processor_event")
def work_through(payload: dict[str, Any]) -> None:
    """Book what the event leads to. Raises what may be over later, so that the outbox tries again."""
    event = ProcessorEvent.objects.get(pk=payload["event_id"])
    if event.outcome in FINAL:
        return
    chosen = processor_named(event.processor)
    try:
        settled = _settled(event, chosen) if chosen else _no_longer_set_up()
    except Exception as error:
        # Seen by the treasurer while it waits for its next try.
        said = str(error.message) if isinstance(error, ProcessorError) else repr(error)
        _note(event, Settled(Outcome.FAILED, said), now=timezone.now())
        raise
    _note(event, settled, now=timezone.now())


def _settled(event: ProcessorEvent, processor: Processor) -> Settled:
    if event.is_trial != processor.is_trial:
        return refused_for_mode(is_trial=event.is_trial)
    if not event.body:
        return NOT_OURS
    subject = subject_of_object(json.loads(bytes(event.body))["data"]["object"])
    if subject is None:
        return NOT_OURS
    return settle(subject, processor=processor, now=timezone.now())


def _no_longer_set_up() -> Settled:
    return Settled(Outcome.UNMATCHED, _("This processor is not set up any more."))


@transaction.atomic
def _note(event: ProcessorEvent, settled: Settled, *, now: datetime) -> None:
    event.outcome, event.said, event.attempts = settled.outcome, settled.said[:LONGEST_NOTE], event.attempts + 1
    event.done_at = now if settled.outcome in FINAL else None
    event.save(update_fields=["outcome", "said", "attempts", "done_at"])
    if settled.outcome in {Outcome.UNMATCHED, Outcome.REFUSED}:
        log.error("Processor event %s: %s", event, settled.said)
        alarm(key=f"event-{event.pk}", said=settled.said)
    if settled.outcome == Outcome.FAILED and event.attempts == TOLD_AT:
        _say_delayed(settled.said, now)


def _say_delayed(said: str, now: datetime) -> None:
    """One mail an hour, however many events wait."""
    told = _("Gifts cannot be booked at the moment. Nothing is lost: they are kept and tried again for two days.")
    alarm(key=f"delayed-{now:%Y%m%d%H}", said=f"{told}\n\n{said}")


def try_again(event: ProcessorEvent) -> None:
    """A treasurer's button: what failed, or fitted nothing, is looked at once more."""
    ProcessorEvent.objects.filter(pk=event.pk).update(outcome=Outcome.WAITING, said="", done_at=None, settled_at=None)
    work_through({"event_id": event.pk})


def put_aside(event: ProcessorEvent, *, now: datetime) -> None:
    """It was looked at, and settled outside of here; it leaves the list of what waits and stays on record."""
    ProcessorEvent.objects.filter(pk=event.pk).update(settled_at=now)
