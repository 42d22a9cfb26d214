"""What a mail server's refusal means: is it the server, the message, or this one recipient?

Servers say so by a number (RFC 5321) and, many of them, by a second one in three parts (RFC 3463), which is
clearer: 5.1.1 nobody has that address, 5.7.1 we do not like who sends it. Only the first kind stops an address.
A newsroom whose own server is refused everywhere must not lose all its readers by it.
"""

from __future__ import annotations

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from requests import ConnectionError as NotConnected

from readership.outbox.errors import AddressRefused, HeldUp, Hopeless, OutboxError, PerhapsDone, ServerAway

SECOND_NUMBER = re.compile(rb"[245]\.(\d{1,3})\.(\d{1,3})\b")
# The second part of it.
ADDRESS, MAILBOX, SYSTEM, NETWORK, PROTOCOL, POLICY = b"1", b"2", b"3", b"4", b"5", b"7"
MAILBOX_FULL = b"2"
CLOSING, TOO_LARGE = 421, 552
SIGN_IN_FIRST = {530, 534, 535, 538}
PERMANENT = 500
# Of a service that is spoken to over HTTP.
REFUSED_US, TOO_MUCH, TOO_MANY = {401, 402, 403, 407}, 413, 429


def fault_of(error: Exception, *, was_handing_over: bool) -> Exception:
    """What the pump has to know of `error`, or `error` itself where it tells nothing about a server."""
    match error:
        case SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            return _of_recipient(code, said)
        case SMTPResponseException():
            return _of_message(error)
        case AnymailRecipientsRefused() | AnymailAPIError():
            return _of_service(error)
        case OSError():  # as all of smtplib's are
            return _gone(error, was_handing_over=was_handing_over)
    return error


def _of_recipient(code: int, said: bytes | str) -> OutboxError:
    told, second = _told(code, said), _second_number(said)
    if code == CLOSING or code in SIGN_IN_FIRST or (code < PERMANENT and second[:1] == (SYSTEM,)):
        return ServerAway(told)
    is_passing = code < PERMANENT or code == TOO_LARGE or second == (MAILBOX, MAILBOX_FULL)
    is_about_us = second[:1] and second[0] in {SYSTEM, NETWORK, PROTOCOL, POLICY}
    return HeldUp(told) if is_passing or is_about_us else AddressRefused(told)


def _of_message(error: SMTPResponseException) -> OutboxError:
    code, said = error.smtp_code, error.smtp_error
    told, is_too_large = _told(code, said), isinstance(error, SMTPSenderRefused) and code == TOO_LARGE
    if not isinstance(error, SMTPDataError) and not is_too_large:
        return ServerAway(told)
    if code >= PERMANENT:
        return Hopeless(told)
    is_server = code == CLOSING or _second_number(said)[:1] == (SYSTEM,)
    return ServerAway(told) if is_server else HeldUp(told)


def _of_service(error: AnymailRecipientsRefused | AnymailAPIError) -> Exception:
    if isinstance(error, AnymailRecipientsRefused):
        return AddressRefused(str(error))
    status = error.status_code
    if status is None:
        return _gone(error, was_handing_over=not isinstance(error.__cause__, NotConnected))
    if status in REFUSED_US or status == TOO_MANY or status >= PERMANENT:
        return ServerAway(str(error))
    return Hopeless(str(error)) if status == TOO_MUCH else error


def _gone(error: Exception, *, was_handing_over: bool) -> OutboxError:
    said = str(error) or type(error).__name__
    if was_handing_over:
        return PerhapsDone(f"The mail server went away before it said whether it took the mail. {said}")
    return ServerAway(f"The mail server cannot be reached. {said}")


def _second_number(said: bytes | str) -> tuple[bytes, ...]:
    found = SECOND_NUMBER.match(said if isinstance(said, bytes) else said.encode())
    return found.groups() if found else ()


def _told(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"The mail server answered {code}: {' '.join(words.split())}"
