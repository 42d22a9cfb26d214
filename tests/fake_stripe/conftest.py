from __future__ import annotations

from tests.fake_stripe.fixtures import fake_stripe, stripe_client

__all__ = ["fake_stripe", "stripe_client"]
