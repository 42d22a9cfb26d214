"""G08: mail that comes back for good stops an address at once, for a passing reason the fifth time in a row."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.config.mail_service import SERVICES, as_anymail
from readership.outbox.fates import Fate, tell
from readership.outbox.pump import Pump
from readership.readers.addresses import address_known_by, confirm_address
from readership.readers.bounces import note_bounce, note_complaint
from readership.readers.models import MailAddress, StopReason

pytestmark = pytest.mark.django_db
ANN = "ann@example.org"
SIGNING_KEY = "key of the service"
SECRET = "postman:knocks twice"


@pytest.fixture
def ann() -> MailAddress:
    ann = address_known_by(ANN)
    confirm_address(ann, now=timezone.now())
    return ann


def use(settings: Settings, service: str, keys: dict[str, str]) -> None:
    settings.MAIL_SERVICE, settings.MAIL_SERVICE_CLASS = service, SERVICES[service]
    settings.ANYMAIL = as_anymail(service, json.dumps(keys), SECRET)


def post(service: str, told: dict[str, Any], *, secret: str = SECRET) -> int:
    authorization = f"Basic {base64.b64encode(secret.encode()).decode()}"
    answer = Client(enforce_csrf_checks=True).post(
        f"/mail/{service}/tracking/",
        data=json.dumps(told),
        content_type="application/json",
        headers={"authorization": authorization} if secret else {},
    )
    return answer.status_code


def from_postmark(kind: str, *, number: int = 4323372036854775807) -> dict[str, Any]:
    """As its documentation shows it, for our address."""
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "MessageStream": "outbound",
        "ID": number,
        "Type": kind,
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "Test",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "Test bounce details",
        "Email": "Ann@example.org",
        "From": "newsroom@example.org",
        "BouncedAt": "2019-11-05T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Test subject",
        "Content": "<Full dump of bounce>",
        "Metadata": {},
    }


def delivery_by_postmark() -> dict[str, Any]:
    return {
        "RecordType": "Delivery",
        "ServerID": 23,
        "MessageStream": "outbound",
        "MessageID": "00000000-0000-0000-0000-000000000000",
        "Recipient": ANN,
        "Tag": "welcome-email",
        "DeliveredAt": "2024-01-26T12:22:53Z",
        "Details": "Test delivery webhook details",
        "Metadata": {},
    }


def from_mailgun(event: str, severity: str = "permanent", *, key: str = SIGNING_KEY, **more: Any) -> dict[str, Any]:
    """As its documentation shows it, signed."""
    token, at = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0", "1529006854"
    return {
        "signature": {
            "timestamp": at,
            "token": token,
            "signature": hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest(),
        },
        "event-data": {
            "severity": severity,
            "tags": ["my_tag_1"],
            "timestamp": 1521233195.375624,
            "log-level": "error",
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "event": event,
            "recipient": ANN,
            "recipient-domain": "example.org",
            "delivery-status": {
                "attempt-no": 1,
                "message": "",
                "code": 605,
                "description": "Not delivering to previously bounced address",
                "session-seconds": 0.0,
            },
            "message": {"headers": {"to": ANN, "message-id": "20130503192659.13651.20287@mg.example.org"}},
            "user-variables": {},
            **more,
        },
    }


def reason(ann: MailAddress) -> str:
    ann.refresh_from_db()
    return ann.stopped_because


def test_g08_a_hard_bounce_stops_an_address_at_once(ann: MailAddress) -> None:
    note_bounce(" Ann@Example.org ", hard=True, now=timezone.now())

    assert reason(ann) == StopReason.BOUNCED
    assert not ann.is_reachable


def test_g08_five_soft_bounces_in_a_row_stop_it_and_mail_that_arrives_between_them_begins_anew(
    ann: MailAddress,
) -> None:
    for _ in range(4):
        note_bounce(ANN, hard=False, now=timezone.now())
    tell(ANN, Fate.ARRIVED)
    for _ in range(4):
        note_bounce(ANN, hard=False, now=timezone.now())
    before = reason(ann)

    note_bounce(ANN, hard=False, now=timezone.now())

    assert (before, reason(ann)) == ("", StopReason.BOUNCED)


def test_a_complaint_stops_it_and_the_first_reason_stays(ann: MailAddress) -> None:
    note_complaint(ANN, now=timezone.now())
    note_bounce(ANN, hard=True, now=timezone.now())

    assert reason(ann) == StopReason.COMPLAINED


def test_an_address_that_nobody_here_has_is_no_error() -> None:
    note_bounce("nobody@example.org", hard=True, now=timezone.now())
    note_complaint("nobody@example.org", now=timezone.now())

    assert not MailAddress.objects.exists()


def test_a_server_that_knows_no_such_address_stops_it(ann: MailAddress) -> None:
    tell(ANN, Fate.REFUSED)

    assert reason(ann) == StopReason.BOUNCED


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("HardBounce", StopReason.BOUNCED),
        ("BadEmailAddress", StopReason.BOUNCED),
        ("SpamComplaint", StopReason.COMPLAINED),
        ("SoftBounce", ""),
        ("Transient", ""),
        ("AutoResponder", ""),
        ("Blocked", ""),
    ],
)
def test_what_postmark_tells(settings: Settings, ann: MailAddress, kind: str, expected: str) -> None:
    use(settings, "postmark", {"server_token": "t"})

    assert post("postmark", from_postmark(kind)) == 200
    Pump().do_due()

    assert reason(ann) == expected


def test_soft_bounces_told_twice_are_counted_once_and_the_fifth_stops(settings: Settings, ann: MailAddress) -> None:
    use(settings, "postmark", {"server_token": "t"})
    for number in range(5):
        for _again in range(3):
            post("postmark", from_postmark("SoftBounce", number=number))
        if number == 3:
            Pump().do_due()
            before = reason(ann)

    Pump().do_due()

    assert (before, reason(ann)) == ("", StopReason.BOUNCED)


def test_with_a_service_mail_has_arrived_when_the_service_says_so(settings: Settings, ann: MailAddress) -> None:
    use(settings, "postmark", {"server_token": "t"})
    note_bounce(ANN, hard=False, now=timezone.now())

    tell(ANN, Fate.ARRIVED)
    ann.refresh_from_db()
    handed_over = ann.bounces_count
    post("postmark", delivery_by_postmark())
    ann.refresh_from_db()

    assert (handed_over, ann.bounces_count) == (1, 0)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (from_mailgun("failed", reason="bounce"), StopReason.BOUNCED),
        (from_mailgun("failed", reason="suppress-bounce"), StopReason.BOUNCED),
        (from_mailgun("failed", "temporary", reason="generic"), ""),
        (from_mailgun("complained"), StopReason.COMPLAINED),
        (from_mailgun("unsubscribed"), StopReason.COMPLAINED),
        (from_mailgun("opened"), ""),
    ],
)
def test_what_mailgun_tells(settings: Settings, ann: MailAddress, told: dict[str, Any], expected: str) -> None:
    use(settings, "mailgun", {"api_key": "k", "webhook_signing_key": SIGNING_KEY})

    assert post("mailgun", told) == 200

    assert reason(ann) == expected


@pytest.mark.parametrize("secret", ["", "postman:knocks once", "postman", ":"])
def test_g08_nobody_without_the_secret_stops_an_address(settings: Settings, ann: MailAddress, secret: str) -> None:
    use(settings, "postmark", {"server_token": "t"})

    assert post("postmark", from_postmark("HardBounce"), secret=secret) == 400

    assert reason(ann) == ""


def test_g08_nobody_without_the_key_stops_an_address(settings: Settings, ann: MailAddress) -> None:
    use(settings, "mailgun", {"api_key": "k", "webhook_signing_key": SIGNING_KEY})

    assert post("mailgun", from_mailgun("failed", key="another", reason="bounce")) == 400

    assert reason(ann) == ""


@pytest.mark.parametrize("used", ["", "mailgun"])
def test_only_the_service_that_is_used_is_listened_to(settings: Settings, ann: MailAddress, used: str) -> None:
    if used:
        use(settings, used, {"api_key": "k"})

    assert post("postmark", from_postmark("HardBounce")) == 404
    assert reason(ann) == ""
