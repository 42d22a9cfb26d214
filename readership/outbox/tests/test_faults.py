"""Whose fault a refusal is: one row a case. A newsroom that is refused everywhere must not lose its readers' addresses."""

from __future__ import annotations

import smtplib

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

from readership.outbox.errors import AddressRefused, HeldUp, Hopeless, PerhapsDone, ServerAway
from readership.outbox.faults import fault_of


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (550, b"5.1.1 no such user", AddressRefused),
        (550, b"no such user", AddressRefused),
        (553, b"5.1.3 that is no address", AddressRefused),
        (550, b"5.2.1 closed for good", AddressRefused),
        (552, b"5.2.2 mailbox full", HeldUp),
        (550, b"5.2.2 over quota", HeldUp),
        (450, b"4.2.0 greylisted", HeldUp),
        (451, b"later", HeldUp),
        (550, b"5.7.1 your network is listed", HeldUp),
        (554, b"5.4.4 cannot route", HeldUp),
        (550, b"5.3.2 not taking mail", HeldUp),
        (451, b"4.3.0 out of disk", ServerAway),
        (421, b"too many at once", ServerAway),
        (530, b"5.7.0 sign in first", ServerAway),
    ],
)
def test_a_refusal_of_a_recipient(code: int, said: bytes, expected: type[Exception]) -> None:
    error = smtplib.SMTPRecipientsRefused({"ann@example.org": (code, said)})

    assert type(fault_of(error, was_handing_over=False)) is expected


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (552, b"5.3.4 too large", Hopeless),
        (554, b"5.7.1 spam", Hopeless),
        (451, b"4.7.1 later", HeldUp),
        (452, b"4.3.1 out of disk", ServerAway),
        (421, b"going away", ServerAway),
    ],
)
def test_a_refusal_of_a_message(code: int, said: bytes, expected: type[Exception]) -> None:
    assert type(fault_of(smtplib.SMTPDataError(code, said), was_handing_over=False)) is expected


@pytest.mark.parametrize(
    ("error", "was_handing_over", "expected"),
    [
        (smtplib.SMTPServerDisconnected("closed"), False, ServerAway),
        (smtplib.SMTPServerDisconnected("closed"), True, PerhapsDone),
        (ConnectionRefusedError(), False, ServerAway),
        (TimeoutError(), True, PerhapsDone),
        (smtplib.SMTPNotSupportedError("no STARTTLS"), False, ServerAway),
        (smtplib.SMTPAuthenticationError(535, b"no"), False, ServerAway),
        (smtplib.SMTPSenderRefused(552, b"5.3.4 too large", "newsroom@example.org"), False, Hopeless),
        (smtplib.SMTPSenderRefused(550, b"5.7.1 not you", "newsroom@example.org"), False, ServerAway),
        (ValueError("a fault of ours"), False, ValueError),
    ],
)
def test_other_ends(error: Exception, was_handing_over: bool, expected: type[Exception]) -> None:
    assert type(fault_of(error, was_handing_over=was_handing_over)) is expected


@pytest.mark.parametrize(
    ("status", "cause", "expected"),
    [
        (401, None, ServerAway),
        (429, None, ServerAway),
        (503, None, ServerAway),
        (413, None, Hopeless),
        (422, None, AnymailAPIError),
        (None, requests.ConnectionError("no such host"), ServerAway),
        (None, requests.ReadTimeout("no answer"), PerhapsDone),
    ],
)
def test_what_a_mail_service_answers(status: int | None, cause: Exception | None, expected: type[Exception]) -> None:
    error = AnymailAPIError("It did not work.")
    error.__cause__ = cause
    error.status_code = status
    error.response = requests.Response()

    assert type(fault_of(error, was_handing_over=False)) is expected


def test_a_mail_service_that_will_not_write_to_somebody_concerns_that_address() -> None:
    assert type(fault_of(AnymailRecipientsRefused(), was_handing_over=False)) is AddressRefused
