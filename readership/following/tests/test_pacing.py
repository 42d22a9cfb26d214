"""When a notice may go out: a table, one row a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readership.following.pacing import Wishes, after_quiet, due_at
from readership.readers.models import Pace

BERLIN, NEW_YORK, CASEY = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wishes", "now", "last", "due"),
    [
        # At once, and the first about this story.
        (Wishes(Pace.INSTANT, BERLIN), "2026-03-10 12:00", None, "2026-03-10 12:00"),
        # A mail about the same story went out a quarter of an hour ago: an hour after that one.
        (Wishes(Pace.INSTANT, BERLIN), "2026-03-10 12:00", "2026-03-10 11:45", "2026-03-10 12:45"),
        (Wishes(Pace.INSTANT, BERLIN), "2026-03-10 12:00", "2026-03-10 10:45", "2026-03-10 12:00"),
        # Unless each is wanted by itself.
        (Wishes(Pace.INSTANT, BERLIN, wants_every=True), "2026-03-10 12:00", "2026-03-10 11:59", "2026-03-10 12:00"),
        # With the next full hour.
        (Wishes(Pace.HOURLY, BERLIN), "2026-03-10 12:00", None, "2026-03-10 13:00"),
        (Wishes(Pace.HOURLY, BERLIN), "2026-03-10 12:59", None, "2026-03-10 13:00"),
        # At seven where the reader is: today, or tomorrow.
        (Wishes(Pace.DAILY, BERLIN), "2026-03-10 05:59", None, "2026-03-10 06:00"),
        (Wishes(Pace.DAILY, BERLIN), "2026-03-10 06:00", None, "2026-03-11 06:00"),
        (Wishes(Pace.DAILY, CASEY), "2026-03-10 12:00", None, "2026-03-11 01:15"),
        # In the night in which the clocks go forward, seven comes an hour sooner.
        (Wishes(Pace.DAILY, BERLIN), "2026-03-28 12:00", None, "2026-03-29 05:00"),
        # On Monday; on a Monday after seven, the next.
        (Wishes(Pace.WEEKLY, BERLIN), "2026-03-10 12:00", None, "2026-03-16 06:00"),
        (Wishes(Pace.WEEKLY, BERLIN), "2026-03-16 05:00", None, "2026-03-16 06:00"),
        (Wishes(Pace.WEEKLY, BERLIN), "2026-03-16 06:30", None, "2026-03-23 06:00"),
        # Never.
        (Wishes(Pace.NEVER, BERLIN), "2026-03-10 12:00", None, None),
        # Quiet from 22 to 7, there: 23:30 and 06:59 wait for seven, 07:00 and 21:59 do not.
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=7), "2026-03-10 22:30", None, "2026-03-11 06:00"),
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=7), "2026-03-11 05:59", None, "2026-03-11 06:00"),
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=7), "2026-03-11 06:00", None, "2026-03-11 06:00"),
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=7), "2026-03-11 20:59", None, "2026-03-11 20:59"),
        # Quiet within one day.
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=9, quiet_until=17), "2026-03-10 12:00", None, "2026-03-10 16:00"),
        # The same hour twice is never quiet.
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=9, quiet_until=9), "2026-03-10 08:30", None, "2026-03-10 08:30"),
        # Put off by the mail before, and so into the quiet hours.
        (
            Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=7),
            "2026-03-10 20:50",
            "2026-03-10 20:40",
            "2026-03-11 06:00",
        ),
        # A digest that falls into them comes after them.
        (Wishes(Pace.DAILY, BERLIN, quiet_from=22, quiet_until=9), "2026-03-10 12:00", None, "2026-03-11 08:00"),
        # Quiet until an hour that the clocks leave out that night (02:00 to 03:00): until the next there is.
        (Wishes(Pace.INSTANT, BERLIN, quiet_from=22, quiet_until=2), "2026-03-28 23:30", None, "2026-03-29 01:00"),
        # Quiet until an hour that comes twice (01:00 in New York): when it comes first.
        (Wishes(Pace.INSTANT, NEW_YORK, quiet_from=22, quiet_until=1), "2026-11-01 04:30", None, "2026-11-01 05:00"),
        # Quiet over the hour that comes twice: until it is over for good.
        (Wishes(Pace.INSTANT, NEW_YORK, quiet_from=22, quiet_until=2), "2026-11-01 06:30", None, "2026-11-01 07:00"),
    ],
)
def test_the_table(wishes: Wishes, now: str, last: str | None, due: str | None) -> None:
    found = due_at(wishes, now=utc(now), last_mail_at=utc(last) if last else None)

    assert found == (utc(due) if due else None)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    pace=st.sampled_from([pace for pace in Pace if pace != Pace.NEVER]),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)),
)
def test_it_is_never_in_the_past_never_in_quiet_hours_and_never_far(
    now: datetime, pace: Pace, zone: str, hours: tuple[int, int]
) -> None:
    wishes = Wishes(pace, ZoneInfo(zone), quiet_from=hours[0], quiet_until=hours[1])

    due = due_at(wishes, now=now)

    assert due is not None
    assert now <= due <= now + timedelta(days=9)
    assert after_quiet(wishes, due) == due
