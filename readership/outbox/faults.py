"""What a mail server's refusal means: is it the server, the message, or this one recipient?

Servers say so by a number (RFC 5321) and, many of them, by a second one in three parts (RFC 3463), which is
clearer: 5.1.1 nobody has that address, 5.7.1 we do not like who sends it. Only the first kind stops an address.
A newsroom whose own server is refused everywhere must not lose all its readers by it.
"""

from __future__ import annotations

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from readership.outbox.errors import AddressRefused, HeldUp, Hopeless, OutboxError, PerhapsDone, ServerAway

SECOND_NUMBER = re.compile(rb"[245]\.(\d{1,3})\.(\d{1,3})\b")
# The second part of it.
ADDRESS, MAILBOX, SYSTEM, NETWORK, PROTOCOL, POLICY = b"1", b"2", b"3", b"4", b"5", b"7"
MAILBOX_FULL = b"2"
CLOSING, TOO_LARGE = 421, 552
SIGN_IN_FIRST = {530, 534, 535, 538}
PERMANENT = 500


def fault_of(error: Exception, *, was_handing_over: bool) -> Exception:
    """What the pump has to know of `error`, or `error` itself where it tells nothing about a server."""
    match error:
        case SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            return _of_recipient(code, said)
        case SMTPSenderRefused() if error.smtp_code == TOO_LARGE:
            return Hopeless(_told(error.smtp_code, error.smtp_error))
        case SMTPDataError():
            return _of_message(error.smtp_code, error.smtp_error)
        case SMTPResponseException():
            return ServerAway(_told(error.smtp_code, error.smtp_error))
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


def _of_message(code: int, said: bytes | str) -> OutboxError:
    told = _told(code, said)
    if code >= PERMANENT:
        return Hopeless(told)
    is_server = code == CLOSING or _second_number(said)[:1] == (SYSTEM,)
    return ServerAway(told) if is_server else HeldUp(told)


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
