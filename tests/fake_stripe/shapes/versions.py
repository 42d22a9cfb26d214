"""Two shapes of the API: that of the pinned SDK, and that before 2025-03-31.basil (K13).

Between them, as far as the fake shows it: docs.stripe.com/changelog/basil, and the SDK's own classes.
"""

from __future__ import annotations

import re

from stripe._api_version import _ApiVersion

from tests.fake_stripe.errors import StripeError

CURRENT = _ApiVersion.CURRENT
OLDER = "2025-02-24.acacia"
BASIL = "2025-03-31"


def is_older(version: str) -> bool:
    return version < BASIL


def check(version: str) -> None:
    if not re.fullmatch(r"20\d\d-\d\d-\d\d(\.[a-z]+)?", version):
        raise StripeError(f"Invalid Stripe API version: {version}.", is_validation=True)
