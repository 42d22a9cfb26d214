"""`/search` by metadata and plain fields: `metadata['gift']:'7' AND status:'succeeded'`.

docs.stripe.com/search: no other operators here, and found at once, where Stripe may take a minute ("don't use search
for read-after-write flows"). There is no search for checkout sessions or refunds.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stripe import params as takes

from tests.fake_stripe import form
from tests.fake_stripe.errors import Json, invalid
from tests.fake_stripe.routing import Call, Route
from tests.fake_stripe.shapes import render
from tests.fake_stripe.things import Charge, Customer, Invoice, PaymentIntent, Subscription, Thing

CLAUSE = re.compile(r"""\s*(?:metadata\[['"](?P<key>[^'"]+)['"]\]|(?P<field>\w+))\s*:\s*['"](?P<value>[^'"]*)['"]\s*""")


def _matcher(query: str) -> Callable[[Json], bool]:
    clauses = [CLAUSE.fullmatch(part) for part in query.split(" AND ")]
    found = [clause for clause in clauses if clause]
    if len(found) != len(clauses):
        raise invalid("query", f"We were unable to parse your search query: {query}")

    def matches(shape: Json) -> bool:
        return all(
            (shape["metadata"].get(clause["key"]) if clause["key"] else shape.get(clause["field"])) == clause["value"]
            for clause in found
        )

    return matches


def _searching(kind: type[Thing]) -> Callable[[Call], Json]:
    def search(call: Call) -> Json:
        matches = _matcher(form.needed(call.params, "query"))
        limit = form.integer(call.params, "limit") or 10
        shapes = [render(call.world, thing, call.version) for thing in call.world.all(kind)]
        found = [shape for shape in shapes if matches(shape)]
        start = int(form.text(call.params, "page") or 0)
        has_more = len(found) > start + limit
        return {
            "object": "search_result",
            "data": found[start : start + limit],
            "has_more": has_more,
            "next_page": str(start + limit) if has_more else None,
            "url": call.path,
        }

    return search


# Before the routes that take any word here for an id.
ROUTES = [
    Route("GET", "/v1/payment_intents/search", _searching(PaymentIntent), takes.PaymentIntentSearchParams),
    Route("GET", "/v1/charges/search", _searching(Charge), takes.ChargeSearchParams),
    Route("GET", "/v1/customers/search", _searching(Customer), takes.CustomerSearchParams),
    Route("GET", "/v1/subscriptions/search", _searching(Subscription), takes.SubscriptionSearchParams),
    Route("GET", "/v1/invoices/search", _searching(Invoice), takes.InvoiceSearchParams),
]
