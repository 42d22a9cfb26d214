"""Readers look for stories. What they type is only ever words to look for (attack F10)."""

from __future__ import annotations

from dataclasses import dataclass

from readership.lib.languages import has_several
from readership.lib.text import clean_line
from readership.stories.listing import MOST_PAGES, PER_PAGE, page_number
from readership.stories.models import Story
from readership.stories.parts import StoryCard
from readership.stories.queries import cards, stories
from readership.stories.translations import this_locale

MAX_LENGTH = 200
SIGNS = str.maketrans(dict.fromkeys("\"'`\\*^:(){}[]", " "))


@dataclass(frozen=True)
class Results:
    query: str
    stories: tuple[StoryCard, ...]
    count: int
    number: int
    has_more: bool

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1


def words_of(query: str) -> str:
    """Without quotation marks and the like, which SQLite's full-text search takes for its own."""
    plain = query.translate(SIGNS)
    return " ".join(word for word in plain.split() if any(character.isalnum() for character in word))


def search_stories(given: str, number: str | None) -> Results:
    """At most MAX_LENGTH characters are looked at. Without a word nothing is found. Raises Http404."""
    query = clean_line(given[:MAX_LENGTH])
    page = page_number(number)
    words = words_of(query)
    if not words:
        return Results(query, (), 0, 1, False)
    searched = Story.objects.live().public()
    found = (searched.filter(locale=this_locale()) if has_several() else searched).search(words)
    start = (page - 1) * PER_PAGE
    ids = [story.pk for story in found[start : start + PER_PAGE + 1]]
    by_id = {card.id: card for card in cards(stories().filter(pk__in=ids[:PER_PAGE]))}
    shown = tuple(by_id[story_id] for story_id in ids[:PER_PAGE] if story_id in by_id)
    return Results(query, shown, found.count(), page, len(ids) > PER_PAGE and page < MOST_PAGES)
