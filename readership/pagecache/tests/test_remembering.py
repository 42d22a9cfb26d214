"""What nearly every page needs is asked for once, and again as soon as it changed."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import transaction

from readership.pagecache import changed, remembered
from readership.pagecache.collecting import rendering

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_asked_for_once_until_its_tag_changes() -> None:
    answers = count()

    def ask() -> int:
        return remembered("menu once", lambda: next(answers), tags=("sections",))

    assert [ask(), ask()] == [0, 0]
    changed("story:7")
    assert ask() == 0
    changed("sections")
    assert [ask(), ask()] == [1, 1]


def test_inside_a_transaction_nothing_is_kept() -> None:
    answers = count()

    def ask() -> int:
        return remembered("menu in a transaction", lambda: next(answers), tags=("sections",))

    with transaction.atomic():
        assert [ask(), ask()] == [0, 1]
    assert [ask(), ask()] == [2, 2]


def test_a_change_while_it_is_asked_for_is_not_missed() -> None:
    answers = count()

    def load() -> int:
        changed("sections")
        return next(answers)

    assert remembered("menu in a race", load, tags=("sections",)) == 0
    assert remembered("menu in a race", lambda: next(answers), tags=("sections",)) == 1


def test_the_page_depends_on_it_also_when_it_was_kept() -> None:
    remembered("menu for two pages", lambda: 0, tags=("sections",))

    with rendering() as page:
        remembered("menu for two pages", lambda: 0, tags=("sections",))

    assert page.tags == {"sections"}
