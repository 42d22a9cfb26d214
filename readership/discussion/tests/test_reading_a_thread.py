"""What a page of a thread holds: order, pages, depth, permalinks, places of the gone (attacks A18, F08, L12, L13)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from readership.discussion.branching import MAX_DEPTH
from readership.discussion.models import Comment, State, Thread
from readership.discussion.paging import read_view
from readership.discussion.parts import CommentPart, ThreadPart
from readership.discussion.queries import thread_part
from readership.discussion.tests.makers import make_comment, make_thread
from readership.discussion.visibility import publish_comment, remove_comment

pytestmark = pytest.mark.django_db


def show(thread: Thread, **query: object) -> ThreadPart:
    thread.refresh_from_db()
    return thread_part(thread, story_url="/s/", view=read_view({key: str(value) for key, value in query.items()}))


def ids(part: ThreadPart) -> list[int]:
    return [comment.id for comment in part.comments]


def walk(parts: tuple[CommentPart, ...]) -> Iterator[CommentPart]:
    for part in parts:
        yield part
        yield from walk(part.replies)


def following(part: ThreadPart) -> str:
    return part.next_url.split("after=")[1].split("#")[0]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("newest", "cba"), ("oldest", "abc"), ("voted", "acb"), ("best", "cab")],
)
def test_each_order_is_what_it_says(sort: str, order: str) -> None:
    thread = make_thread()
    made = {
        "a": make_comment(thread, up=100, down=40, minutes_ago=30),  # net 60, share 0.71
        "b": make_comment(thread, up=1, down=1, minutes_ago=20),  # net 0, share 0.5 of two
        "c": make_comment(thread, up=20, down=0, minutes_ago=10),  # net 20, all of twenty
    }

    assert ids(show(thread, sort=sort)) == [made[name].pk for name in order]


@pytest.mark.parametrize("sort", ["newest", "oldest", "voted", "best"])
def test_pages_show_each_root_once_also_when_all_are_equal(sort: str) -> None:
    thread = make_thread()
    made = [make_comment(thread, up=number % 3, minutes_ago=60) for number in range(45)]

    seen: list[int] = []
    part = show(thread, sort=sort)
    seen += ids(part)
    while part.next_url:
        part = show(thread, sort=sort, after=following(part))
        seen += ids(part)

    assert sorted(seen) == [comment.pk for comment in made]
    assert len(seen) == 45


def test_a_comment_written_meanwhile_moves_no_page() -> None:
    thread = make_thread()
    for number in range(25):
        make_comment(thread, minutes_ago=100 - number)
    first = show(thread)
    make_comment(thread, minutes_ago=0)

    second = show(thread, after=following(first))

    assert not set(ids(first)) & set(ids(second))
    assert len(ids(second)) == 5


def test_replies_nest_to_depth_four_and_then_stand_flat_with_whom_they_answer() -> None:
    thread = make_thread()
    comment = make_comment(thread, name="root")
    chain = [comment]
    for level in range(1, 8):
        comment = make_comment(thread, answers=comment, name=f"level {level}")
        chain.append(comment)

    parts = {part.id: part for part in walk(show(thread, replies=chain[0].pk).comments)}

    assert [parts[comment.pk].depth for comment in chain] == [0, 1, 2, 3, 4, 4, 4, 4]
    assert parts[chain[4].pk].in_reply_to == ""
    assert parts[chain[5].pk].in_reply_to == "level 4"
    assert parts[chain[7].pk].in_reply_to == "level 6"


def test_f08_a_chain_of_a_thousand_replies_is_shown_in_bounded_depth() -> None:
    thread = make_thread()
    root = parent = make_comment(thread)
    for depth in range(1, 1001):
        parent = Comment.objects.create(
            thread=thread, parent=parent, root=root, depth=depth, author_name="x", text_source="x", text_html="x",
            renderer_version=1,
        )  # fmt: skip
    Comment.objects.filter(pk=root.pk).update(replies_count=1000)

    part = show(thread, comment=parent.pk)

    shown = list(walk(part.comments))
    assert max(comment.depth for comment in shown) <= MAX_DEPTH
    assert parent.pk in {comment.id for comment in shown}
    assert len(shown) < 12


def test_the_first_three_replies_are_shown_and_the_rest_counted() -> None:
    thread = make_thread()
    root = make_comment(thread)
    replies = [make_comment(thread, answers=root) for _number in range(5)]

    shown = show(thread).comments[0]

    assert [reply.id for reply in shown.replies] == [reply.pk for reply in replies[:3]]
    assert shown.more_replies_count == 2
    assert shown.more_replies_url == f"/s/?replies={root.pk}#comment-{root.pk}"
    assert len(show(thread, replies=root.pk).comments[0].replies) == 5


def test_a_branch_of_many_replies_has_pages_of_its_own() -> None:
    thread = make_thread()
    root = make_comment(thread)
    for _number in range(130):
        Comment.objects.create(
            thread=thread,
            parent=root,
            root=root,
            depth=1,
            author_name="x",
            text_source="x",
            text_html="x",
            renderer_version=1,
        )
    Comment.objects.filter(pk=root.pk).update(replies_count=130)

    first = show(thread, replies=root.pk).comments[0]
    after = first.more_replies_url.split("after=")[1].split("#")[0]
    second = show(thread, replies=root.pk, after=after).comments[0]

    assert (len(first.replies), first.more_replies_count) == (100, 30)
    assert (len(second.replies), second.more_replies_count) == (30, 0)


@pytest.mark.parametrize("sort", ["newest", "oldest", "voted", "best"])
def test_a_permalink_opens_a_page_that_holds_the_comment(sort: str) -> None:
    thread = make_thread()
    roots = [make_comment(thread, up=number % 4, minutes_ago=100 - number) for number in range(30)]
    replies = [make_comment(thread, answers=roots[4]) for _number in range(6)]

    for target in (roots[4], replies[5]):
        part = show(thread, sort=sort, comment=target.pk)
        assert target.pk in {comment.id for comment in walk(part.comments)}
        assert part.comments[0].id == roots[4].pk
        assert part.first_url


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_what_is_not_published_is_not_there_and_not_counted(state: State) -> None:
    thread = make_thread()
    make_comment(thread, text="shown")
    make_comment(thread, text="canary", state=state)

    part = show(thread)

    assert part.comments_count == len(part.comments) == 1


def test_l12_a_gone_comment_with_replies_keeps_its_place_but_no_word_and_no_name() -> None:
    thread = make_thread()
    gone = make_comment(thread, text="canary words", name="Canary")
    make_comment(thread, text="an answer", answers=gone)

    remove_comment(comment_id=gone.pk)

    place = show(thread).comments[0]
    assert place.is_gone
    assert place.gone_sentence == "Removed by a moderator."
    assert (place.name, place.html, place.badge) == ("", "", "")
    assert place.replies[0].html == "<p>an answer</p>"
    assert show(thread).comments_count == 1


def test_removing_and_publishing_again_leaves_every_count_as_it_was() -> None:
    thread = make_thread()
    root = make_comment(thread)
    middle = make_comment(thread, answers=root)
    make_comment(thread, answers=middle)

    def counts() -> tuple[int, int, int]:
        thread.refresh_from_db()
        root.refresh_from_db()
        return thread.comments_count, root.replies_count, Comment.objects.listed().count()

    before = counts()
    remove_comment(comment_id=middle.pk)
    remove_comment(comment_id=middle.pk)
    assert counts() == (2, 1, 3)
    publish_comment(comment_id=middle.pk)

    assert counts() == before == (3, 2, 3)


def test_a_pinned_comment_stands_first_and_once() -> None:
    thread = make_thread()
    pinned = make_comment(thread, is_pinned=True, minutes_ago=500)
    make_comment(thread)

    part = show(thread)

    assert [comment.id for comment in part.pinned] == [pinned.pk]
    assert pinned.pk not in ids(part)
    assert show(thread, comment=pinned.pk).comments[0].id == pinned.pk
