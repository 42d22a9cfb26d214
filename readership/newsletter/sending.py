"""An issue goes out: to each subscriber once, whatever dies in between (attack G10).

Beginning puts one line into the outbox. The pump then goes through the subscribers in the order of their numbers, a
thousand in one transaction: a delivery for each, and a line in the outbox of two numbers. What the mail says is put
together when it is sent, so that neither memory nor rows grow with the text, and whoever stops or leaves in between
gets nothing. They are due one after the other, slower than the pump is: news of a reply does not wait behind fifty
thousand newsletters.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from readership import outbox
from readership.newsletter.audience import count_of, subscribers_of
from readership.newsletter.contents import contents_of
from readership.newsletter.editions import TAG
from readership.newsletter.errors import NobodyGetsIt, NothingToSend, NotOpen, TimeIsPast
from readership.newsletter.mailing import send_to
from readership.newsletter.models import OPEN, Delivery, Issue, IssueState, Subscription
from readership.outbox.models import OutboxItem
from readership.outbox.putting import wake_up
from readership.outbox.registry import Lane, handles
from readership.pagecache import changed

BATCH = 1_000
PER_SECOND = 50
# After that, whoever was not reached will not be: the outbox has given up.
LONGEST_WAY = timedelta(days=3)


@transaction.atomic
def schedule(issue_id: int, *, send_at: datetime, now: datetime) -> Issue:
    issue = _open_issue(issue_id)
    if send_at <= now:
        raise TimeIsPast
    issue.state, issue.send_at = IssueState.SCHEDULED, send_at
    issue.save(update_fields=["state", "send_at"])
    return issue


@transaction.atomic
def unschedule(issue_id: int) -> Issue:
    issue = _open_issue(issue_id)
    issue.state, issue.send_at = IssueState.DRAFT, None
    issue.save(update_fields=["state", "send_at"])
    return issue


@transaction.atomic
def send_now(issue_id: int, *, now: datetime) -> Issue:
    """Raises NobodyGetsIt: an editor who presses the button wants to know. The second time raises NotOpen."""
    issue = _open_issue(issue_id)
    if count_of(issue) == 0:
        raise NobodyGetsIt
    begin(issue, now=now)
    return issue


def begin(issue: Issue, *, now: datetime) -> None:
    """In the transaction that locked the issue."""
    issue.state, issue.started_at, issue.send_at = IssueState.SENDING, now, issue.send_at or now
    issue.expected_count = count_of(issue)
    issue.slug = free_slug(issue, now)
    issue.save(update_fields=["state", "started_at", "send_at", "expected_count", "slug"])
    outbox.put("newsletter_issue", key=str(issue.pk), payload={"issue": issue.pk})
    changed(TAG)


@transaction.atomic
def cancel(issue_id: int) -> Issue:
    """What was not sent yet stays here. Who has it, has it."""
    issue = Issue.objects.select_for_update().get(pk=issue_id)
    if issue.state != IssueState.SENDING:
        raise NotOpen
    issue.state = IssueState.CANCELLED
    issue.save(update_fields=["state"])
    changed(TAG)
    return issue


def _open_issue(issue_id: int) -> Issue:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue_id)
    if issue.state not in OPEN or issue.is_digest:
        raise NotOpen
    if contents_of(issue, with_meter=False).is_empty:
        raise NothingToSend
    return issue


def free_slug(issue: Issue, now: datetime) -> str:
    """The day, and a number where there was one that day already. Digests have their own day."""
    day = str(issue.digest_on or timezone.localdate(now))
    taken = set(
        Issue.objects.filter(edition=issue.edition, slug__startswith=day)
        .exclude(pk=issue.pk)
        .values_list("slug", flat=True)
    )
    return next(slug for slug in (day, *(f"{day}-{n}" for n in range(2, 10_000))) if slug not in taken)


@handles("newsletter_issue")
def spread(payload: dict[str, Any]) -> None:
    """Put a mail for each subscriber. Begun anew, it goes on where it was."""
    while _spread_one_batch(payload["issue"]):
        pass


@transaction.atomic
def _spread_one_batch(issue_id: int) -> bool:
    issue = Issue.objects.select_for_update(of=("self",)).select_related("topic", "section").filter(pk=issue_id).first()
    if issue is None or issue.state != IssueState.SENDING or issue.is_spread:
        return False
    rows = subscribers_of(issue).filter(pk__gt=issue.reached_id).order_by("pk").values_list("pk", "address_id")[:BATCH]
    found = list(rows)
    if found:
        _put(issue, [address_id for _pk, address_id in found])
        issue.reached_id = found[-1][0]
        issue.put_count += len(found)
    issue.is_spread = len(found) < BATCH
    issue.save(update_fields=["reached_id", "put_count", "is_spread"])
    return not issue.is_spread


def _put(issue: Issue, address_ids: list[int]) -> None:
    now = timezone.now()
    begun_at = issue.started_at or now
    Delivery.objects.bulk_create(
        [Delivery(issue=issue, address_id=address_id, put_at=now) for address_id in address_ids], ignore_conflicts=True
    )
    OutboxItem.objects.bulk_create(
        [
            OutboxItem(
                kind="newsletter_mail",
                key=f"{issue.pk}-{address_id}",
                payload={"issue": issue.pk, "address": address_id},
                created_at=now,
                next_at=begun_at + timedelta(seconds=place / PER_SECOND),
            )
            for place, address_id in enumerate(address_ids, issue.put_count)
        ],
        ignore_conflicts=True,
    )
    # The lane for news may be asleep.
    transaction.on_commit(lambda: wake_up().add(0, 1))


@handles("newsletter_mail", lane=Lane.NEWS)
def send_mail(payload: dict[str, Any]) -> None:
    found = Delivery.objects.waiting().filter(issue=payload["issue"], address=payload["address"])
    delivery = found.select_related("issue", "address").first()
    if delivery is None:
        return
    issue, address = delivery.issue, delivery.address
    subscription = Subscription.objects.active().filter(address=address, edition=issue.edition).first()
    is_wanted = issue.state != IssueState.CANCELLED and address.is_reachable and subscription is not None
    was_sent = subscription is not None and is_wanted and send_to(address, issue, subscription)
    now = timezone.now()
    noted = {"sent_at": now} if was_sent else {"left_out_at": now}
    Delivery.objects.filter(pk=delivery.pk).update(**noted)


def send_due(*, now: datetime) -> int:
    """Begin what is scheduled for now or before, and close what has reached everybody. Returns how many began."""
    due = Issue.objects.filter(state=IssueState.SCHEDULED, send_at__lte=now).values_list("pk", flat=True)
    begun = sum(_begin_if_due(pk, now) for pk in list(due))
    for issue in list(Issue.objects.filter(state=IssueState.SENDING, is_spread=True)):
        _close_if_done(issue, now)
    return begun


@transaction.atomic
def _begin_if_due(issue_id: int, now: datetime) -> bool:
    issue = Issue.objects.select_for_update(of=("self",)).select_related("topic", "section").get(pk=issue_id)
    if issue.state != IssueState.SCHEDULED or issue.send_at is None or issue.send_at > now:
        return False
    begin(issue, now=now)
    return True


@transaction.atomic
def _close_if_done(issue: Issue, now: datetime) -> None:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    is_late = issue.started_at is not None and issue.started_at < now - LONGEST_WAY
    if issue.state == IssueState.SENDING and (is_late or not issue.deliveries.waiting().exists()):
        issue.state, issue.sent_at = IssueState.SENT, now
        issue.save(update_fields=["state", "sent_at"])
        changed(TAG)
