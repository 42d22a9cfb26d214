"""Checkout sessions: made by the product, paid on the hosted page (or by `complete`)."""

from __future__ import annotations

from urllib.parse import urlsplit

from stripe.params import checkout as takes

from tests.fake_stripe import cards, catalogue, customers, form, invoices, money, paying, subscriptions
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.errors import Json, StripeError, invalid, missing, not_here
from tests.fake_stripe.events import emit
from tests.fake_stripe.routing import Call, Page, Route, paged, same
from tests.fake_stripe.shapes.hosted import line_item
from tests.fake_stripe.things import CheckoutSession, Customer, Line, PaymentIntent, PaymentMethod, Price, Thing
from tests.fake_stripe.world import World

SOONEST, LATEST = 30 * 60, DAY


def create(call: Call) -> Thing:
    world, params = call.world, call.params
    _refuse_what_is_not_here(params)
    mode = _mode(params)
    success_url = _url(params, "success_url")
    if success_url is None:
        raise missing("success_url")
    lines = _lines(world, params)
    currency = _check_prices(world, lines, mode)
    total = sum(line.amount for line in lines)
    money.check_least(total, currency, param="line_items")
    session = CheckoutSession(
        mode=mode,
        currency=currency,
        lines=lines,
        amount_total=total,
        success_url=success_url,
        cancel_url=_url(params, "cancel_url"),
        expires_at=_expires_at(world, params),
        customer=_customer_id(world, params),
        customer_email=form.email(params, "customer_email"),
        customer_creation=form.text(params, "customer_creation"),
        client_reference_id=form.text(params, "client_reference_id"),
        submit_type=form.text(params, "submit_type"),
        locale=form.text(params, "locale"),
        payment_method_types=params.get("payment_method_types") or _offered(currency),
        payment_data=params.get("payment_intent_data") or {},
        subscription_data=params.get("subscription_data") or {},
        metadata=form.metadata(params),
        base_url=call.base_url,
    )
    return world.add(session)


# Stripe does these; the fake would only ignore them, and let a test believe that they work.
NOT_HERE = {
    "": "after_expiration allow_promotion_codes automatic_tax custom_fields discounts invoice_creation optional_items "
    "saved_payment_method_options shipping_address_collection shipping_options tax_id_collection",
    "payment_intent_data": "application_fee_amount capture_method on_behalf_of transfer_data transfer_group shipping",
    "subscription_data": "application_fee_percent billing_cycle_anchor billing_schedules default_tax_rates invoice_settings on_behalf_of "
    "pending_invoice_item_interval proration_behavior transfer_data trial_end trial_period_days trial_settings",
}


def _refuse_what_is_not_here(params: Json) -> None:
    for within, names in NOT_HERE.items():
        asked = params.get(within, {}) if within else params
        for name in names.split():
            if name in asked:
                raise not_here(f"{within}[{name}]" if within else name)


def _mode(params: Json) -> str:
    mode = form.needed(params, "mode")
    if mode not in {"payment", "subscription"}:
        raise invalid(
            "mode", f"Invalid mode: must be one of payment, setup, or subscription, not {mode} (the fake: no setup)"
        )
    other = "subscription_data" if mode == "payment" else "payment_intent_data"
    if other in params:
        raise invalid(other, f"You can not pass `{other}` in `{mode}` mode.")
    if form.text(params, "customer") and form.text(params, "customer_email"):
        raise invalid("customer_email", "You may only specify one of these parameters: customer, customer_email.")
    if form.text(params, "ui_mode") not in {None, "hosted_page"}:
        raise invalid("ui_mode", "The fake has only hosted_page.")
    return mode


def _offered(currency: str) -> list[str]:
    return ["card", cards.DEBITS[currency]] if currency in cards.DEBITS else ["card"]


def _url(params: Json, name: str) -> str | None:
    url = form.text(params, name)
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        raise invalid(name, "Not a valid URL", code="url_invalid")
    return url


def _lines(world: World, params: Json) -> list[Line]:
    asked = params.get("line_items")
    if not isinstance(asked, list):
        raise missing("line_items")
    lines = []
    for place, each in enumerate(asked):
        within = f"line_items[{place}]"
        price = catalogue.price_of(world, each, within=within)
        quantity = form.needed_integer(each, "quantity", within=within)
        lines.append(Line(f"li_{price.id}", price.id, quantity, price.unit_amount * quantity))
    return lines


def _check_prices(world: World, lines: list[Line], mode: str) -> str:
    prices = [world.get(Price, line.price) for line in lines]
    if mode == "payment" and any(price.interval for price in prices):
        raise invalid(
            "line_items",
            "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
        )
    if mode == "subscription" and not any(price.interval for price in prices):
        raise invalid(
            "line_items", "You must provide at least one recurring price in `subscription` mode when using prices."
        )
    currencies = {price.currency for price in prices}
    if len(currencies) > 1:
        raise invalid("line_items", "All prices on a Checkout Session must use the same currency.")
    return currencies.pop()


