"""`readership manage begin_gifts COUNT`: gifts of 25 that wait on the processor's page; their sessions, one a line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from readership.funding.beginning import Intent, Words, begin
from readership.funding.models import Campaign, Frequency, Gift
from readership.funding.money import Money
from readership.funding.processors.choosing import processor


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int)

    def handle(self, *, count: int, **_options: Any) -> None:
        chosen, now = processor(), timezone.now()
        if chosen is None:
            raise SystemExit("No processor is set up.")
        campaign = Campaign.objects.create(
            title="Storm", slug="storm", ask="It storms.", goal_minor=10**7, currency="EUR", starts_on=now.date()
        )
        for number in range(count):
            key = f"storm-{number}"
            intent = Intent(campaign, Money(2_500, "EUR"), Money(0, "EUR"), Frequency.ONCE, Words(), key)
            begin(intent, processor=chosen, now=now)
            self.stdout.write(str(Gift.objects.get(submission_key=key).session_ref))
