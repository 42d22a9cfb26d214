"""Opening an account and coming back to it: codes, passwords, sessions (attacks E01 to E09)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readership.outbox.models import OutboxItem
from readership.readers.addresses import address_known_by, confirm_address, give_address_to_guest
from readership.readers.guests import NewGuest, welcome_guest
from readership.readers.joining import forget_unconfirmed
from readership.readers.models import MailAddress, Reader, ReaderSession
from readership.readers.names import is_reserved
from readership.readers.tests.makers import PASSWORD, code_for, mails_to, make_reader, sign_in

pytestmark = pytest.mark.django_db
NEW = "new@readers.example"
KNOWN, UNKNOWN = "ann@readers.example", "nobody@readers.example"


def test_an_account_is_opened_with_a_name_an_address_and_a_code(client: Client) -> None:
    begun = client.post("/account/signup/", {"email": NEW, "name": "Nelly", "website": ""})
    confirmed = client.post(begun["Location"], {"code": code_for(NEW)})

    reader = Reader.objects.get(email=NEW)
    assert confirmed["Location"] == "/account/"
    assert (reader.name, reader.has_usable_password(), reader.mail_address.address) == ("Nelly", False, NEW)
    assert client.get("/account/").context["request"].user == reader


def test_e15_no_password_is_taken_before_the_address_is_confirmed(client: Client) -> None:
    """A stranger's password would open the account of whoever confirms it later."""
    client.post("/account/signup/", {"email": NEW, "name": "Nelly", "password1": PASSWORD, "password": PASSWORD})

    sign_in(Client(), NEW)

    assert not Reader.objects.get(email=NEW).has_usable_password()


@pytest.mark.parametrize("name", ["Ann", "Аnn", "Editor", "Readership", "https://a.example", "  "])
def test_a16_an_account_cannot_be_opened_under_somebody_elses_name(client: Client, name: str) -> None:
    make_reader(name="Ann")

    answer = client.post("/account/signup/", {"email": NEW, "name": name})

    assert answer.status_code == 200
    assert "name" in answer.context["form"].errors
    assert not Reader.objects.filter(email=NEW).exists()


@pytest.fixture
def nelly() -> NewGuest:
    """A verified guest: device, name and address."""
    new = welcome_guest(name="Nelly")
    address = address_known_by(NEW)
    confirm_address(address, now=timezone.now())
    give_address_to_guest(address, new.guest)
    return new


def test_a_verified_guest_keeps_the_name_on_the_device_at_hand(client: Client, nelly: NewGuest) -> None:
    client.cookies[settings.GUEST_COOKIE_NAME] = nelly.secret

    begun = client.post("/account/signup/", {"email": NEW, "name": "Nelly"})
    client.post(begun["Location"], {"code": code_for(NEW)})

    assert Reader.objects.get(email=NEW).name == "Nelly"


def test_e01_nobody_learns_whose_name_goes_with_which_address(client: Client, nelly: NewGuest) -> None:
    answers = [client.post("/account/signup/", {"email": email, "name": "Nelly"}) for email in (NEW, UNKNOWN)]

    assert [answer.context["form"].errors["name"] for answer in answers] == [
        ["That name belongs to somebody here, or looks like it. Please choose another one."]
    ] * 2


def test_with_the_account_of_the_address_the_name_of_the_guest_may_be_taken_up_later(nelly: NewGuest) -> None:
    owner, other = make_reader(email=NEW), make_reader(email=KNOWN)
    MailAddress.objects.filter(address=NEW).update(reader=owner)

    assert not is_reserved("Nelly", reader=owner)
    assert is_reserved("Nelly", reader=other)


def test_a_code_by_mail_signs_in(client: Client) -> None:
    reader = make_reader()

    sign_in(client, reader.email)

    assert client.get("/account/").status_code == 200
    assert [mail["subject"] for mail in mails_to(reader.email)] == ["Your code for Readership"]
    # It does not wait for other mail to the same reader.
    assert OutboxItem.objects.get(payload__to=reader.email).line == ""


