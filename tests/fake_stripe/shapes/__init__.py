"""Things as Stripe's JSON, in the pinned version of the API or in the last one before basil."""

from tests.fake_stripe.shapes.rendering import render
from tests.fake_stripe.shapes.versions import CURRENT, OLDER, is_older

__all__ = ["CURRENT", "OLDER", "is_older", "render"]
