"""To subscribe, to confirm, to change and to stop."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from readership.following.tests.makers import HERE, mails_to, make_address, make_follow
from readership.newsletter.forgetting import forget_old
from readership.newsletter.links import own_link, stop_link
from readership.newsletter.models import Delivery, Edition, Issue, Subscription
from readership.newsletter.sending import send_now, spread
from readership.newsletter.tests.makers import make_issue, make_plan, make_subscription, pump
from readership.outbox.models import OutboxItem
from readership.readers.address_links import Purpose, token_of
from readership.readers.erasing import Words, erase_person
from readership.readers.holdings import all_holdings, person_by_address
from readership.readers.models import MailAddress, StopReason
from readership.readers.tests.makers import make_reader
from readership.stories.tests.makers import make_section, make_topic

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser() -> Client:
    make_plan(Edition.LETTERS)
    make_plan(Edition.MORNING)
    return Client(headers=HERE)


def join(browser: Client, email: str, **more: Any) -> Any:
    return browser.post("/newsletter/join/", {"edition": ["morning"], "email": email, **more})


def link_in(address: str, page: str) -> str:
    found = re.search(rf"/newsletter/{page}/\S+", mails_to(address)[-1].body)
    assert found
    return found[0]


def test_g07_nothing_comes_before_the_button_is_pressed_and_opening_the_link_presses_nothing(browser: Client) -> None:
    ferries, harbour = make_topic(), make_section()
    answer = join(browser, "grete@x.example", topic=[ferries.pk], section=[harbour.pk, 999_999])
    assert (answer.status_code, answer["Location"]) == (303, "/newsletter/asked/")
    pump()
    way = link_in("grete@x.example", "confirm")

    page = browser.get(way)
    assert "Harbour, Ferries" in page.content.decode()
    assert not Subscription.objects.active().exists()

    answer = browser.post(way)
    assert answer.status_code == 303
    assert "Subscribed: it comes from now on." in browser.get(answer["Location"]).content.decode()
    (subscription,) = Subscription.objects.active()
    assert subscription.address.is_reachable
    assert (list(subscription.topics.all()), list(subscription.sections.all())) == ([ferries], [harbour])
    assert "confirmed this already" in browser.get(way).content.decode()


def test_e01_the_answer_is_the_same_for_every_address(browser: Client) -> None:
    make_subscription(make_address("known@x.example"), edition=Edition.MORNING)
    make_address("refused@x.example", stopped_at=timezone.now(), stopped_because=StopReason.REFUSED)
    answers = []

    for address in ("known@x.example", "refused@x.example", "new@x.example"):
        for page in ("/newsletter/join/", "/newsletter/link/"):
            before = OutboxItem.objects.count()
            answer = browser.post(page, {"edition": ["morning"], "email": address})
            answers.append((page, answer.status_code, answer["Location"], sorted(answer.headers), answer.content))
            assert OutboxItem.objects.count() == before + 1
    pump()

    assert len({str(answer) for answer in answers}) == 2
    assert mails_to("refused@x.example") == []
    assert [letter.subject.partition(" of ")[0] for letter in mails_to("known@x.example")] == [
        "The link to your newsletters"
    ]
    assert len(mails_to("new@x.example")) == 1


def test_g03_an_address_of_a_provider_that_the_newsroom_refuses_is_not_taken(
    browser: Client, settings: Settings
) -> None:
    """The form to follow is the same one."""
    settings.REFUSED_MAIL_DOMAINS = frozenset({"bin.example"})
    before = OutboxItem.objects.count()

    answer = join(browser, "grete@bin.example")

    assert "We cannot take addresses of this provider" in answer.content.decode()
    assert OutboxItem.objects.count() == before


def test_g03_however_often_a_stranger_asks_one_question_goes_out(browser: Client) -> None:
    for number in range(5):
        join(browser, "victim@x.example", edition=["morning", "letters"][: number % 2 + 1])
        pump()

    assert len(mails_to("victim@x.example")) == 1
    browser.post(re.findall(r"/guests/not-me/\S+", mails_to("victim@x.example")[0].body)[0])
    make_address("x@x.example")
    assert MailAddress.objects.get(address="victim@x.example").stopped_because == StopReason.REFUSED
    join(browser, "victim@x.example")
    pump(later=timedelta(days=1))
    assert len(mails_to("victim@x.example")) == 1


def test_a_stranger_changes_nothing_of_what_somebody_gets(browser: Client) -> None:
    ferries = make_topic()
    subscription = make_subscription(make_address("grete@x.example"), edition=Edition.MORNING)

    join(browser, "grete@x.example", topic=[ferries.pk])
    pump()

    assert list(subscription.topics.all()) == []
    assert mails_to("grete@x.example") == []


def test_who_is_signed_in_with_a_confirmed_address_subscribes_at_once(browser: Client) -> None:
    reader = make_reader("ann@x.example")
    browser.force_login(reader)

    answer = join(browser, "")

    assert answer["Location"].startswith("/newsletter/yours/")
    assert Subscription.objects.active().get().address.reader == reader
    assert not OutboxItem.objects.filter(kind="newsletter_ask").exists()


@pytest.mark.parametrize("address", ["a@x.example\r\nBcc: b@x.example", "a@x.example\u2028b@x.example", "a", "", "%@%"])
def test_g01_what_is_no_address_is_refused_and_nothing_is_sent(browser: Client, address: str) -> None:
    assert join(browser, address).status_code == 400
    pump()
    assert mail.outbox == []


def test_a_form_without_an_edition_says_so_and_keeps_the_rest(browser: Client) -> None:
    answer = browser.post("/newsletter/join/", {"email": "grete@x.example"})

    assert answer.status_code == 400
    assert "Please choose what should come." in answer.content.decode()
    assert 'value="grete@x.example"' in answer.content.decode()


def test_who_fills_in_what_people_do_not_see_is_answered_and_forgotten(browser: Client) -> None:
    assert join(browser, "grete@x.example", website="x")["Location"] == "/newsletter/asked/"
    assert not OutboxItem.objects.exists()


def test_where_no_edition_is_on_nobody_can_subscribe(db: None) -> None:
    browser = Client(headers=HERE)

    assert join(browser, "grete@x.example").status_code == 404
    assert "There is none at the moment." in browser.get("/newsletter/").content.decode()


def test_g07_one_click_stops_this_edition_from_a_program_without_cookie_or_origin(browser: Client) -> None:
    subscription = make_subscription(edition=Edition.MORNING)
    other = make_subscription(subscription.address, edition=Edition.LETTERS)
    way = stop_link(subscription.address, Edition.MORNING).removeprefix(settings.SITE_URL)
    program = Client(enforce_csrf_checks=True)

    assert "Stop the newsletter?" in program.get(way).content.decode()
    assert set(Subscription.objects.active()) == {subscription, other}
    assert program.post(way, {"anything": "else"}).status_code == 403
    assert program.post(way, "List-Unsubscribe=One-Click", content_type=FORM).status_code == 200

    assert list(Subscription.objects.active()) == [other]
    assert program.post(way, "List-Unsubscribe=One-Click", content_type=FORM).status_code == 200


def test_e14_a_link_of_one_purpose_opens_nothing_else(browser: Client) -> None:
    subscription = make_subscription(edition=Edition.MORNING)
    make_follow(subscription.address)
    right = {
        "confirm": {Purpose.NEWSLETTER},
        "stop": {Purpose.NEWSLETTER_STOP},
        "yours": {Purpose.MANAGE, Purpose.VISIT},
    }
    about = {Purpose.NEWSLETTER: (subscription.pk,)}

    for page, purposes in right.items():
        for purpose in Purpose:
            token = token_of(purpose, subscription.address, *about.get(purpose, (0,)))
            status = browser.get(f"/newsletter/{page}/{token}/").status_code
            assert status == (200 if purpose in purposes else 404), (page, purpose)
    # And not what a newsletter's link is about at the doors of others.
    for purpose in (Purpose.NEWSLETTER, Purpose.NEWSLETTER_STOP):
        token = token_of(purpose, subscription.address, subscription.pk)
        for path in ("follow/yours", "follow/stop", "follow/confirm", "guests/confirm", "guests/not-me", "own-data"):
            assert browser.get(f"/{path}/{token}/").status_code == 404, (path, purpose)


@pytest.mark.parametrize("token", ["x", "1-1-0.abc.def", "9" * 300])
def test_a_forged_link_opens_nothing(browser: Client, token: str) -> None:
    for page in ("confirm", "stop", "yours"):
        answer = browser.get(f"/newsletter/{page}/{token}/")
        assert answer.status_code == 404
        assert "This link is over" in answer.content.decode()


def test_the_own_page_changes_and_stops_everything_without_signing_in(browser: Client) -> None:
    subscription = make_subscription(edition=Edition.MORNING)
    ferries = make_topic()
    way = own_link(subscription.address).removeprefix(settings.SITE_URL)

    browser.post(f"{way}choose/", {"edition": ["letters", "weekly"], "topic": [ferries.pk]})

    # As chosen, also what the newsroom has switched off meanwhile.
    active = Subscription.objects.active()
    assert {one.edition for one in active} == {"letters", "weekly"}
    assert all(list(one.topics.all()) == [ferries] for one in active)

    browser.post(f"{way}stop-all/")
    assert not Subscription.objects.active().exists()
    page = browser.get(f"{way}?said=stopped")
    assert "no newsletter comes any more" in page.content.decode()
    assert page["Cache-Control"].count("no-store")
    assert page["Referrer-Policy"] == "same-origin"


def test_a_page_of_another_site_stops_and_changes_nothing(browser: Client) -> None:
    subscription = make_subscription(edition=Edition.MORNING)
    way = own_link(subscription.address).removeprefix(settings.SITE_URL)
    elsewhere = Client(headers={"sec-fetch-site": "cross-site"})

    for page in ("choose/", "stop-all/"):
        assert elsewhere.post(f"{way}{page}").status_code == 403
    assert join(elsewhere, "a@x.example").status_code == 403
    assert Subscription.objects.active().count() == 1


def test_l07_who_leaves_takes_subscriptions_deliveries_and_waiting_mail_along() -> None:
    subscription = make_subscription()
    gone = subscription.address.address
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})
    assert OutboxItem.objects.filter(kind="newsletter_mail").count() == 1

    erase_person(person_by_address(gone), words=Words.KEEP, now=timezone.now())
    pump()

    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()
    assert mail.outbox == []
    assert Issue.objects.count() == 1


def test_l08_the_own_data_hold_what_is_subscribed_and_was_sent() -> None:
    subscription = make_subscription(topics=[make_topic()], sections=[make_section()])
    make_subscription(topics=[make_topic(name="Schools")])
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())
    spread({"issue": issue.pk})

    person = person_by_address(subscription.address.address)

    ours = {one.model: one.of(person).count() for one in all_holdings() if one.model.startswith("newsletter.")}
    assert ours == {
        "newsletter.Subscription": 1,
        "newsletter.Subscription_topics": 1,
        "newsletter.Subscription_sections": 1,
        "newsletter.Delivery": 1,
    }


def test_what_nobody_confirmed_or_was_stopped_long_ago_is_forgotten() -> None:
    now = timezone.now()
    kept = make_subscription()
    Subscription.objects.filter(pk=make_subscription(is_confirmed=False).pk).update(asked_at=now - timedelta(days=4))
    fresh = make_subscription(is_confirmed=False)
    Subscription.objects.filter(pk=make_subscription(is_stopped=True).pk).update(
        stopped_at=now - timedelta(days=91), asked_at=now - timedelta(days=200)
    )

    forget_old(now=now)

    assert set(Subscription.objects.all()) == {kept, fresh}
