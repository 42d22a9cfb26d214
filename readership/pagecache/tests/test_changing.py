"""The promise: right within one second in every worker, and rendered about once a second at most."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from readership.lib.waiting_room import Full
from readership.pagecache import changed
from readership.pagecache.front import INTERVAL, MAX_AGE, PATIENCE
from readership.pagecache.generations import Generations, counters
from readership.pagecache.tests.makers import Answered, Cache, Clock, Site


def test_a_change_of_a_tag_makes_its_pages_stale_in_every_worker(site: Site, tmp_path: Path, clock: Clock) -> None:
    workers = [Cache(site, tmp_path, clock) for _ in range(2)]
    for worker in workers:
        worker.get()
    clock.now += 5
    site.text = "new"

    workers[0].generations.move(["story:7"])

    assert [worker.get().body for worker in workers] == [b"new", b"new"]


def test_a_change_of_another_tag_costs_no_render(cache: Cache, site: Site, clock: Clock) -> None:
    cache.get()

    for _ in range(50):
        clock.now += 0.5
        cache.generations.move(["story:8"])
        cache.get()

    assert site.renders_count == 1


def test_a_change_during_the_render_makes_the_page_stale_again(cache: Cache, site: Site, clock: Clock) -> None:
    # The row was read, then somebody changed it, then the page was finished.
    def change_once() -> None:
        site.meanwhile = lambda: None
        site.text = "new"
        cache.generations.move(["story:7"])

    site.meanwhile = change_once

    old = cache.get()
    clock.now += INTERVAL

    assert old.body != b"new"
    assert cache.get().body == b"new"


def test_a_hot_page_that_changes_all_the_time_is_rendered_about_once_a_second_and_never_wrong_for_longer(
    cache: Cache, site: Site, clock: Clock
) -> None:
    started_at = clock.now
    wrong_for = []
    for step in range(2_000):
        clock.now = started_at + step / 100
        site.text = str(clock.now)
        cache.generations.move(["story:7"])
        wrong_for.append(clock.now - float(cache.get().body))

    assert site.renders_count <= 20 / INTERVAL + 1
    assert max(wrong_for) < PATIENCE


def test_a_page_is_rendered_anew_once_a_minute_in_case_a_change_was_lost(
    cache: Cache, site: Site, clock: Clock
) -> None:
    cache.get()
    site.text = "changed, and nobody said so"

    clock.now += MAX_AGE + 1

    assert cache.get().body == site.text.encode()


@pytest.mark.django_db(transaction=True)
def test_a_change_is_told_after_commit_and_not_at_all_after_a_rollback() -> None:
    generations = Generations(counters())
    before = generations.latest()

    with transaction.atomic():
        changed("story:7")
        during = generations.latest()
    after = generations.latest()
    with transaction.atomic():
        changed("story:7")
        transaction.set_rollback(True)

    assert (during, after, generations.latest()) == (before, before + 1, before + 1)


class Slow(Site):
    """A site whose renders last until the test lets them go, and are counted while they last."""

    def __init__(self) -> None:
        super().__init__()
        self.may_finish = threading.Event()
        self.has_begun = threading.Event()
        self.at_once = self.most_at_once = 0
        self.meanwhile = self._last

    def _last(self) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.has_begun.set()
        assert self.may_finish.wait(10)
        self.at_once -= 1


def in_threads(count: int, ask: Callable[[], Answered], answers: list[Answered]) -> list[threading.Thread]:
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_j13_a_stampede_on_a_cold_page_is_one_render_a_worker(tmp_path: Path) -> None:
    site = Slow()
    cache = Cache(site, tmp_path, time.monotonic)  # type: ignore[arg-type]
    answers: list[Answered] = []

    threads = in_threads(30, cache.get, answers)
    assert site.has_begun.wait(5)
    time.sleep(0.2)
    site.may_finish.set()
    for thread in threads:
        thread.join()

    assert (site.renders_count, site.most_at_once) == (1, 1)
    assert {answer.status for answer in answers} == {"200 OK"}


def test_j13_while_one_renders_the_others_get_the_page_of_before(tmp_path: Path) -> None:
    site = Slow()
    site.may_finish.set()
    cache = Cache(site, tmp_path, time.monotonic)  # type: ignore[arg-type]
    old = cache.get()
    time.sleep(INTERVAL)
    cache.get()
    site.may_finish.clear()
    site.has_begun.clear()
    site.text = "new"
    cache.generations.move(["story:7"])

    answers: list[Answered] = []
    threads = in_threads(1, cache.get, answers)
    assert site.has_begun.wait(5)
    meanwhile = cache.get()
    site.may_finish.set()
    threads[0].join()

    assert meanwhile.body == old.body
    assert [answer.body for answer in answers] == [b"new"]


def test_a_page_that_was_wrong_for_long_is_waited_for(tmp_path: Path, clock: Clock) -> None:
    site = Slow()
    site.may_finish.set()
    cache = Cache(site, tmp_path, clock)
    cache.get()
    clock.now += 30
    site.may_finish.clear()
    site.has_begun.clear()
    site.text = "new"
    cache.generations.move(["story:7"])
    clock.now += PATIENCE

    answers: list[Answered] = []
    threads = in_threads(2, cache.get, answers)
    assert site.has_begun.wait(5)
    time.sleep(0.1)
    site.may_finish.set()
    for thread in threads:
        thread.join()

    assert [answer.body for answer in answers] == [b"new", b"new"]
    assert site.renders_count == 2


def test_nobody_waits_who_finds_the_waiting_room_full(tmp_path: Path, clock: Clock) -> None:
    site = Slow()
    cache = Cache(site, tmp_path, clock, places=0)
    threads = in_threads(1, cache.get, [])
    assert site.has_begun.wait(5)

    with pytest.raises(Full):
        cache.get()

    site.may_finish.set()
    threads[0].join()


def test_who_waited_for_a_page_that_is_not_for_everybody_gets_his_own(tmp_path: Path, clock: Clock) -> None:
    site = Slow()
    site.is_shared = False
    cache = Cache(site, tmp_path, clock)
    answers: list[Answered] = []

    threads = in_threads(3, cache.get, answers)
    assert site.has_begun.wait(5)
    time.sleep(0.1)
    site.may_finish.set()
    for thread in threads:
        thread.join()

    assert site.renders_count == 3
    assert [answer.status for answer in answers] == ["200 OK"] * 3