def test_an_account_made_in_the_admin_signs_in_with_one_code(client: Client) -> None:
    Reader.objects.create_user("edda@readers.example", name="Edda", is_staff=True)

    sign_in(client, "edda@readers.example")

    assert client.get("/account/").status_code == 200


def test_every_page_about_an_account_answers(client: Client) -> None:
    reader = make_reader(password=PASSWORD)
    for path in ("login/", "login/code/", "signup/", "signup/passkey/", "password/reset/"):
        assert client.get(f"/account/{path}").status_code == 200, path

    sign_in(client, reader.email)

    own = ("", "sessions/", "again/", "email/", "logout/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/",
           "2fa/totp/activate/", "password/change/", "3rdparty/", "reauthenticate/")  # fmt: skip
    for path in own:
        assert client.get(f"/account/{path}").status_code == 200, path


@pytest.mark.parametrize(
    ("door", "fields"),
    [
        ("/account/login/code/", {"email": "{}"}),
        ("/account/login/", {"login": "{}", "password": "no such password"}),
        ("/account/password/reset/", {"email": "{}"}),
        ("/account/signup/", {"email": "{}", "name": "Nelly"}),
        ("/admin/login/", {"username": "{}", "password": "no such password"}),
    ],
)
class TestE01NobodyLearnsWhoHasAnAccount:
    def test_e01_the_answer_is_the_same(self, door: str, fields: dict[str, str]) -> None:
        make_reader(KNOWN, password=PASSWORD)

        answers = [_posted(door, fields, address) for address in (KNOWN, UNKNOWN)]

        assert answers[0] == answers[1]

    def test_e01_each_gets_one_mail_or_none_and_nothing_is_sent_while_one_waits(
        self, door: str, fields: dict[str, str], mailoutbox: list[object]
    ) -> None:
        make_reader(KNOWN, password=PASSWORD)

        for address in (KNOWN, UNKNOWN):
            _posted(door, fields, address)

        assert len(mails_to(KNOWN)) == len(mails_to(UNKNOWN)) <= 1
        assert mailoutbox == []

    def test_e03_the_work_is_the_same(self, door: str, fields: dict[str, str]) -> None:
        """Counted in commits and in hashes of passwords, which is where the time goes."""
        make_reader(KNOWN, password=PASSWORD)

        assert _commits(door, fields, KNOWN) == _commits(door, fields, UNKNOWN)


def _posted(door: str, fields: dict[str, str], address: str) -> tuple[object, ...]:
    client = Client()
    answer = client.post(door, {name: value.format(address) for name, value in fields.items()})
    following = client.get(answer["Location"]).content if answer.status_code == 302 else b""
    # What was typed stands in the form again.
    bodies = [body.replace(address.encode(), b"SOMEBODY") for body in (answer.content, following)]
    # The second in which it was written differs.
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Expires"}}
    return answer.status_code, _without_tokens(bodies[0]), _without_tokens(bodies[1]), headers


def _without_tokens(body: bytes) -> bytes:
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"TOKEN", body)


