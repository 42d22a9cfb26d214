"""Comments of an older site stand where they stood, in whatever order the file tells of them."""

from __future__ import annotations

import itertools
import tracemalloc
from datetime import timedelta

import pytest

from readership.discussion import counting
from readership.discussion.counting import differences
from readership.discussion.models import Badge, Comment, State, Thread
from readership.portability import loading_comments
from readership.portability.records import AuthorRecord, BylineRecord, CommentRecord, Record
from readership.portability.tests.makers import NOW, THEN, comment, story, take
from readership.readers.models import Reader
from readership.stories.models import Story
from readership.stories.tests.makers import make_front_page

pytestmark = pytest.mark.django_db
FAMILY = (comment("1"), comment("2", parent_id="1"), comment("3", parent_id="2"), comment("4", parent_id="1"))


@pytest.fixture(autouse=True)
def _front_page() -> None:
    make_front_page()


def stored(number: int) -> Comment:
    return Comment.objects.select_related("parent", "root").get(text_source=f"Comment {number}.")


@pytest.mark.parametrize("order", list(itertools.permutations(FAMILY)))
def test_a_thread_is_the_same_whatever_the_order_of_the_file(order: tuple[CommentRecord, ...]) -> None:
    take([story(), *order])

    assert [stored(n).depth for n in (1, 2, 3, 4)] == [0, 1, 2, 1]
    assert {stored(n).root for n in (2, 3, 4)} == {stored(1)}
    assert stored(3).parent == stored(2)
    assert stored(1).replies_count == 3
    assert [c.text_source for c in Comment.objects.order_by("pk")] == [f"Comment {n}." for n in (1, 2, 3, 4)]


def test_parents_that_come_batches_later_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading_comments, "PER_BATCH", 2)
    chain = [comment(str(number), parent_id=str(number - 1) if number > 1 else None) for number in range(1, 12)]

    take([story(), *reversed(chain)])

    assert stored(11).depth == 10
    assert stored(11).root == stored(1)
    assert list(differences()) == []


def test_a_comment_whose_parent_is_lost_stands_at_the_top_and_keeps_its_replies() -> None:
    report = take([story(), comment("8", parent_id="7"), comment("9", parent_id="8")])

    assert stored(8).parent is None
    assert stored(9).parent == stored(8)
    assert report.notes.total() == 1


def test_comments_that_answer_each_other_in_a_circle_are_taken() -> None:
    report = take([story(), comment("1", parent_id="2"), comment("2", parent_id="1")])

    assert report["comment"].created == 2
    assert stored(2).parent == stored(1)


def test_a_parent_under_another_story_is_no_parent() -> None:
    take([story("1"), story("2"), comment("1"), comment("2", story_id="2", parent_id="1")])

    assert stored(2).parent is None


def test_states_votes_and_dates_are_those_of_the_old_site() -> None:
    take(
        [
            story(),
            comment("1", state="held"),
            comment("2", state="removed"),
            comment("3", parent_id="2"),
            comment("4", up_count=7, down_count=2, is_pinned=True),
        ]
    )

    assert [stored(n).state for n in (1, 2, 3, 4)] == [State.HELD, State.REMOVED, State.PUBLISHED, State.PUBLISHED]
    assert [stored(n).is_listed for n in (1, 2, 3, 4)] == [False, True, True, True]
    assert (stored(4).up_count, stored(4).down_count, stored(4).net_count) == (7, 2, 5)
    assert stored(4).is_pinned
    assert stored(4).created_at == THEN + timedelta(minutes=4)
    assert Thread.objects.get().comments_count == 2


COUNTED = ("replies_count", "net_count", "best_rank", "is_listed")


def test_comments_that_readers_do_not_see_are_said_in_the_report() -> None:
    report = take([story(), comment("1"), comment("2", state="held"), comment("3", state="removed")])

    assert sorted(report.notes.values()) == [1, 1]
    assert "wait for a moderator" in " ".join(report.notes)


def test_the_counts_are_those_that_a_recount_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading_comments, "PER_BATCH", 3)
    # A removed comment under a removed one, with and without something to be read below; held ones in between.
    gone = {"1": "removed", "2": "removed", "5": "removed", "6": "held", "8": "removed", "9": "removed"}
    answers = {"2": "1", "3": "2", "4": "1", "6": "5", "9": "8", "10": "7", "11": "7", "12": "11"}
    talk = [
        comment(
            str(n), parent_id=answers.get(str(n)), state=gone.get(str(n), "published"), up_count=n, down_count=n % 4
        )
        for n in range(1, 13)
    ]
    take([story(), *talk])
    stored_counts = list(Comment.objects.order_by("pk").values_list(*COUNTED))
    comments_count = Thread.objects.get().comments_count

    counting.recount(Thread.objects.get())

    assert list(Comment.objects.order_by("pk").values_list(*COUNTED)) == stored_counts
    assert Thread.objects.get().comments_count == comments_count == 6


def test_plain_text_gets_its_paragraphs_and_html_is_cleaned() -> None:
    take([story(), comment("1", text="One\ntwo\n\nthree <script>alert(1)</script><b>four</b>")])

    html = Comment.objects.get().text_html

    assert html == "<p>One<br>two</p><p>three four</p>"
    assert Comment.objects.get().text_format == "html"


def test_words_of_the_storys_author_carry_the_authors_badge_and_account() -> None:
    reader = Reader.objects.create_user("mira@old.example", name="Mira", is_staff=True)
    mira = AuthorRecord("mira", "Mira Solberg", email="mira@old.example")

    take([mira, story(bylines=(BylineRecord("mira"),)), comment("1", author_name="Mira Solberg", is_by_author=True)])

    assert stored(1).badge == Badge.AUTHOR
    assert stored(1).reader == reader


def test_a_comment_that_closed_its_thread_closes_it_here_for_good() -> None:
    take([story(), comment("1"), comment("2", closes_thread=True)])

    assert Thread.objects.get().closed_at == THEN + timedelta(minutes=2)
    page = Story.objects.get()
    assert not page.takes_comments
    page.save_revision().publish()
    assert Thread.objects.get().closed_at is not None


def test_a_later_comment_gets_a_later_number() -> None:
    take([story(), comment("2"), comment("1")])
    first = {c.pk for c in Comment.objects.all()}

    take([story(), comment("3", written_at=NOW)])

    assert stored(1).pk < stored(2).pk
    assert stored(3).pk > max(first)


def test_memory_is_flat_however_many_comments_there_are() -> None:
    def records(count: int) -> itertools.chain[Record]:
        words = "So it goes. " * 20
        talk = (comment(str(n), parent_id=str(n - 1) if n % 3 else None, text=words) for n in range(1, count))
        return itertools.chain([story()], talk)

    take(records(500), source="warm")
    few, many = (_peak(lambda count=count: take(records(count), source=str(count))) for count in (1_000, 8_000))

    assert many < few + 2_000_000


def _peak(work: object) -> int:
    tracemalloc.start()
    try:
        work()  # type: ignore[operator]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
