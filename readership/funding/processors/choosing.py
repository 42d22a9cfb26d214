"""Which processor this newsroom has."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from readership.funding.models import ProcessorName
from readership.funding.processors.base import FeeSchedule, Processor
from readership.funding.processors.demo import Demo
from readership.funding.processors.stripe import Stripe


def processor() -> Processor | None:
    """The one that takes gifts now. None: only the bank and the counter do."""
    if settings.STRIPE_SECRET_KEY:
        return _stripe(settings.STRIPE_SECRET_KEY, tuple(settings.STRIPE_WEBHOOK_SECRETS), settings.STRIPE_ADDRESS)
    return Demo() if settings.HAS_DEMO_PROCESSOR else None


@lru_cache(maxsize=4)
def _stripe(secret_key: str, webhook_secrets: tuple[str, ...], address: str) -> Stripe:
    # Kept: its connections are.
    return Stripe(secret_key=secret_key, webhook_secrets=list(webhook_secrets), address=address)


def processor_named(name: str) -> Processor | None:
    """The one that `name` stands for, while it is set up: only then may its events and pages be believed (K08)."""
    chosen = processor()
    return chosen if chosen and chosen.name == ProcessorName(name) else None


def fee_schedule() -> FeeSchedule:
    """What the processor is expected to take, for those who want to add it. What it took is booked as it was."""
    return FeeSchedule(
        percent_hundredths=settings.PROCESSOR_FEE_PERCENT_HUNDREDTHS, fixed_minor=settings.PROCESSOR_FEE_FIXED_MINOR
    )
