"""F-18: the mail server is gone for hours, asks for patience, refuses one address, or takes a mail and goes away."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from readership.outbox import fates
from readership.outbox.fates import Fate
from readership.outbox.mail import put_mail
from readership.outbox.models import OutboxItem
from readership.outbox.pump import MOST_ATTEMPTS, Pump, delay_after
from readership.outbox.resting import LONGEST_REST
from readership.outbox.tests.mail_server import Server, listening, running
from tests.serving.running import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2126, 11, 24, 12, 0, tzinfo=UTC)
ANN, BEA = "ann@example.org", "bea@example.org"


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    server = Server()
    with running(settings, server):
        yield server


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Fate]]:
    told: list[tuple[str, Fate]] = []
    monkeypatch.setattr(fates, "_listeners", [lambda address, fate: told.append((address, fate))])
    return told


def put_letters(*subjects: str, to: str = ANN) -> None:
    for subject in subjects:
        put_mail(key=f"{to} {subject}", to=to, subject=subject, text="Hello.")


def attempts() -> list[int]:
    return list(OutboxItem.objects.order_by("pk").values_list("attempts", flat=True))


def test_a_server_that_is_gone_for_six_hours_costs_no_letter_a_try_and_is_told_once(
    settings: Settings, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "readership.outbox.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    put_letters("one", "two")
    put_letters("three", to=BEA)
    pump, looks = Pump(clock), 0

    with caplog.at_level(logging.WARNING, logger="readership.outbox.pump"):
        while clock.now < NOW + timedelta(hours=6):
            looks += pump.do_due()
            clock.now += timedelta(seconds=20)
        away = attempts()
        server = Server()
        with listening(settings, server):
            clock.now += LONGEST_REST
            while pump.do_due():
                pass

    assert away == [0, 0, 0]
    # Once every five minutes, after a short while of asking more often.
    assert 6 * 12 <= looks <= 6 * 12 + 12
    assert sorted(server.letters) == [(ANN, "one"), (ANN, "two"), (BEA, "three")]
    assert attempts() == [1, 1, 1]
    assert [record.message.split(",")[0] for record in caplog.records] == ["Outbox: all waits", "Outbox: all goes on."]


@pytest.mark.parametrize(
    "greeting",
    ["421 4.3.2 closing down", "530 5.7.0 sign in first", "535 5.7.8 no such name", "550 5.7.1 your network is listed"],
)
def test_what_a_server_says_of_us_is_no_fault_of_a_letter(server: Server, clock: Clock, greeting: str) -> None:
    put_letters("one", "two")
    put_letters("three", to=BEA)
    server.greeting = greeting

    Pump(clock).do_due()

    assert (server.tries, attempts(), server.letters) == (1, [0, 0, 0], [])


def test_asked_for_patience_only_that_line_waits_and_it_stays_in_order(server: Server, clock: Clock) -> None:
    put_letters("one", "two")
    put_letters("three", to=BEA)
    server.refuses = {ANN: "451 4.7.1 greylisted, try again"}
    pump = Pump(clock)
    for _ in range(3):
        pump.do_due()
    while_refused = list(server.letters)

    server.refuses = {}
    clock.now += delay_after(1)
    for _ in range(2):
        pump.do_due()

    assert while_refused == [(BEA, "three")]
    assert server.letters[1:] == [(ANN, "one"), (ANN, "two")]
    assert attempts() == [2, 1, 1]


def test_a_letter_that_somebody_waits_for_does_not_stand_behind_one_that_has_to_wait(
    server: Server, clock: Clock
) -> None:
    put_letters("one", "two")
    server.refuses = {ANN: "451 4.7.1 greylisted, try again"}
    Pump(clock).do_due()

    server.refuses = {}
    put_mail(key="code", to=ANN, subject="Your code", text="123456", in_line=False)
    Pump(clock).do_due()

    assert server.letters == [(ANN, "Your code")]


def test_an_address_that_nobody_has_is_told_of_and_given_up_and_the_others_get_theirs(
    server: Server, clock: Clock, told: list[tuple[str, Fate]]
) -> None:
    put_letters("one")
    put_letters("two", to=BEA)
    server.refuses = {ANN: "550 5.1.1 no such user"}

    Pump(clock).do_due()

    refused = OutboxItem.objects.exclude(given_up_at=None).get()
    assert refused.last_error == "The mail server answered 550: 5.1.1 no such user"
    assert server.letters == [(BEA, "two")]
    assert told == [(ANN, Fate.REFUSED), (BEA, Fate.ARRIVED)]


def test_an_address_that_is_put_off_to_the_end_came_back(
    server: Server, clock: Clock, told: list[tuple[str, Fate]]
) -> None:
    put_letters("one", "two")
    server.refuses = {ANN: "452 4.2.2 mailbox full"}
    pump = Pump(clock)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        pump.do_due()
        clock.now += delay_after(attempt)

    # The next of the line has its turn.
    assert attempts() == [MOST_ATTEMPTS, 0]
    assert told == [(ANN, Fate.CAME_BACK)]
    pump.do_due()
    assert attempts() == [MOST_ATTEMPTS, 1]


@pytest.mark.parametrize("answer", ["552 5.3.4 too large", "554 5.6.0 we do not like what it says"])
def test_a_message_that_is_refused_is_given_up_and_says_nothing_about_the_address(
    server: Server, clock: Clock, told: list[tuple[str, Fate]], answer: str
) -> None:
    put_letters("one")
    server.answer = answer

    Pump(clock).do_due()

    assert OutboxItem.objects.get().given_up_at == NOW
    assert told == []


def test_a_server_that_takes_a_letter_and_goes_away_is_asked_again_seldom_and_at_last_never(
    server: Server, clock: Clock
) -> None:
    put_letters("one")
    server.goes_away_after = 0
    pump = Pump(clock)

    for _ in range(4 * 24 * 60):
        pump.do_due()
        clock.now += timedelta(minutes=1)

    assert server.subjects == ["one"] * MOST_ATTEMPTS
    assert OutboxItem.objects.get().given_up_at is not None


def test_a_letter_at_which_the_server_goes_away_does_not_keep_the_others(server: Server, clock: Clock) -> None:
    put_letters("one")
    put_letters("two", to=BEA)
    server.refuses = {ANN: "421 4.3.0 I fall over at this name"}
    pump = Pump(clock)

    for _ in range(3):
        pump.do_due()
        clock.now += timedelta(seconds=2)

    assert server.letters == [(BEA, "two")]


def test_a_letter_that_breaks_every_connection_while_others_go_through_is_given_up_some_day(
    server: Server, clock: Clock
) -> None:
    put_letters("one")
    server.refuses = {ANN: "421 4.3.0 I fall over at this name"}
    pump = Pump(clock)

    for number in range(400):
        put_letters(str(number), to=f"reader{number}@example.org")
        pump.do_due()
        clock.now += timedelta(minutes=15)

    assert OutboxItem.objects.get(key=f"{ANN} one").given_up_at is not None
    assert len(server.letters) == 400


def test_g09_a_server_that_cannot_encrypt_gets_no_letter(settings: Settings, server: Server, clock: Clock) -> None:
    settings.EMAIL_USE_TLS = True
    put_letters("one")

    Pump(clock).do_due()

    assert (server.tries, server.letters, attempts()) == (0, [], [0])
    assert "STARTTLS" in OutboxItem.objects.get().last_error
