"""To stop takes one click, from any mail, at any time, for whoever holds the mail (attack G07, RFC 8058)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from readership.following.models import Follow, Kind, Notice
from readership.following.tests.makers import (
    link_in,
    mails_to,
    make_address,
    make_follow,
    pump,
    rain,
)
from readership.readers.address_links import Purpose, token_of
from readership.readers.addresses import end_old_links
from readership.readers.models import MailAddress

pytestmark = pytest.mark.django_db
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def ann() -> MailAddress:
    return make_address("ann@example.org")


def one_click(path: str) -> int:
    """As a mail program does it: no cookie, no origin, no page."""
    return Client(enforce_csrf_checks=True).post(path, ONE_CLICK, content_type=FORM).status_code


def test_g07_every_mail_carries_the_headers_of_rfc_8058(ann: MailAddress) -> None:
    make_follow(ann)
    rain()
    pump()

    (letter,) = mails_to("ann@example.org")
    sent = letter.whole

    path = link_in(letter, "stop")
    assert sent["List-Unsubscribe"].strip() == f"<http://127.0.0.1:8000{path}>"
    assert sent["List-Unsubscribe-Post"] == ONE_CLICK
    assert sent["List-Id"] == "<following.127.0.0.1>"
    # G08: no programs answer it.
    assert sent["Precedence"] == "bulk"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert [value for name, value in sent.items() if name.lower() in {"bcc", "cc"}] == []


def test_g07_one_click_of_the_mail_program_stops_it(ann: MailAddress) -> None:
    make_follow(ann)
    other = make_follow(ann, target_id=8)
    rain()
    pump()

    status = one_click(link_in(mails_to("ann@example.org")[0], "stop"))

    assert status == 200
    assert list(Follow.objects.all()) == [other]
    rain(2)
    pump(later=timedelta(hours=2))
    assert len(mail.outbox) == 1


def test_g07_opening_the_link_stops_nothing(ann: MailAddress) -> None:
    make_follow(ann)
    rain()
    pump()
    path = link_in(mails_to("ann@example.org")[0], "stop")

    pages = [getattr(Client(), method)(path) for method in ("get", "head", "options")]

    assert Follow.objects.exists()
    assert "Weather of 7" in pages[0].content.decode()
    assert pages[0]["Referrer-Policy"] == "same-origin"
    assert pages[0]["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in pages[0]["Cache-Control"]


def test_c17_a_page_of_another_site_stops_nothing_unless_it_knows_the_link_and_the_word(ann: MailAddress) -> None:
    follow = make_follow(ann)
    path = f"/follow/stop/{token_of(Purpose.STOP, ann, follow.pk)}/"

    refused = Client(headers={"sec-fetch-site": "cross-site"}).post(path)
    ours = Client(headers={"sec-fetch-site": "same-origin"}).post(path)

    assert (refused.status_code, ours.status_code) == (403, 200)
    assert not Follow.objects.exists()


def test_a_second_click_finds_it_stopped(ann: MailAddress) -> None:
    make_follow(ann)
    rain()
    pump()
    path = link_in(mails_to("ann@example.org")[0], "stop")

    assert [one_click(path), one_click(path)] == [200, 200]
    assert "Stopped" in Client().get(path).content.decode()


def test_a_link_of_an_old_mail_does_not_stop_what_was_chosen_anew(ann: MailAddress) -> None:
    make_follow(ann)
    rain()
    pump()
    path = link_in(mails_to("ann@example.org")[0], "stop")
    one_click(path)
    make_follow(ann)

    one_click(path)

    assert Follow.objects.count() == 1


def test_one_click_in_a_mail_about_many_things_stops_them_all(ann: MailAddress) -> None:
    follows = [make_follow(ann, target_id=number) for number in range(1, 7)]
    path = f"/follow/stop/{token_of(Purpose.STOP, ann)}/"

    one_click(path)

    assert len(follows) == 6
    assert not Follow.objects.exists()


def test_e14_tokens_of_other_purposes_and_people_stop_nothing(ann: MailAddress) -> None:
    mine, theirs = make_follow(ann), make_follow(make_address("bo@example.org"))
    wrong = [token_of(purpose, ann, mine.pk) for purpose in Purpose if purpose != Purpose.STOP]

    assert {one_click(f"/follow/stop/{token}/") for token in wrong} == {404}
    # Ann's own link, with the number of somebody else's follow.
    one_click(f"/follow/stop/{token_of(Purpose.STOP, ann, theirs.pk)}/")

    assert set(Follow.objects.all()) == {mine, theirs}


def test_links_that_their_owner_ended_stop_nothing(ann: MailAddress) -> None:
    follow = make_follow(ann)
    token = token_of(Purpose.STOP, ann, follow.pk)
    end_old_links(ann)

    assert one_click(f"/follow/stop/{token}/") == 404


def test_what_waits_is_not_told_after_it_was_stopped(ann: MailAddress) -> None:
    follow = make_follow(ann)
    keeps = make_follow(ann, target_id=8)
    rain(1, over=7)
    rain(2, over=8)
    MailAddress.objects.update(pace="hourly")
    pump()

    one_click(f"/follow/stop/{token_of(Purpose.STOP, ann, follow.pk)}/")

    assert list(Notice.objects.values_list("follow", flat=True)) == [keeps.pk]


def test_g01_g05_words_of_strangers_bring_no_header_no_link_and_no_picture(
    ann: MailAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    from readership.following import registry  # noqa: PLC0415
    from readership.following.registry import News  # noqa: PLC0415

    evil = News(
        place="Weather\r\nBcc: everybody@x.example",
        place_url="/weather/",
        heading="Win at evil.example\u2028Bcc: a@b.example",
        words='See https://evil.example/login and www.evil.example <img src="https://evil.example/p.gif"> mail@evil.example',
        url="/1/",
    )
    monkeypatch.setitem(registry._tellers, "weather", lambda ids, address: dict.fromkeys(ids, evil))
    make_follow(ann)
    rain()
    pump()

    (letter,) = mails_to("ann@example.org")
    sent = letter.whole

    assert sent["Bcc"] is None
    assert "\n" not in str(sent["Subject"])
    for text in (str(sent["Subject"]), letter.body, letter.html):
        assert "evil.example" not in text
        assert "@evil" not in text
    assert "<img" not in letter.html
    assert letter.body.count("http") == letter.body.count("http://127.0.0.1:8000")
    assert "[link]" in letter.body


def test_c08_a_kind_of_follow_cannot_be_named_by_a_number_of_another(ann: MailAddress) -> None:
    make_follow(ann, kind=Kind.AUTHOR, target_id=7)

    assert not rain(over=7)
