"""What happens when somebody presses a button on a hosted page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fake_stripe import cards, checkout, debits, disputes, pages, payouts, portal, refunds, renewing
from tests.fake_stripe.clock import DAY
from tests.fake_stripe.errors import StripeError
from tests.fake_stripe.things import Charge, CheckoutSession, PortalSession, Subscription, Thing
from tests.fake_stripe.world import World

Form = dict[str, str]


@dataclass
class Shown:
    """A page, or (`goes_to`) a redirection."""

    html: str = ""
    goes_to: str = ""
    status: int = 200


def open_page(world: World, thing: Thing | None) -> Shown:
    if isinstance(thing, CheckoutSession):
        return Shown(pages.checkout(world, thing) if thing.status == "open" else pages.closed(thing))
    if isinstance(thing, PortalSession):
        return Shown(pages.portal(world, thing, portal.subscriptions_of(world, thing)))
    return Shown(pages.page("Not found", "<h1>There is nothing here.</h1>"), status=404)


def press(world: World, thing: Thing | None, sent: Form) -> Shown:
    if isinstance(thing, CheckoutSession) and thing.status == "open":
        return _press_checkout(world, thing, sent)
    if isinstance(thing, PortalSession):
        return _press_portal(world, thing, sent)
    return open_page(world, thing)


def _press_checkout(world: World, session: CheckoutSession, sent: Form) -> Shown:
    do = sent.get("do", "pay")
    if do == "back":
        return Shown(goes_to=session.cancel_url or session.success_url)
    typed = sent.get("number", "").replace(" ", "") or cards.PAYS
    number = {"debit": cards.DEBIT, "decline": cards.DECLINED}.get(do, typed)
    paid = checkout.complete(
        world,
        session,
        number=number,
        email=sent.get("email") or "reader@example.com",
        name=sent.get("name") or "Rita Reader",
    )
    if paid == "declined":
        return Shown(pages.checkout(world, session, wrong="Your card was declined. Please try a different card."))
    return Shown(goes_to=session.success_url.replace("{CHECKOUT_SESSION_ID}", session.id))


def _press_portal(world: World, session: PortalSession, sent: Form) -> Shown:
    mine = {each.id: each for each in portal.subscriptions_of(world, session)}
    chosen = mine.get(sent.get("subscription", ""))
    said = "Saved."
    match sent.get("do"):
        case "card":
            portal.change_card(world, session, sent.get("number", "").replace(" ", "") or cards.PAYS)
        case "sum" if chosen:
            said = _change_sum(world, chosen, sent)
        case "stop" | "stop_now" as how if chosen:
            portal.stop(
                world, chosen, feedback=sent.get("feedback"), comment=sent.get("comment"), is_at_once=how == "stop_now"
            )
        case "go_on" if chosen:
            portal.go_on(world, chosen)
    return Shown(pages.portal(world, session, portal.subscriptions_of(world, session), said=said))


def _change_sum(world: World, subscription: Subscription, sent: Form) -> str:
    try:
        portal.switch_price(world, subscription, int(sent.get("amount", "")))
    except ValueError:
        return "That is no sum."
    except StripeError as refused:
        return str(refused)
    return "Saved."


def press_desk(world: World, sent: Form) -> str:
    """What was done, in words. Turning the clock takes and frees the lock by itself."""
    do = sent.get("do", "")
    if do in {"day", "month"}:
        renewing.advance([world], world.clock.now() + (DAY if do == "day" else 31 * DAY))
        return "Time has passed."
    with world.lock:
        try:
            return DESK[do](world, sent)
        except StripeError as refused:
            return str(refused)


def _settle(world: World, _sent: Form) -> str:
    under_way = debits.under_way(world)
    for intent in under_way:
        debits.settle(world, intent)
    return f"{len(under_way)} arrived."


def _bounce(world: World, _sent: Form) -> str:
    under_way = debits.under_way(world)
    for intent in under_way:
        debits.fail(world, intent)
    return f"{len(under_way)} came back."


def _pay_out(world: World, _sent: Form) -> str:
    payout = payouts.pay_out(world)
    payouts.arrive(world, payout)
    return f"{payout.id} is on its way."


def _refund(world: World, sent: Form) -> str:
    return f"{refunds.refund(world, world.get(Charge, sent.get('charge'))).id} was made."


def _dispute(world: World, sent: Form) -> str:
    return f"{disputes.open_dispute(world, world.get(Charge, sent.get('charge'))).id} was opened."


DESK: dict[str, Callable[[World, Form], str]] = {
    "settle": _settle,
    "bounce": _bounce,
    "pay_out": _pay_out,
    "refund": _refund,
    "dispute": _dispute,
}
