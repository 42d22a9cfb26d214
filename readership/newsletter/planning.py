"""Pure: when a digest is due. All moments are aware; hours are those of the clock on the newsroom's wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def last_moment(*, hour: int, weekday: int | None, zone: ZoneInfo, now: datetime) -> tuple[date, datetime]:
    """The latest planned moment that is not after `now`, and the day it is for. `weekday` None: every day."""
    day = now.astimezone(zone).date()
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    moment = _moment(day, hour, zone)
    if moment > now:
        day -= DAY if weekday is None else WEEK
        moment = _moment(day, hour, zone)
    return day, moment


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour that the change to summer time leaves out is the next one; of one that comes twice, the first."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
