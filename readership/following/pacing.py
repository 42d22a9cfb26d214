"""Pure: when a notice may go out by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from readership.readers.models import Pace

# Of one story, unless every comment is wanted in a mail of its own.
BETWEEN_MAILS = timedelta(hours=1)
# Of the day, where the reader is: digests are there before breakfast, the weekly one on Mondays.
DIGEST_AT = time(7)
MONDAY = 0


@dataclass(frozen=True)
class Wishes:
    """Quiet from the one whole hour until the other, in `zone`; the same twice: never quiet."""

    pace: Pace
    zone: ZoneInfo
    wants_every: bool = False
    quiet_from: int = 0
    quiet_until: int = 0


def due_at(wishes: Wishes, *, now: datetime, last_mail_at: datetime | None = None) -> datetime | None:
    """None for those who want no mail. `last_mail_at` is that of the last mail about the same story."""
    if wishes.pace == Pace.NEVER:
        return None
    return after_quiet(wishes, _by_pace(wishes, now, last_mail_at))


def _by_pace(wishes: Wishes, now: datetime, last_mail_at: datetime | None) -> datetime:
    if wishes.pace == Pace.INSTANT:
        if last_mail_at is None or wishes.wants_every:
            return now
        return max(now, last_mail_at + BETWEEN_MAILS)
    if wishes.pace == Pace.HOURLY:
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return _next_digest(wishes, now)


def _next_digest(wishes: Wishes, now: datetime) -> datetime:
    here = now.astimezone(wishes.zone)
    day = here.date()
    if wishes.pace == Pace.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    step = timedelta(days=7 if wishes.pace == Pace.WEEKLY else 1)
    moment = _moment(day, DIGEST_AT, wishes.zone)
    return moment if moment > now else _moment(day + step, DIGEST_AT, wishes.zone)


def after_quiet(wishes: Wishes, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours that it falls into."""
    begin, end = wishes.quiet_from, wishes.quiet_until
    here = moment.astimezone(wishes.zone)
    is_quiet = begin <= here.hour < end if begin <= end else (here.hour >= begin or here.hour < end)
    if not is_quiet:
        return moment
    day = here.date() + timedelta(days=1 if here.hour >= end else 0)
    return max(moment, _moment(day, time(end), wishes.zone))


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """What the clock on the wall there calls it. An hour that the change to summer time leaves out is the next one."""
    return datetime.combine(day, at, zone).astimezone(UTC)
