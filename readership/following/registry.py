"""What can be followed, and what there is to tell: apps above say it, as they register their outbox work.

    @finds(Kind.THREAD)
    def threads(ids): …     # number → Subject, of those that everybody may read now

    @tells("comment")
    def comments(ids, address): …     # number → News, of those that this address may read now

What was removed or hidden meanwhile is simply not among the answers, and nobody is told of it (attacks G06, L12).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from readership.following.models import Kind
from readership.readers.models import MailAddress


@dataclass(frozen=True)
class Subject:
    """`title` says what one hears of: “New comments on …”. `url` is a path. `about`: see Follow.about."""

    title: str
    url: str
    about: str


@dataclass(frozen=True)
class News:
    """Plain text in the language that is active. Addresses are paths.

    `place` is what the news is about (a story's headline), `heading` is who or what, `words` a few of its words.
    """

    place: str
    place_url: str
    heading: str
    words: str
    url: str


Finder = Callable[[Collection[int]], Mapping[int, Subject]]
Teller = Callable[[Collection[int], MailAddress], Mapping[int, News]]

_finders: dict[str, Finder] = {}
_tellers: dict[str, Teller] = {}


def finds(kind: Kind) -> Callable[[Finder], Finder]:
    def register(finder: Finder) -> Finder:
        return _finders.setdefault(kind.value, finder)

    return register


def tells(news: str) -> Callable[[Teller], Teller]:
    def register(teller: Teller) -> Teller:
        return _tellers.setdefault(news, teller)

    return register


def subjects(kind: str, ids: Collection[int]) -> Mapping[int, Subject]:
    finder = _finders.get(kind)
    return finder(ids) if finder and ids else {}


def subject_of(kind: str, target_id: int) -> Subject | None:
    return subjects(kind, [target_id]).get(target_id)


def news_of(news: str, ids: Collection[int], address: MailAddress) -> Mapping[int, News]:
    teller = _tellers.get(news)
    return teller(ids, address) if teller and ids else {}
