from __future__ import annotations

from tests.fake_stripe.errors import Json


def listed(members: list[Json], url: str, *, has_more: bool = False) -> Json:
    return {"object": "list", "data": members, "has_more": has_more, "url": url}