def _expires_at(world: World, params: Json) -> int:
    now = world.clock.now()
    asked = form.integer(params, "expires_at")
    if asked is None:
        return now + LATEST
    # A second of grace: the caller read its clock before.
    if asked < now + SOONEST - 5:
        raise invalid(
            "expires_at", "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        )
    if asked > now + LATEST + 5:
        raise invalid(
            "expires_at", "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        )
    return asked


def _customer_id(world: World, params: Json) -> str | None:
    named = form.text(params, "customer")
    return world.get(Customer, named, param="customer").id if named else None


def complete(
    world: World,
    session: CheckoutSession,
    *,
    number: str = cards.PAYS,
    email: str = "reader@example.com",
    name: str = "Rita Reader",
) -> str:
    """What a person at the hosted page does. "paid", "unpaid" (a debit under way) or "declined"; then it stays open."""
    if session.status != "open":
        raise StripeError(f"This Checkout Session is {session.status}.", code="resource_state_invalid")
    session.email, session.name = session.customer_email or email, name
    method = world.add(PaymentMethod(type=_kind_of(session, number), number=number, email=session.email, name=name))
    pay = _pay_once if session.mode == "payment" else _begin_subscription
    if not pay(world, session, method):
        return "declined"
    session.status = "complete"
    emit(world, "checkout.session.completed", session)
    return session.payment_status


def _kind_of(session: CheckoutSession, number: str) -> str:
    kind = cards.DEBITS.get(session.currency, "no debit") if number == cards.DEBIT else "card"
    assert kind in session.payment_method_types, f"{session.id} takes {session.payment_method_types}, not {kind}"
    return kind


def _pay_once(world: World, session: CheckoutSession, method: PaymentMethod) -> bool:
    asked = session.payment_data
    intent = _intent_of(world, session)
    intent.is_for_later = form.text(asked, "setup_future_usage") == "off_session"
    if session.customer is None and session.customer_creation == "always":
        session.customer = customers.new_customer(world, email=session.email, name=session.name).id
    intent.customer = session.customer
    if session.customer and intent.is_for_later and cards.why_declined(method.number, is_first=True) is None:
        customers.attach(world, method, world.get(Customer, session.customer))
    paying.pay(world, intent, method, is_first=True)
    if intent.status == "requires_payment_method":
        return False
    session.payment_intent = intent.id
    session.payment_status = "paid" if intent.status == "succeeded" else "unpaid"
    return True


def _intent_of(world: World, session: CheckoutSession) -> PaymentIntent:
    """Made when somebody first tries to pay, not with the session: so since 2022-08-01 of the API."""
    asked = session.payment_data
    if session.payment_intent:
        return world.get(PaymentIntent, session.payment_intent)
    intent = world.add(
        PaymentIntent(
            amount=session.amount_total,
            currency=session.currency,
            description=form.text(asked, "description"),
            receipt_email=form.text(asked, "receipt_email"),
            statement_descriptor=form.text(asked, "statement_descriptor"),
            metadata=form.metadata(asked),
        )
    )
    session.payment_intent = intent.id
    return intent


def _begin_subscription(world: World, session: CheckoutSession, method: PaymentMethod) -> bool:
    """Since basil a subscription is made only once its first payment went through."""
    if cards.why_declined(method.number, is_first=True):
        refused = PaymentIntent(
            amount=session.amount_total, currency=session.currency, description="Subscription creation"
        )
        paying.pay(world, world.add(refused), method, is_first=True)
        return False
    if session.customer is None:
        session.customer = customers.new_customer(world, email=session.email, name=session.name).id
    customer = world.get(Customer, session.customer)
    customers.attach(world, method, customer)
    repeating = [line for line in session.lines if world.get(Price, line.price).interval]
    once = tuple(line for line in session.lines if line not in repeating)
    subscription = subscriptions.begin(
        world,
        customer=customer.id,
        lines=[(line.price, line.quantity) for line in repeating],
        asked=session.subscription_data,
        method=method,
    )
    invoice = invoices.new_invoice(world, subscription, reason="subscription_create", extra=once)
    invoices.finalize(world, invoice)
    session.subscription, session.invoice = subscription.id, invoice.id
    # A debit under way counts as paid for the subscription: it is active meanwhile.
    emit(world, "customer.subscription.created", subscription)
    status = invoices.try_to_pay(world, invoice, method)
    session.payment_status = "paid" if status == "succeeded" else "unpaid"
    return True


def expire(world: World, session: CheckoutSession) -> None:
    session.status = "expired"
    emit(world, "checkout.session.expired", session)


def expire_(call: Call) -> Thing:
    session = call.world.get(CheckoutSession, call.id)
    if session.status != "open":
        raise StripeError(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `{session.status}`.',
            code="resource_state_invalid",
        )
    expire(call.world, session)
    return session


def retrieve(call: Call) -> Thing:
    return call.world.get(CheckoutSession, call.id)


def update(call: Call) -> Thing:
    session = call.world.get(CheckoutSession, call.id)
    session.metadata = form.metadata(call.params, session.metadata)
    return session


def list_(call: Call) -> Page:
    found = same(
        call.world.all(CheckoutSession),
        call.params,
        payment_intent="payment_intent",
        subscription="subscription",
        customer="customer",
        status="status",
    )
    return paged(call, found)


def line_items(call: Call) -> Page:
    session = call.world.get(CheckoutSession, call.id)
    return Page([line_item(call.world, session, line) for line in session.lines], call.path, has_more=False)


ROUTES = [
    Route("POST", "/v1/checkout/sessions", create, takes.SessionCreateParams),
    Route("GET", "/v1/checkout/sessions", list_, takes.SessionListParams),
    Route("GET", "/v1/checkout/sessions/{id}", retrieve, takes.SessionRetrieveParams),
    Route("POST", "/v1/checkout/sessions/{id}", update, takes.SessionUpdateParams),
    Route("POST", "/v1/checkout/sessions/{id}/expire", expire_, takes.SessionExpireParams),
    Route("GET", "/v1/checkout/sessions/{id}/line_items", line_items, takes.SessionLineItemListParams),
]
