"""The hosted pages: what a reader sees at Stripe's. Plain HTML, no script."""

from __future__ import annotations

from html import escape

from tests.fake_stripe import cards
from tests.fake_stripe.money import printed
from tests.fake_stripe.shapes.payments import refunded
from tests.fake_stripe.things import Charge, CheckoutSession, PaymentIntent, PortalSession, Price, Product, Subscription
from tests.fake_stripe.world import World

STYLE = """
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 34rem; padding: 1.5rem 1rem 4rem; }
p.sum { font-size: 2rem; font-weight: 650; margin: 0; }
p.fake { border: 1px solid; padding: .25rem .75rem; border-radius: .4rem; display: inline-block; font-size: .875rem; }
[role=alert] { border-inline-start: .3rem solid #b3261e; padding-inline-start: .75rem; font-weight: 600; }
label { display: block; margin-block: 1rem .25rem; font-weight: 600; }
input, select, button { font: inherit; padding: .6rem .75rem; border-radius: .4rem; border: 1px solid; box-sizing: border-box; }
input, select { inline-size: 100%; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: 1.5rem; }
button.first { background: #4338ca; border-color: #4338ca; color: #fff; font-weight: 600; }
section { border-block-start: 1px solid; margin-block-start: 2rem; }
ol { list-style: none; padding: 0; } ol > li { padding-block: .75rem; border-block-end: 1px solid #8888; }
ol form { margin-block-start: .5rem; } small { overflow-wrap: anywhere; }
"""


def page(title: str, *parts: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f'<body><p class="fake">Fake Stripe: no money moves</p><main>{"".join(parts)}</main></body></html>'
    )


def button(label: str, value: str, *, is_first: bool = False) -> str:
    look = ' class="first"' if is_first else ""
    return f'<button{look} name="do" value="{value}">{label}</button>'


def checkout(world: World, session: CheckoutSession, *, wrong: str = "") -> str:
    lines = "".join(
        f"<li>{escape(world.get(Product, world.get(Price, line.price).product).name)}: {printed(line.amount, session.currency)}</li>"
        for line in session.lines
    )
    return page(
        "Pay",
        "<h1>Pay</h1>",
        f'<p role="alert">{escape(wrong)}</p>' if wrong else "",
        f'<p class="sum">{printed(session.amount_total, session.currency)}{_every(world, session)}</p>',
        f"<ul>{lines}</ul>",
        '<form method="post">',
        _email_field(session),
        '<label for="name">Name on card</label><input id="name" name="name" value="Rita Reader" autocomplete="off">',
        f'<label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="off" value="{cards.PAYS}">',
        '<div class="buttons">',
        button("Pay", "pay", is_first=True),
        button("Pay by delayed debit", "debit") if any(kind != "card" for kind in session.payment_method_types) else "",
        button("Decline", "decline"),
        button("Back", "back"),
        "</div></form>",
    )


def _every(world: World, session: CheckoutSession) -> str:
    every = next((price for line in session.lines if (price := world.get(Price, line.price)).interval), None)
    if every is None:
        return ""
    return f" every {every.interval if every.interval_count == 1 else f'{every.interval_count} {every.interval}s'}"


def _email_field(session: CheckoutSession) -> str:
    if session.customer_email:
        return f"<p>{escape(session.customer_email)}</p>"
    return '<label for="email">Email</label><input id="email" name="email" type="email" value="reader@example.com" autocomplete="off">'


def closed(session: CheckoutSession) -> str:
    said = "You have already paid." if session.status == "complete" else "This page has expired."
    return page("Closed", f"<h1>{said}</h1>")


def portal(world: World, session: PortalSession, subscriptions: list[Subscription], *, said: str = "") -> str:
    return page(
        "Your payments",
        "<h1>Your payments</h1>",
        f'<p role="status">{escape(said)}</p>' if said else "",
        *(_portal_subscription(world, each) for each in subscriptions),
        '<section><h2>Card</h2><form method="post">',
        f'<label for="number">New card number</label><input id="number" name="number" inputmode="numeric" value="{cards.PAYS}">',
        f'<div class="buttons">{button("Save card", "card")}</div></form></section>',
        f'<section><p><a href="{escape(session.return_url)}">Back</a></p></section>',
    )


def _portal_subscription(world: World, each: Subscription) -> str:
    price = world.get(Price, each.items[0].price)
    which = f'<input type="hidden" name="subscription" value="{each.id}">'
    return (
        f"<section><h2>{printed(price.unit_amount, price.currency)} every {price.interval}</h2>"
        f"<p>{'It ends with this period.' if each.cancel_at_period_end else f'It is {each.status}.'}</p>"
        f'<form method="post">{which}<label for="amount-{each.id}">New sum, in the smallest unit</label>'
        f'<input id="amount-{each.id}" name="amount" inputmode="numeric" value="{price.unit_amount}">'
        f'<div class="buttons">{button("Change sum", "sum")}</div></form>'
        f'<form method="post">{which}{_stopping(each)}</form></section>'
    )


def _stopping(each: Subscription) -> str:
    if each.cancel_at_period_end:
        return button("Go on after all", "go_on")
    reasons = "".join(f'<option value="{name}">{label}</option>' for name, label in REASONS)
    return (
        f'<label for="feedback-{each.id}">Why?</label>'
        f'<select id="feedback-{each.id}" name="feedback">{reasons}</select>'
        f'<label for="comment-{each.id}">Anything else?</label><input id="comment-{each.id}" name="comment">'
        f'<div class="buttons">{button("Stop at the end of the period", "stop")}{button("Stop now", "stop_now")}</div>'
    )


REASONS = (
    ("", "No reason given"),
    ("too_expensive", "It is too expensive"),
    ("unused", "I do not read it enough"),
    ("low_quality", "The quality was less than expected"),
    ("switched_service", "I found another newsroom"),
    ("other", "Other"),
)


def desk(world: World, *, said: str = "") -> str:
    """For trying by hand: what has been paid, and what may happen next."""
    rows = "".join(_charge_row(world, charge) for charge in world.all(Charge)[:30])
    return page(
        "Fake Stripe",
        "<h1>Fake Stripe</h1>",
        f'<p role="status">{escape(said)}</p>' if said else "",
        '<form method="post"><div class="buttons">',
        button("A day passes", "day"),
        button("A month passes", "month"),
        button("Debits arrive", "settle"),
        button("Debits come back", "bounce"),
        button("Pay out", "pay_out"),
        "</div></form>",
        f"<section><h2>Payments</h2><ol>{rows}</ol></section>" if rows else "<p>Nobody has paid yet.</p>",
    )


def _charge_row(world: World, charge: Charge) -> str:
    intent = world.get(PaymentIntent, charge.payment_intent)
    state = "disputed" if charge.is_disputed else "refunded" if refunded(world, charge) else intent.status
    return (
        f"<li><strong>{printed(charge.amount, charge.currency)}</strong> {state.replace('_', ' ')}"
        f'<br><small>{charge.id}</small><form method="post"><input type="hidden" name="charge" value="{charge.id}">'
        f"{button('Refund', 'refund')} {button('Dispute', 'dispute')}</form></li>"
    )