def _commits(door: str, fields: dict[str, str], address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        Client().post(door, {name: value.format(address) for name, value in fields.items()})
    depth, commits = 0, 0
    for query in captured.captured_queries:
        sql = query["sql"].upper()
        depth += sql.startswith("SAVEPOINT") - sql.startswith("RELEASE")
        is_write = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        commits += (is_write and depth == 0) or (sql.startswith("RELEASE") and depth == 0)
    return commits


def test_e02_a_mail_server_that_fails_changes_no_answer(client: Client, settings: object) -> None:
    settings.EMAIL_BACKEND = "no.such.Backend"  # type: ignore[attr-defined]
    make_reader(KNOWN)

    statuses = [client.post("/account/login/code/", {"email": one}).status_code for one in (KNOWN, UNKNOWN)]

    assert statuses == [302, 302]


PASSWORD_DOORS = [("/account/login/", "login"), ("/admin/login/", "username")]


@pytest.mark.parametrize(("door", "field"), PASSWORD_DOORS)
def test_e04_every_door_has_limits_and_says_how_long_to_wait(client: Client, door: str, field: str) -> None:
    make_reader(KNOWN, password=PASSWORD, is_staff=True)

    answers = [client.post(door, {field: KNOWN, "password": f"guess {n}"}) for n in range(7)]
    right = client.post(door, {field: KNOWN, "password": PASSWORD})

    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    assert right.status_code == 429
    assert 0 < int(right["Retry-After"]) <= 600
    assert "Please try again in" in right.content.decode()


def test_e04_both_password_doors_are_one_door(client: Client) -> None:
    make_reader(KNOWN, password=PASSWORD, is_staff=True)

    for n in range(3):
        client.post("/account/login/", {"login": KNOWN, "password": f"guess {n}"})
    answers = [client.post("/admin/login/", {"username": KNOWN, "password": f"guess {n}"}) for n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_e05_headers_that_anybody_can_send_open_no_new_count(client: Client) -> None:
    make_reader(KNOWN, password=PASSWORD)
    names = ("X-Forwarded-For", "Client-Ip", "Forwarded", "X-Real-Ip", "True-Client-Ip", "Cf-Connecting-Ip")

    statuses = [
        client.post("/account/login/", {"login": f"a{n}@b.example", "password": "x"},
                    headers={names[n % len(names)]: f"198.51.100.{n}"}).status_code
        for n in range(40)
    ]  # fmt: skip

    assert statuses[29:] == [200, *[429] * 10]


def test_e06_a_whole_64_is_one_network(client: Client) -> None:
    statuses = [
        client.post("/account/login/", {"login": f"a{n}@b.example", "password": "x"}, REMOTE_ADDR=f"2001:db8::{n}")
        for n in range(1, 33)
    ]

    assert [answer.status_code for answer in statuses][-2:] == [429, 429]


def test_e07_a_stranger_elsewhere_locks_nobody_out(client: Client) -> None:
    make_reader(KNOWN, password=PASSWORD)
    for n in range(8):
        Client(REMOTE_ADDR="203.0.113.9").post("/account/login/", {"login": KNOWN, "password": f"guess {n}"})

    assert client.post("/account/login/", {"login": KNOWN, "password": PASSWORD}).status_code == 302


def test_e07_many_strangers_close_the_password_door_and_leave_the_mailed_code(client: Client) -> None:
    make_reader(KNOWN, password=PASSWORD)
    for n in range(101):
        stranger = Client(REMOTE_ADDR=f"203.0.113.{n}")
        stranger.post("/account/login/", {"login": KNOWN, "password": "guess"})

    assert client.post("/account/login/", {"login": KNOWN, "password": PASSWORD}).status_code == 429
    sign_in(client, KNOWN)
    assert client.get("/account/").status_code == 200


def test_g03_codes_are_not_mailed_without_end_and_nobody_is_told(client: Client) -> None:
    make_reader(KNOWN)

    statuses = [Client().post("/account/login/code/", {"email": KNOWN}).status_code for _ in range(5)]

    assert statuses == [302] * 3 + statuses[3:]
    assert len(mails_to(KNOWN)) <= 3


def test_a_code_dies_after_three_wrong_ones(client: Client) -> None:
    make_reader(KNOWN)
    client.post("/account/login/code/", {"email": KNOWN})
    code = code_for(KNOWN)

    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "XXXX-XXXX"})
    client.post("/account/login/code/confirm/", {"code": code})

    assert client.get("/account/").status_code == 302


