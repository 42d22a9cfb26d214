"""`readership manage count_money`: what the books hold after the storm, as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import BaseCommand

from readership.funding.auditing import audit
from readership.funding.models import Campaign, Gift, LedgerEntry, Outcome, ProcessorEvent
from readership.funding.queries import meter
from readership.outbox.models import OutboxItem

OPEN = (Outcome.WAITING, Outcome.FAILED)


class Command(BaseCommand):
    def handle(self, **_options: Any) -> None:
        told = {
            "raised_minor": meter(Campaign.objects.get(slug="storm")).raised.minor,
            "gifts": Gift.objects.received().count(),
            "refunds": LedgerEntry.objects.filter(kind="refund").count(),
            "events": ProcessorEvent.objects.count(),
            "open": ProcessorEvent.objects.filter(outcome__in=OPEN).count(),
            "unmatched": ProcessorEvent.objects.filter(outcome__in=[Outcome.UNMATCHED, Outcome.REFUSED]).count(),
            "thanks": OutboxItem.objects.filter(kind="gift_thanks").count(),
            "differences": list(audit().differences),
        }
        self.stdout.write(json.dumps(told))
