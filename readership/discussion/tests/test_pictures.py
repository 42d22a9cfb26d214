"""A picture with a comment: who may add one, who sees it, and when it goes (attacks A04, A09, B01 to B07, B10, L01)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from readership.discussion import limits, posting, visibility
from readership.discussion.errors import PictureNotKept
from readership.discussion.models import Comment, Picture, State, Thread
from readership.discussion.picture_files import FOLDER, STRAY_AFTER, Size, forget_strays, read_file
from readership.discussion.tests import picture_makers as files
from readership.discussion.tests.makers import make_comment, make_reader, make_thread
from readership.readers.models import Reader

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.COMMENT_PICTURES = "everyone"
    return tmp_path / "media"


@pytest.fixture
def browser() -> Client:
    return Client(headers=OURS)


@pytest.fixture
def reader() -> Client:
    return signed_in(make_reader())


def signed_in(who: Reader) -> Client:
    browser = Client(headers=OURS)
    browser.force_login(who)
    return browser


def moderator() -> Client:
    who = make_reader(name="Mo", email="mo@example.org", is_staff=True)
    who.user_permissions.set(Permission.objects.filter(codename__in=["moderate_comment", "access_admin"]))
    return signed_in(who)


def a_file(content: bytes | None = None, *, name: str = "pier.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.photo() if content is None else content, kind)


def send(browser: Client, thread: Thread, **fields: object) -> Any:
    form = {"text": "Look at the pier.", "name": "Old Salt", "submission_key": "one", "picture": a_file(), **fields}
    return browser.post(f"/discuss/threads/{thread.pk}/comments/", form)


def page_of(browser: Client, thread: Thread, query: str = "") -> str:
    answer = browser.get(f"{thread.page.url}{query}")  # type: ignore[union-attr]
    assert answer.status_code == 200
    return str(answer.content.decode())


def stored(media: Path) -> list[str]:
    return sorted(str(file.relative_to(media)) for file in media.rglob("*") if file.is_file())


def addresses(picture: Picture, place: str) -> list[str]:
    return [f"/{place}/pictures/{size}/{picture.name}.webp" for size in Size]


def statuses(browser: Client, picture: Picture) -> dict[str, list[int]]:
    return {
        place: [browser.get(address).status_code for address in addresses(picture, place)]
        for place in ("talk", "discuss")
    }


SHOWN, HIDDEN = [200, 200], [404, 404]


def test_a_readers_picture_is_shown_at_once(reader: Client) -> None:
    thread = make_thread()

    answer = send(reader, thread, picture_alt="The new pier")

    picture = Picture.objects.get()
    assert answer.status_code == 303
    assert (picture.comment.state, picture.alt, picture.width, picture.height) == ("published", "The new pier", 80, 40)
    shown = f'<img src="/talk/pictures/small/{picture.name}.webp" width="80" height="40" alt="The new pier"'
    for view in ("", "?own=1", f"?comment={picture.comment_id}", f"?replies={picture.comment_id}", "?filter=new"):
        assert shown in page_of(Client(), thread, view), view
    assert f'<a href="/talk/pictures/full/{picture.name}.webp"' in page_of(Client(), thread)
    assert statuses(Client(), picture) == {"talk": SHOWN, "discuss": SHOWN}


def test_a_guests_picture_waits_for_a_moderator_and_then_everybody_sees_it(browser: Client) -> None:
    thread = make_thread()

    send(browser, thread)

    picture = Picture.objects.get()
    assert (picture.comment.state, picture.comment.held_because) == ("held", "A guest added a picture.")
    assert f"/discuss/pictures/small/{picture.name}.webp" in page_of(browser, thread, "?own=1")
    assert picture.name not in page_of(Client(), thread) + page_of(Client(), thread, "?own=1")
    assert statuses(browser, picture) == {"talk": HIDDEN, "discuss": SHOWN}
    assert statuses(Client(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}
    assert statuses(signed_in(make_reader()), picture) == {"talk": HIDDEN, "discuss": HIDDEN}
    judge = moderator()
    assert statuses(judge, picture) == {"talk": HIDDEN, "discuss": SHOWN}
    assert f"/discuss/pictures/small/{picture.name}.webp" in judge.get("/admin/comments/").content.decode()

    visibility.publish_comment(comment_id=picture.comment_id)

    assert f"/talk/pictures/small/{picture.name}.webp" in page_of(Client(), thread)
    assert statuses(Client(), picture) == {"talk": SHOWN, "discuss": SHOWN}


def test_a_guest_who_was_published_before_waits_with_a_picture_all_the_same(browser: Client) -> None:
    thread = make_thread()
    browser.post(f"/discuss/threads/{thread.pk}/comments/", {"text": "Words.", "name": "Old Salt"})
    assert Comment.objects.get().is_published

    send(browser, thread)

    assert Picture.objects.get().comment.state == State.HELD


@pytest.mark.parametrize("hide", [visibility.remove_comment, lambda comment_id: visibility.hold_comment(comment_id=comment_id, because="")])  # fmt: skip
def test_a_picture_is_hidden_with_its_comment_and_comes_back_with_it(
    reader: Client, hide: Callable[..., object]
) -> None:
    thread = make_thread()
    send(reader, thread)
    picture = Picture.objects.get()
    make_comment(thread, answers=picture.comment)

    hide(comment_id=picture.comment_id)

    assert picture.name not in page_of(Client(), thread)
    assert statuses(Client(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}
    visibility.publish_comment(comment_id=picture.comment_id)
    assert statuses(Client(), picture) == {"talk": SHOWN, "discuss": SHOWN}


def test_a_removed_picture_is_still_there_for_those_who_judge_but_not_for_its_writer(reader: Client) -> None:
    send(reader, make_thread())
    picture = Picture.objects.get()

    visibility.remove_comment(comment_id=picture.comment_id)

    assert statuses(moderator(), picture) == {"talk": HIDDEN, "discuss": SHOWN}
    assert statuses(reader, picture) == {"talk": HIDDEN, "discuss": HIDDEN}


def test_l01_a_picture_is_seen_only_while_its_story_is(reader: Client) -> None:
    thread = make_thread()
    send(reader, thread)
    picture = Picture.objects.get()
    assert thread.page is not None

    restriction = PageViewRestriction.objects.create(page=thread.page, restriction_type=PageViewRestriction.LOGIN)
    assert statuses(Client(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}
    restriction.delete()
    assert statuses(Client(), picture) == {"talk": SHOWN, "discuss": SHOWN}
    thread.page.unpublish()
    assert statuses(Client(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}


def test_whoever_withdraws_takes_the_picture_away_for_good(
    reader: Client, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    thread = make_thread()
    send(reader, thread)
    picture = Picture.objects.get()
    assert len(stored(media)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        reader.post(f"/discuss/comments/{picture.comment_id}/withdraw/")

    assert not Picture.objects.exists()
    assert stored(media) == []
    assert statuses(moderator(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}


def test_its_writer_can_say_better_what_it_shows(reader: Client) -> None:
    send(reader, make_thread(), picture_alt="Pier")
    comment = Comment.objects.get()
    address = f"/discuss/comments/{comment.pk}/edit/"
    assert 'name="picture_alt"' in reader.get(address).content.decode()

    reader.post(address, {"text": "Look at it.", "picture_alt": "The new pier at noon"})

    assert Picture.objects.get().alt == "The new pier at noon"
    assert "picture" not in Comment.objects.get().versions.get().text_html


def test_a_form_that_did_not_ask_about_the_picture_leaves_it(reader: Client) -> None:
    send(reader, make_thread(), picture_alt="Pier")

    reader.post(f"/discuss/comments/{Comment.objects.get().pk}/edit/", {"text": "Look at it."})

    assert Picture.objects.get().alt == "Pier"


def test_its_writer_can_take_it_away_and_leave_the_words(
    reader: Client, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    thread = make_thread()
    send(reader, thread)
    address = f"/discuss/comments/{Comment.objects.get().pk}/edit/"

    with django_capture_on_commit_callbacks(execute=True):
        reader.post(address, {"text": "Look at the pier.", "picture_alt": "", "drops_picture": "on"})

    assert stored(media) == []
    assert "comment__picture" not in page_of(Client(), thread)
    assert "Look at the pier." in page_of(Client(), thread)
    assert 'name="picture_alt"' not in reader.get(address).content.decode()


WHO_MAY = [("off", False, False), ("readers", False, True), ("everyone", True, True)]


@pytest.mark.parametrize(("chosen", "guest_may", "reader_may"), WHO_MAY)
def test_who_may_add_one(
    settings: Any, browser: Client, reader: Client, chosen: str, guest_may: bool, reader_may: bool
) -> None:
    settings.COMMENT_PICTURES = chosen
    thread = make_thread()

    for who, may in ((browser, guest_may), (reader, reader_may)):
        own = page_of(who, thread, "?own=1")
        assert ('type="file"' in own, "multipart" in own) == (may, may)
        answer = send(who, thread, submission_key=str(may))
        assert answer.status_code == (303 if may else 400)
        if not may:
            assert "Pictures cannot be added" in answer.content.decode()
            assert "Look at the pier.</textarea>" in answer.content.decode()
    assert Picture.objects.count() == guest_may + reader_may


@pytest.mark.parametrize(("chosen", "field", "link"), [("off", 0, 0), ("readers", 0, 1), ("everyone", 1, 0)])
def test_the_page_for_everybody_knows_no_accounts(
    settings: Any, reader: Client, chosen: str, field: int, link: int
) -> None:
    settings.COMMENT_PICTURES = chosen
    thread = make_thread()
    keys = re.compile(r'name="submission_key" value="[^"]+"')

    shared = page_of(reader, thread)

    assert keys.sub("", shared) == keys.sub("", page_of(Client(), thread))
    assert (shared.count('type="file"'), shared.count('href="?own=1#write"')) == (field, link)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"picture": a_file(b"<svg onload='alert(1)'/>", name="a.svg", kind="image/svg+xml")}, "cannot be read as a picture"),
        ({"picture": a_file(b"", name="a.png")}, "cannot be read as a picture"),
        ({"picture": a_file(files.png_bomb())}, "too many pixels"),
        ({"picture_alt": "x" * 301}, "in 300 characters at most"),
        ({"name": ""}, "Please give a name"),
        ({"name": "Editor"}, "belongs to somebody here"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_words_are_kept(
    browser: Client, media: Path, fields: dict[str, object], sentence: str
) -> None:
    answer = send(browser, make_thread(), **{"picture_alt": "The pier, all of it", **fields})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "Look at the pier.</textarea>" in page
    assert f'value="{fields.get("picture_alt", "The pier, all of it")}"' in page
    assert "choose the picture again" in page or 'id="write-picture-error"' in page
    assert (Comment.objects.count(), stored(media)) == (0, [])


def test_b05_a_file_over_the_limit_is_not_looked_at(settings: Any, browser: Client, media: Path) -> None:
    settings.COMMENT_PICTURE_BYTES = 1_000

    answer = send(browser, make_thread(), picture=a_file(files.photo() + b"\0" * 1_000))

    assert answer.status_code == 400
    assert "Please choose one of at most 1000" in answer.content.decode().replace("\xa0", " ")
    assert stored(media) == []


NAMES = ["rce.php", "a.phtml", "a.py", "a.html", "a.svg", "a.shtml", "a.php.jpg", "a.jpg.php", "a.php%00.jpg", "a.php.",
         "../../../etc/passwd", "..\\..\\a.png", "\"onload=alert(1) x='.png", "a" * 400 + ".png"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_b01_b06_a04_nothing_of_the_name_or_the_type_that_was_sent_is_used(
    reader: Client, media: Path, name: str
) -> None:
    thread = make_thread()

    answer = send(reader, thread, picture=a_file(files.png(), name=name, kind="application/x-php"))

    picture = Picture.objects.get()
    assert answer.status_code == 303
    assert re.fullmatch(r"[0-9a-f]{32}", picture.name)
    assert stored(media) == [f"{FOLDER}/{picture.name[:2]}/{picture.name}.{size}.webp" for size in Size]
    page = page_of(Client(), thread)
    assert "onload" not in page
    assert "passwd" not in page


def test_b01_a_program_that_calls_itself_a_picture_is_refused(browser: Client, media: Path) -> None:
    """The request that took over sites with wpDiscuz: the first bytes of a JPEG, and image/png as its type."""
    shell = a_file(b"\xff\xd8\xff\xe0\x00\x10JFIF<?php system($_GET['c']); ?>", name="rce.php", kind="image/png")

    assert send(browser, make_thread(), picture=shell).status_code == 400
    assert stored(media) == []


def test_b02_what_is_served_is_a_picture_and_nothing_may_run_in_it(reader: Client) -> None:
    send(
        reader,
        make_thread(),
        picture=a_file(files.png() + b"<script>alert(1)</script>", name="a.html", kind="text/html"),
    )
    picture = Picture.objects.get()

    for address in (*addresses(picture, "talk"), *addresses(picture, "discuss")):
        answer = Client().get(address)
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        assert answer["Content-Disposition"] == "inline"
        assert answer.content.startswith(b"RIFF")
        assert b"script" not in answer.content
        assert not answer.cookies
    assert "no-store" in Client().get(addresses(picture, "discuss")[0])["Cache-Control"]


@pytest.mark.parametrize("place", ["talk", "discuss"])
@pytest.mark.parametrize(
    "rest",
    ["full/{}.WEBP", "huge/{}.webp", "full/..%2f{}.webp", "full/%2e%2e.webp", "full/{}%00.webp", "full/x.webp",
     "full/{}.small.webp", "FULL/{}.webp", "full/.webp", "full/" + "9" * 400 + ".webp"],
)  # fmt: skip
def test_b06_b07_no_other_file_can_be_had(reader: Client, media: Path, place: str, rest: str) -> None:
    send(reader, make_thread())

    answer = reader.get(f"/{place}/pictures/{rest.format(Picture.objects.get().name)}")

    assert answer.status_code == 404
    assert str(media) not in answer.content.decode()


def test_b07_a_file_that_is_lost_is_not_there_and_the_thread_is(reader: Client, media: Path) -> None:
    thread = make_thread()
    send(reader, thread)
    picture = Picture.objects.get()
    for file in media.rglob("*.webp"):
        file.unlink()

    assert statuses(Client(), picture) == {"talk": HIDDEN, "discuss": HIDDEN}
    assert "Look at the pier." in page_of(Client(), thread)


def test_b10_who_sends_picture_after_picture_is_told_and_keeps_the_words(
    browser: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PICTURES", ((2, 60),))
    thread = make_thread()

    answers = [send(browser, thread, text=f"Look, {number}.", submission_key=str(number)) for number in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 400]
    assert "Many pictures came from your connection" in answers[2].content.decode()
    assert "Look, 2.</textarea>" in answers[2].content.decode()
    assert len(stored(media)) == 4


def test_f06_the_same_form_sent_twice_is_one_comment_with_one_picture(browser: Client, media: Path) -> None:
    thread, photo = make_thread(), files.photo()

    first, second, third = (
        send(one, thread, picture=a_file(photo)) for one in (browser, Client(headers=OURS), browser)
    )

    assert first["Location"] == second["Location"] == third["Location"]
    assert (Comment.objects.count(), Picture.objects.count(), len(stored(media))) == (1, 1, 2)


def test_the_same_words_with_another_picture_are_another_comment(reader: Client) -> None:
    """Somebody went back, and added what they had forgotten."""
    thread = make_thread()
    reader.post(f"/discuss/threads/{thread.pk}/comments/", {"text": "Look at the pier.", "submission_key": "one"})

    send(reader, thread, name="")
    send(reader, thread, name="", picture=a_file(files.png()))

    assert (Comment.objects.count(), Picture.objects.count()) == (3, 2)


def test_a_picture_whose_comment_is_refused_leaves_no_file(reader: Client, media: Path) -> None:
    thread = make_thread()
    gone = make_comment(thread, state=State.REMOVED)

    answer = send(reader, thread, parent=gone.pk)

    assert answer.status_code == 400
    assert stored(media) == []


def test_files_stay_when_nobody_knows_whether_the_row_stands_and_go_later(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database went away just when it was told to commit."""

    def lost(*_given: object, **_more: object) -> None:
        raise OperationalError

    monkeypatch.setattr(posting, "_store", lost)
    who = Client(headers=OURS, raise_request_exception=False)
    assert send(who, make_thread()).status_code == 500
    assert len(stored(media)) == 2

    assert forget_strays(now=timezone.now() + STRAY_AFTER / 2) == 0
    assert forget_strays(now=timezone.now() + 2 * STRAY_AFTER) == 1

    assert stored(media) == []


