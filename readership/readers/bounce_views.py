"""The address at which a mail service tells what became of our mail. Its formats and signatures are Anymail's part."""

from __future__ import annotations

import hashlib
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from readership import outbox
from readership.readers.bounces import note_arrival, note_bounce, note_complaint

UNWANTED = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}
REFUSED_BY_ITS_OWNER = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}
NOBODY_THERE = {RejectReason.BOUNCED, RejectReason.INVALID}
# What Anymail tells apart from other bounces by nothing but the service's own word for it.
PASSING = {"SoftBounce", "soft_bounce", "soft bounce", "activity.soft_bounced", "blocked"}


@csrf_exempt
def mail_events(request: HttpRequest, service: str) -> HttpResponseBase:
    """Answers with success once what was told is stored; then the service does not tell it again."""
    if service != settings.MAIL_SERVICE or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    view: Any = import_string(f"anymail.webhooks.{service}.{settings.MAIL_SERVICE_CLASS}TrackingWebhookView")
    answer: HttpResponseBase = view.as_view()(request)
    return answer


@receiver(tracking, dispatch_uid="readers.bounces")
def note_event(event: AnymailTrackingEvent, esp_name: str, **_more: Any) -> None:
    address, now = event.recipient, timezone.now()
    if not address:
        return
    reason, is_failure = event.reject_reason, event.event_type in {EventType.BOUNCED, EventType.REJECTED}
    if event.event_type == EventType.DELIVERED:
        note_arrival(address)
    elif event.event_type in UNWANTED or (is_failure and reason in REFUSED_BY_ITS_OWNER):
        note_complaint(address, now=now)
    elif is_failure and reason in NOBODY_THERE and not _may_pass(event):
        note_bounce(address, hard=True, now=now)
    elif event.event_type == EventType.BOUNCED:
        # Told twice, it is counted once.
        outbox.put("soft_bounce", key=_key(event, esp_name), payload={"address": address})


@outbox.handles("soft_bounce")
def count_soft_bounce(payload: dict[str, Any]) -> None:
    # Empty when its owner has left meanwhile.
    if payload:
        note_bounce(payload["address"], hard=False, now=timezone.now())


def _may_pass(event: AnymailTrackingEvent) -> bool:
    told = event.esp_event
    # A form's fields have no types; what Mailjet says is JSON.
    return told.get("hard_bounce") is False or any(told.get(name) in PASSING for name in ("Type", "event", "type"))


def _key(event: AnymailTrackingEvent, service: str) -> str:
    parts = (service, event.event_id, event.message_id, event.recipient, event.timestamp)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
