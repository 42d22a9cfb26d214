"""Letters about a pledge: begun, a payment that failed, stopped. They run from the outbox and read everything again.

Nobody is written to about what has been put right in the meantime.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from readership.funding.letters import Letter, send_letter, speaking_to
from readership.funding.models import RUNNING, Interval, Pledge, PledgeState, StoppedBy
from readership.funding.receipts import written_day
from readership.funding.wording import amount_text
from readership.outbox.mail import was_put_since
from readership.outbox.registry import handles

# A processor may try every day; its giver is not written to every day.
BETWEEN_REMINDERS = timedelta(days=3)


@handles("pledge_begun")
def tell_begun(payload: dict[str, Any]) -> None:
    pledge = _pledge(payload)
    if pledge is None or pledge.state not in RUNNING:
        return
    _send(pledge, _begun, key=f"pledge-begun-{pledge.pk}")


@handles("pledge_behind")
def tell_behind(payload: dict[str, Any]) -> None:
    """At the first failure, then not more than once in three days, and when the last try has failed."""
    pledge = _pledge(payload)
    if pledge is None or pledge.state != PledgeState.BEHIND or pledge.failed_since is None:
        return
    attempt, next_at = int(payload["attempt"]), payload.get("next_at")
    if attempt < pledge.failures_count:
        return  # A later try has failed since, and has a letter of its own.
    begins = f"pledge-behind-{pledge.pk}-{pledge.failed_since:%Y%m%d}-"
    is_last = next_at is None
    if not is_last and was_put_since(timezone.now() - BETWEEN_REMINDERS, key_begins=begins):
        return
    next_try = timezone.localdate(datetime.fromisoformat(next_at)) if next_at else None
    with speaking_to(pledge.giver, pledge.language) as language:
        letter = _behind(pledge, is_first=attempt == 1, next_day=written_day(next_try) if next_try else "")
        if pledge.giver:
            send_letter(pledge.giver, letter, key=f"{begins}{attempt}", language=language)


@handles("pledge_stopped")
def tell_stopped(payload: dict[str, Any]) -> None:
    pledge = _pledge(payload)
    if pledge is None or pledge.state != PledgeState.STOPPED or pledge.stopped_at is None:
        return
    _send(pledge, _stopped, key=f"pledge-stopped-{pledge.pk}-{pledge.stopped_at:%Y%m%d%H%M%S}")


def _pledge(payload: dict[str, Any]) -> Pledge | None:
    found = Pledge.objects.select_related("campaign", "giver").filter(pk=payload["pledge_id"], giver__isnull=False)
    return found.first()


def _send(pledge: Pledge, write: Any, *, key: str) -> None:
    with speaking_to(pledge.giver, pledge.language) as language:
        if pledge.giver:
            send_letter(pledge.giver, write(pledge), key=key, language=language)


def _facts(pledge: Pledge) -> dict[str, str]:
    each = _("each year") if pledge.interval == Interval.YEAR else _("each month")
    return {
        "amount": f"{amount_text(pledge.charged)} {each}",
        "campaign": pledge.campaign.title,
        "site": settings.SITE_NAME,
        "next": written_day(pledge.next_on) if pledge.next_on else "",
    }


def _begun(pledge: Pledge) -> Letter:
    facts = _facts(pledge)
    when = (_("The next payment is due on %(next)s.") % facts,) if pledge.next_on else ()
    return Letter(
        subject=_("Your pledge to %(site)s has begun") % facts,
        paragraphs=(
            _("Thank you: you give %(amount)s for “%(campaign)s”, until you stop it.") % facts,
            " ".join((*when, _("On your own page you change the amount or the card, and stop it in two clicks."))),
        ),
        why=_("You get this mail because a pledge to %(site)s was begun with your address.") % facts,
        is_trial=pledge.is_trial,
    )


def _behind(pledge: Pledge, *, is_first: bool, next_day: str) -> Letter:
    facts = {**_facts(pledge), "next_try": next_day}
    said = (
        _("The payment for your pledge of %(amount)s did not go through. Most often a card has expired.") % facts
        if is_first
        else _("The payment for your pledge of %(amount)s has still not gone through.") % facts
    )
    then = (
        _("We try again on %(next_try)s. You need not do anything if the card is in order by then.") % facts
        if next_day
        else _("It will not be tried again by itself, and the pledge then ends.") % facts
    )
    return Letter(
        subject=_("A payment for your pledge to %(site)s did not go through") % facts,
        paragraphs=(
            said,
            then,
            _("With another card the pledge goes on as before. You can also stop it; then nothing is owed."),
        ),
        button=_("Change the card"),
        why=_("You get this mail because a payment of your pledge to %(site)s failed.") % facts,
        is_trial=pledge.is_trial,
    )


def _stopped(pledge: Pledge) -> Letter:
    facts = _facts(pledge)
    said = {
        StoppedBy.PROCESSOR: _("Your pledge of %(amount)s has ended, because its payments did not go through."),
        StoppedBy.NEWSROOM: _("We have stopped your pledge of %(amount)s."),
    }.get(StoppedBy(pledge.stopped_by or StoppedBy.GIVER), _("Your pledge of %(amount)s is stopped."))
    again = (
        _("If you change your mind, begin a new one on our site at any time.")
        if pledge.ended_at
        else _("If you change your mind, it can be resumed on your own page.")
    )
    return Letter(
        subject=_("Your pledge to %(site)s is stopped") % facts,
        paragraphs=(
            said % facts,
            f"{_('Nothing more is charged. Thank you for what you have given.')} {again}",
        ),
        why=_("You get this mail because a pledge of yours to %(site)s was stopped.") % facts,
        is_trial=pledge.is_trial,
    )