def test_forgetting_strays_leaves_every_picture_that_has_a_row(reader: Client, media: Path) -> None:
    assert forget_strays(now=timezone.now()) == 0
    send(reader, make_thread())
    default_storage.save(f"{FOLDER}/ab/{'ab' * 16}.full.webp", ContentFile(b"half a post"))

    assert forget_strays(now=timezone.now() + timedelta(days=9)) == 1

    assert len(stored(media)) == 2
    assert read_file(Picture.objects.get().name, Size.FULL) is not None


def test_a_disk_that_takes_no_more_is_told_at_the_field(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    answer = send(reader, make_thread())

    assert answer.status_code == 400
    assert str(PictureNotKept.message) in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a09_markup_in_a_comment_makes_no_picture(reader: Client) -> None:
    thread = make_thread()

    reader.post(f"/discuss/threads/{thread.pk}/comments/", {"text": "![x](https://tracker.example/x.png)"})

    assert "<img" not in page_of(Client(), thread).partition('id="comments"')[2]


def test_a04_what_it_shows_is_only_words(reader: Client) -> None:
    thread = make_thread()

    send(reader, thread, picture_alt='"><script>alert(1)</script>\u202e\n x')

    assert Picture.objects.get().alt == '"><script>alert(1)</script> x'
    assert "<script>alert" not in page_of(Client(), thread)
    assert 'alt="&quot;&gt;&lt;script&gt;' in page_of(Client(), thread)


def test_without_words_it_is_said_whose_it_is(reader: Client) -> None:
    thread = make_thread()
    send(reader, thread)

    assert 'alt="Picture in the comment by Ann"' in page_of(Client(), thread)


def test_a_preview_keeps_what_it_shows_and_says_that_the_file_must_be_chosen_again(
    browser: Client, media: Path
) -> None:
    thread = make_thread()
    form = {"text": "Look.", "picture": a_file(), "picture_alt": "The pier"}

    page = browser.post(f"/discuss/threads/{thread.pk}/comments/preview/", form).content.decode()

    assert "choose the picture again" in page
    assert 'value="The pier"' in page
    assert stored(media) == []


def test_machines_and_other_sites_are_shown_it_too(reader: Client) -> None:
    thread = make_thread()
    send(reader, thread, picture_alt="The <new> pier")
    picture = Picture.objects.get()
    url = f"/talk/pictures/full/{picture.name}.webp"

    given = Client().get(f"/api/v1/threads/{thread.pk}/comments").json()["items"][0]["picture"]
    feed = Client().get(f"/talk/{thread.pk}/feed/").content.decode()
    frame = Client().get(f"/talk/comments/{picture.comment_id}/embed/").content.decode()
    described = page_of(Client(), thread)

    assert (given["width"], given["height"], given["alt"]) == (80, 40, "The <new> pier")
    assert given["url"].endswith(url)
    assert given["url"].startswith("http")
    assert f"{url}&quot;" in feed or f'{url}"' in feed
    assert "The &amp;lt;new&amp;gt; pier" in feed
    assert f"/talk/pictures/small/{picture.name}.webp" in frame
    assert re.search(rf'"ImageObject",\s*"url":\s*"http[^"]*{url}"', described)


def test_the_api_says_that_there_is_none() -> None:
    thread = make_thread()
    make_comment(thread)

    assert Client().get(f"/api/v1/threads/{thread.pk}/comments").json()["items"][0]["picture"] is None


@pytest.mark.parametrize("view", ["", "?sort=best", "?filter=new", "?replies={0}", "?comment={1}"])
def test_pictures_cost_a_page_one_query_however_many_there_are(view: str) -> None:
    """That a whole page stays within its twelve is tested in test_views.py."""
    thread = make_thread()
    roots = [make_comment(thread, minutes_ago=number) for number in range(6)]
    answers = [make_comment(thread, answers=roots[0]) for _number in range(3)]
    for number, comment in enumerate((*roots, *answers)):
        Picture.objects.create(comment=comment, name=f"{number:032x}", width=9, height=9)

    page, asked = asked_for_pictures(Client(), f"{thread.page.url}{view.format(roots[0].pk, answers[2].pk)}")  # type: ignore[union-attr]

    assert page.count("<img") >= 4
    assert len(asked) == 1


def test_lists_for_moderators_and_feeds_do_not_ask_for_each_picture() -> None:
    thread = make_thread()
    for number in range(9):
        Picture.objects.create(comment=make_comment(thread), name=f"{number:032x}", width=9, height=9)

    for who, address in ((moderator(), "/admin/comments/?state=published"), (Client(), f"/talk/{thread.pk}/feed/")):
        page, asked = asked_for_pictures(who, address)
        assert page.count(".webp") >= 9
        assert len(asked) == 1


def asked_for_pictures(who: Client, address: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        page = who.get(address).content.decode()
    return page, [query["sql"] for query in asked.captured_queries if "discussion_picture" in query["sql"]]


def test_words_alone_ask_nothing_about_pictures(reader: Client) -> None:
    thread = make_thread()

    with CaptureQueriesContext(connection) as asked:
        reader.post(f"/discuss/threads/{thread.pk}/comments/", {"text": "Words.", "submission_key": "one"})

    assert Comment.objects.count() == 1
    assert [query["sql"] for query in asked.captured_queries if "discussion_picture" in query["sql"]] == []
