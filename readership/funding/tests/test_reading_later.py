"""A large file of a bank is read in the background: kept for nobody else's eyes, shown how far, and gone after (K14)."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from readership.config.serving.chores import all_chores
from readership.funding import keeping_files, reading, reading_later
from readership.funding.models import BankLine, BankStatement, FileState, Gift, GiftState, StatementFile
from readership.funding.reading import Progress
from readership.funding.reading_later import KEPT_FOR, KNOWN_FOR, SILENT_FOR, forget_files, read_file, read_later
from readership.funding.tests.bank_makers import camt053, entry, make_account, make_promise
from readership.funding.tests.makers import ADMIN, TREASURER, make_reader
from readership.outbox.errors import HeldUp
from readership.outbox.pump import Pump
from readership.outbox.registry import Lane

pytestmark = pytest.mark.django_db
BANK = "/admin/funding/bank/"
LINES = [entry("25.00", text="RF747K2M9QX4TB"), *[entry("1.00", text=f"{n}") for n in range(34)]]
FILE = camt053(*LINES, closing="59.00")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(reading_later, "LARGE", 1_000)
    monkeypatch.setattr(reading_later, "TOLD_EVERY", 0)
    monkeypatch.setattr(reading, "AT_ONCE", 10)


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_reader(name="Tess", may=TREASURER))
    return client


def send(desk: Client, file: bytes, page: str = "read/", **facts: Any) -> Any:
    return desk.post(f"{BANK}{page}", {"file": SimpleUploadedFile("march.xml", file), **facts})


def work() -> None:
    while Pump(lane=Lane.LONG).do_due():
        pass


def waiting_file() -> StatementFile:
    make_account()
    return read_later(file=io.BytesIO(FILE), file_name="a.xml", account=None, given_by=make_reader())


def test_the_answer_comes_at_once_and_the_file_is_read_by_the_pump(desk: Client) -> None:
    make_account()
    gift = make_promise()

    answer = send(desk, FILE)

    given = StatementFile.objects.get()
    assert answer["Location"] == f"{BANK}files/{given.pk}/"
    assert not BankStatement.objects.exists()
    page = desk.get(answer["Location"]).content.decode()
    assert "Reading it begins in a moment" in page
    assert "<progress" in page
    assert "Look again" in page
    assert "“march.xml” is being read" in desk.get(f"{BANK}statements/").content.decode()

    work()

    done = desk.get(answer["Location"], follow=True).content.decode()
    assert "35 lines read, 35 of them new. 1 promised gifts have come." in done
    assert BankLine.objects.count() == 35
    gift.refresh_from_db()
    assert gift.state == GiftState.RECEIVED
    assert list(keeping_files.folder().iterdir()) == []
    assert "is being read" not in desk.get(f"{BANK}statements/").content.decode()


def test_a_small_file_is_read_with_its_request(desk: Client) -> None:
    make_account()

    assert send(desk, camt053(closing="0.00"))["Location"] == BANK
    assert not StatementFile.objects.exists()


def test_nobody_else_on_the_machine_may_read_the_file() -> None:
    given = waiting_file()

    kept = keeping_files.folder() / given.key
    assert kept.read_bytes() == FILE
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_page_says_how_far_it_is(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    given = waiting_file()
    pages: list[str] = []
    tell = reading_later._Teller.__call__

    def tell_and_look(teller: Any, progress: Progress) -> None:
        tell(teller, progress)
        pages.append(desk.get(f"{BANK}files/{given.pk}/").content.decode())

    monkeypatch.setattr(reading_later._Teller, "__call__", tell_and_look)
    work()

    assert "10 lines checked so far" in pages[0]
    assert "10 of 35 lines stored" in pages[-4]
    assert 'max="35" value="35"' in pages[-1]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (camt053(*LINES, closing="58.00"), "does not add up"),
        (FILE[:-20], "ends before its end"),
        (
            FILE.replace(b"</Amt>", b"</Bad>", 12).replace(b"</Bad>", b"</Amt>", 11),
            "This file is broken at line 1, column",
        ),
        (camt053(*LINES, closing="59.00", iban="DE02120300000000202051"), "of another account, which ends in 2051"),
    ],
)
def test_a_file_that_is_refused_says_why_and_nothing_of_it_is_stored(desk: Client, file: bytes, sentence: str) -> None:
    make_account()

    answer = send(desk, file)
    work()

    page = desk.get(answer["Location"])
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not BankStatement.objects.exists()
    assert list(keeping_files.folder().iterdir()) == []


def test_what_the_beginning_shows_is_said_at_once(desk: Client) -> None:
    make_account()
    csv = b"Tag;Text;Wert\n" + b"01.03.2026;Gift;25,00\n" * 100

    assert "This is no statement that we can read." in send(desk, b"\0" * 2_000).content.decode()
    assert "Columns of a CSV file" in send(desk, csv).content.decode()
    assert not StatementFile.objects.exists()


def test_the_same_file_again_waits_for_the_first_and_afterwards_is_refused(desk: Client) -> None:
    make_account()

    first, second = send(desk, FILE), send(desk, FILE)
    assert first["Location"] == second["Location"]
    assert len(list(keeping_files.folder().iterdir())) == 1
    work()

    assert "This very file was read on" in send(desk, FILE).content.decode()


def test_while_one_reads_it_another_does_not_and_takes_over_when_the_first_is_silent() -> None:
    given = waiting_file()
    StatementFile.objects.update(seen_at=timezone.now())
    with pytest.raises(HeldUp):
        read_file({"file_id": given.pk})
    assert not BankStatement.objects.exists()

    StatementFile.objects.update(seen_at=timezone.now() - SILENT_FOR)
    read_file({"file_id": given.pk})
    read_file({"file_id": given.pk})

    given.refresh_from_db()
    assert (given.state, given.new_lines_count) == (FileState.READ, 35)
    assert BankLine.objects.count() == 35


def test_a_fault_of_ours_is_tried_again_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = waiting_file()
    with monkeypatch.context() as broken:
        broken.setattr(reading, "_add_new", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read_file({"file_id": given.pk})

    read_file({"file_id": given.pk})

    given.refresh_from_db()
    assert (given.state, given.new_lines_count, BankLine.objects.count()) == (FileState.READ, 35, 35)


def test_a_file_that_is_gone_is_asked_for_again() -> None:
    given = waiting_file()
    keeping_files.drop(given.key)

    read_file({"file_id": given.pk})

    given.refresh_from_db()
    assert given.state == FileState.REFUSED
    assert "not here any more" in given.said


def test_after_a_day_the_file_is_deleted_and_after_a_month_nothing_is_left() -> None:
    now, given = timezone.now(), waiting_file()
    stray = keeping_files.folder() / keeping_files.keep(io.BytesIO(b"of a request that died"))
    forget_files(now=now)
    assert stray.exists()

    later = now + KEPT_FOR + timedelta(minutes=1)
    forget_files(now=later)

    assert list(keeping_files.folder().iterdir()) == []
    given.refresh_from_db()
    assert given.state == FileState.REFUSED
    forget_files(now=now + KNOWN_FOR + timedelta(minutes=1))
    assert not StatementFile.objects.exists()
    assert any(chore.name == "forget files of banks" for chore in all_chores())


def test_c20_only_treasurers_see_how_far_it_is() -> None:
    given = waiting_file()
    client = Client()
    assert client.get(f"{BANK}files/{given.pk}/").status_code == 302
    client.force_login(make_reader(may=ADMIN))

    assert client.get(f"{BANK}files/{given.pk}/").status_code == 403


def test_what_was_left_half_of_several_statements_is_found_at_its_place(
    monkeypatch: pytest.MonkeyPatch, books_for_good: None
) -> None:
    """Broken off in the second statement of a file, each keeps its own lines."""
    make_account()
    file = _two_statements()
    given = read_later(file=io.BytesIO(file), file_name="a.xml", account=None, given_by=make_reader())
    add, pieces = reading._add_new, [0]

    def add_or_fail(*told: Any) -> None:
        pieces[0] += 1
        if pieces[0] == 4:
            raise RuntimeError
        add(*told)

    with monkeypatch.context() as broken:
        broken.setattr(reading, "_add_new", add_or_fail)
        with pytest.raises(RuntimeError):
            read_file({"file_id": given.pk})
    read_file({"file_id": given.pk})

    assert [(one.statement_ref, one.lines.count(), one.is_whole) for one in BankStatement.objects.order_by("pk")] == [
        ("1", 20, True),
        ("2", 15, True),
    ]
    assert Gift.objects.count() == 0
    assert os.listdir(keeping_files.folder()) == []


def _two_statements() -> bytes:
    first = camt053(*[entry("1.00", text=f"a{n}") for n in range(20)], closing="20.00")
    second = camt053(*[entry("1.00", text=f"b{n}") for n in range(15)], opening="20.00", closing="35.00", number="2")
    begin, end = second.index(b"<Stmt>"), second.index(b"</Stmt>") + len(b"</Stmt>")
    return first.replace(b"</Stmt>", b"</Stmt>" + second[begin:end])