def test_e14_a_code_is_good_in_the_browser_that_asked_and_nowhere_else(client: Client) -> None:
    make_reader(KNOWN)
    client.post("/account/login/code/", {"email": KNOWN})
    stranger = Client()
    stranger.post("/account/login/code/", {"email": UNKNOWN})

    stranger.post("/account/login/code/confirm/", {"code": code_for(KNOWN)})

    assert stranger.get("/account/").status_code == 302


def test_e08_signing_in_gives_the_session_another_key(client: Client) -> None:
    make_reader(KNOWN)
    client.post("/account/login/code/", {"email": KNOWN})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post("/account/login/code/confirm/", {"code": code_for(KNOWN)})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert Client(headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={before}"}).get("/account/").status_code == 302


def test_d02_nobody_is_signed_in_by_another_sites_form() -> None:
    """Login CSRF: a stranger's own password, sent from elsewhere."""
    make_reader(KNOWN, password=PASSWORD)
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        "/account/login/", {"login": KNOWN, "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403


def test_d02_another_site_uses_up_nobodys_tries(client: Client) -> None:
    """Forms that a stranger's page sends from a reader's own browser."""
    reader = make_reader(KNOWN, password=PASSWORD)
    for n in range(40):
        headers = {"Sec-Fetch-Site": "cross-site"}
        refused = client.post("/account/login/", {"login": KNOWN, "password": f"{n}"}, headers=headers)
        assert refused.status_code == 403

    assert client.post("/account/login/", {"login": reader.email, "password": PASSWORD}).status_code == 302


def test_f05_sessions_are_not_begun_without_end(client: Client) -> None:
    json = {"Accept": "application/json"}

    statuses = [Client().get("/account/2fa/webauthn/login/", headers=json).status_code for _ in range(40)]

    assert statuses[-1] == 429
    assert ReaderSession.objects.count() <= 30


def test_e15_whoever_opened_an_account_for_a_strangers_address_is_not_in_it_later(client: Client) -> None:
    """The account waits for the address to be confirmed; then its owner comes and confirms it by signing in."""
    attacker = Client()
    begun = attacker.post("/account/signup/", {"email": NEW, "name": "Nelly"})["Location"]

    sign_in(client, NEW)

    assert client.get("/account/").status_code == 200
    for path in (begun, "/account/login/", "/account/signup/", "/account/login/code/confirm/"):
        attacker.get(path, follow=True)
        attacker.post(path, {"code": "XXXX-XXXX"}, follow=True)
    assert attacker.get("/account/").status_code == 302


def test_e13_a_password_may_be_long_and_may_not_be_common(client: Client) -> None:
    reader = make_reader()
    sign_in(client, reader.email)
    long = "the ferry comes at nine " * 8

    refused = client.post("/account/password/set/", {"password1": "password123", "password2": "password123"})
    taken = client.post("/account/password/set/", {"password1": long, "password2": long})

    reader.refresh_from_db()
    assert refused.status_code == 200
    assert taken.status_code == 302
    assert reader.check_password(long)
    assert not reader.check_password(long[:-1])


def test_an_account_that_nobody_confirmed_is_forgotten_after_a_day(client: Client) -> None:
    client.post("/account/signup/", {"email": NEW, "name": "Nelly"})
    make_reader(KNOWN)
    now = timezone.now()

    assert forget_unconfirmed(now=now + timedelta(hours=23)) == 0
    assert forget_unconfirmed(now=now + timedelta(hours=25)) > 0
    assert [reader.email for reader in Reader.objects.all()] == [KNOWN]


def test_l09_l11_pages_about_an_account_are_found_and_kept_by_nobody(client: Client) -> None:
    for path in ("login/", "signup/", "password/reset/", "login/code/"):
        answer = client.get(f"/account/{path}")
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]


def test_e12_no_mail_item_holds_more_than_it_needs(client: Client) -> None:
    make_reader(KNOWN)
    client.post("/account/login/code/", {"email": KNOWN})

    assert [item.key.startswith("account-") for item in OutboxItem.objects.all()] == [True]
