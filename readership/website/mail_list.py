"""How mail stands, and what was given up, as whoever looks after the server reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readership.outbox.given_up import given_up
from readership.outbox.mail import MAIL
from readership.outbox.models import OutboxItem
from readership.outbox.registry import Lane, kinds_in
from readership.readers.models import MailAddress

PER_PAGE = 50
DAY = timedelta(days=1)
LONGEST_REASON = 300
ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;]+")
# What Python says of an error that no sentence was written for: KeyError('text').
FAULT = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\(.*", re.DOTALL)

KINDS = {
    MAIL: gettext_lazy("A letter to one person"),
    "bank_statement": gettext_lazy("Reading a bank statement"),
    "follow": gettext_lazy("Asking somebody to confirm that they follow"),
    "follow_link": gettext_lazy("A link to what somebody follows"),
    "gift_refunded": gettext_lazy("Telling a giver of a refund"),
    "gift_thanks": gettext_lazy("Thanks for a gift"),
    "giver_link": gettext_lazy("A link to somebody’s gifts"),
    "giver_statement": gettext_lazy("A giver’s yearly statement"),
    "mailing": gettext_lazy("News of what somebody follows"),
    "news": gettext_lazy("Telling followers of something new"),
    "newsletter_ask": gettext_lazy("Asking somebody to confirm a newsletter"),
    "newsletter_issue": gettext_lazy("Beginning to send a newsletter"),
    "newsletter_link": gettext_lazy("A link to somebody’s newsletters"),
    "newsletter_mail": gettext_lazy("A newsletter to one reader"),
    "newsletter_test": gettext_lazy("A newsletter on trial"),
    "pledge_begun": gettext_lazy("Thanks for a pledge"),
    "pledge_behind": gettext_lazy("Telling a giver that a pledge could not be collected"),
    "pledge_stopped": gettext_lazy("Telling a giver that a pledge has ended"),
    "processor_event": gettext_lazy("What a payment processor announced"),
    "push": gettext_lazy("News in somebody’s browser"),
    "refund_asked": gettext_lazy("Telling the treasurers that a refund was asked for"),
    "refund_declined": gettext_lazy("Telling a giver that a refund was declined"),
    "refund_order": gettext_lazy("Paying a gift back"),
    "transfer_instructions": gettext_lazy("How to give by bank transfer"),
    "treasurer_alarm": gettext_lazy("An alarm for the treasurers"),
}


@dataclass(frozen=True)
class MailState:
    """`resting_because` is empty while mail servers take mail."""

    waiting_count: int
    oldest_at: datetime | None
    resting_because: str
    sent_count: int


@dataclass(frozen=True)
class MailLine:
    pk: int
    kind: str
    to: str
    created_at: datetime
    given_up_at: datetime | None
    attempts: int
    reason: str


def mail_state(*, now: datetime, shows_addresses: bool) -> MailState:
    """Of the lanes for mail; three queries."""
    kinds = [*kinds_in(Lane.MAIL), *kinds_in(Lane.NEWS)]
    waiting = OutboxItem.objects.waiting().filter(kind__in=kinds, next_at__lte=now)
    created = list(waiting.order_by("created_at").values_list("created_at", flat=True)[:1])
    # Only where the server was away does something keep its error and is due all the same (pump.release).
    put_back = waiting.filter(leased_until=None).exclude(last_error="").order_by("pk")
    error = put_back.values_list("last_error", flat=True).first() or ""
    return MailState(
        waiting_count=waiting.count(),
        oldest_at=created[0] if created else None,
        resting_because=reason_of(error, shows_addresses=shows_addresses),
        sent_count=OutboxItem.objects.filter(kind__in=kinds, done_at__gte=now - DAY).count(),
    )


def given_up_count() -> int:
    return given_up().count()


def given_up_page(*, number: str | None, shows_addresses: bool) -> tuple[Page[OutboxItem], list[MailLine]]:
    """The latest first. Three queries."""
    page = Paginator(given_up().order_by("-given_up_at", "-pk"), PER_PAGE).get_page(number)
    items = list(page)
    known = _addresses_of(items) if shows_addresses else {}
    return page, [_line(item, known, shows_addresses=shows_addresses) for item in items]


def mail_line(item: OutboxItem, *, shows_addresses: bool) -> MailLine:
    return _line(item, _addresses_of([item]) if shows_addresses else {}, shows_addresses=shows_addresses)


def _line(item: OutboxItem, known: dict[int, str], *, shows_addresses: bool) -> MailLine:
    return MailLine(
        pk=item.pk,
        kind=str(KINDS.get(item.kind, item.kind)),
        to=_to(item, known) if shows_addresses else "",
        created_at=item.created_at,
        given_up_at=item.given_up_at,
        attempts=item.attempts,
        reason=reason_of(item.last_error, shows_addresses=shows_addresses),
    )


def _to(item: OutboxItem, known: dict[int, str]) -> str:
    """Newsletters and questions name an address of ours by its number, or by itself."""
    to = item.payload.get("to") or item.payload.get("address") or ""
    return known.get(to, "") if isinstance(to, int) else str(to)


def _addresses_of(items: list[OutboxItem]) -> dict[int, str]:
    numbers = [to for item in items if isinstance(to := item.payload.get("address"), int)]
    return dict(MailAddress.objects.filter(pk__in=numbers).values_list("pk", "address"))


def reason_of(error: str, *, shows_addresses: bool) -> str:
    """A sentence. Servers like to repeat whom they refuse."""
    said = error if shows_addresses else ADDRESS.sub("…", error)
    said = said[:LONGEST_REASON]
    if FAULT.fullmatch(said):
        return _("The program failed; the log says more: %(error)s") % {"error": said}
    return said
