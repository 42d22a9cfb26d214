"""Lists of stories, a page at a time: of a section, an author, a topic."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from readership.pagecache import depends_on
from readership.stories.models import Author, Section, Story, Topic
from readership.stories.parts import ListPart
from readership.stories.queries import cards, stories_of_author, stories_of_section, stories_of_topic

PER_PAGE = 20
MOST_PAGES = 500
LONGEST_NUMBER = 5


def section_list(section: Section, number: str | None) -> ListPart:
    depends_on(f"section:{section.pk}")
    rows = stories_of_section(section).order_by("-is_pinned", "-shown_published_at", "-pk")
    return _list(rows, number, title=section.title, about=section.about, url=section.url or "/")


def author_list(author: Author, number: str | None) -> ListPart:
    depends_on(f"author:{author.pk}")
    rows = stories_of_author(author)
    return _list(rows, number, title=author.name, about=author.about, url=author.get_absolute_url())


def topic_list(topic: Topic, number: str | None) -> ListPart:
    depends_on(f"topic:{topic.pk}")
    rows = stories_of_topic(topic)
    return _list(rows, number, title=topic.name, about="", url=topic.get_absolute_url())


def page_number(given: str | None) -> int:
    """1 to MOST_PAGES; anything else is no page (attacks I08, N13). Raises Http404."""
    if not given:
        return 1
    is_number = given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER
    if is_number and 1 <= int(given) <= MOST_PAGES:
        return int(given)
    raise Http404


def _list(rows: QuerySet[Story], given: str | None, *, title: str, about: str, url: str) -> ListPart:
    number = page_number(given)
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    if number > 1 and not found:
        raise Http404
    return ListPart(
        title=title,
        about=about,
        stories=cards(found[:PER_PAGE]),
        number=number,
        newer_url=_address(url, number - 1),
        older_url=_address(url, number + 1) if len(found) > PER_PAGE and number < MOST_PAGES else "",
        feed_url=f"{url}feed/",
    )


def _address(url: str, number: int) -> str:
    """The first page has one address only; before it there is none."""
    if number < 1:
        return ""
    return url if number == 1 else f"{url}?page={number}"
