"""Where webhooks go. The fake has no dashboard, so an endpoint is made here or by `webhooks.listen`."""

from __future__ import annotations

from stripe import params as takes

from tests.fake_stripe import form
from tests.fake_stripe.errors import Json, missing
from tests.fake_stripe.routing import Call, Page, Route, paged
from tests.fake_stripe.shapes import render
from tests.fake_stripe.things import Thing, WebhookEndpoint
from tests.fake_stripe.world import new_secret


def create(call: Call) -> Json:
    events = call.params.get("enabled_events")
    if not events:
        raise missing("enabled_events")
    endpoint = call.world.add(
        WebhookEndpoint(
            url=form.needed(call.params, "url"),
            secrets=[new_secret()],
            api_version=form.text(call.params, "api_version"),
            enabled_events=events,
            metadata=form.metadata(call.params),
        )
    )
    return render(call.world, endpoint, call.version) | {"secret": endpoint.secrets[0]}


def retrieve(call: Call) -> Thing:
    return call.world.get(WebhookEndpoint, call.id)


def list_(call: Call) -> Page:
    return paged(call, call.world.all(WebhookEndpoint))


ROUTES = [
    Route("POST", "/v1/webhook_endpoints", create, takes.WebhookEndpointCreateParams),
    Route("GET", "/v1/webhook_endpoints", list_, takes.WebhookEndpointListParams),
    Route("GET", "/v1/webhook_endpoints/{id}", retrieve, takes.WebhookEndpointRetrieveParams),
]
