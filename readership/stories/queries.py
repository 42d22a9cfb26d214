"""What the pages ask about stories. Each read names what it depends on, so that changes reach the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from wagtail.models import Page

from readership.lib.languages import has_several, spoken
from readership.pagecache import depends_on, remembered
from readership.stories.models import Author, Byline, NewsRendition, Section, Story, Topic
from readership.stories.openness import readable
from readership.stories.parts import AuthorPart, BylinePart, Link, StoryCard, StoryLink, StoryPart
from readership.stories.pictures import ALL_SPECS, picture_part
from readership.stories.telling import choices_of
from readership.stories.translations import in_this_language, written_in_this_language

RELATED_SHOWN = 3
MENU_SHOWN = 12
FULL_BYLINES = Prefetch("bylines", Byline.objects.select_related("author").order_by("sort_order", "pk"))
DRAWN_PICTURES = Prefetch(
    "lead_image__renditions",
    NewsRendition.objects.filter(filter_spec__in=ALL_SPECS),
    to_attr="prefetched_renditions",
)


def stories() -> QuerySet[Story]:
    """Every story that everybody may read in the language being spoken, newest first, ready for a list."""
    return written_in_this_language(stories_in_all_languages())  # type: ignore[no-any-return]


def stories_in_all_languages() -> QuerySet[Story]:
    return (  # type: ignore[no-any-return]
        readable(Story.objects.live())
        .defer_streamfields()
        .select_related("lead_image")
        .prefetch_related(FULL_BYLINES, DRAWN_PICTURES)
        .order_by("-shown_published_at", "-pk")
    )


def stories_of_section(section: Section) -> QuerySet[Story]:
    """Its own, those of the sections below it, and those that are also in it."""
    # No join: a story would come twice, and making it one again would mean to sort them all for each page.
    through = Story.also_in.through.objects
    # A translated story keeps the sections of the original, so the section's other versions count as well.
    named = Q(section__translation_key=section.translation_key) if has_several() else Q(section=section)
    guests = through.filter(named).values("story")
    return stories().filter(Q(path__startswith=section.path) | Q(pk__in=guests))


def stories_of_author(author: Author) -> QuerySet[Story]:
    return stories().filter(bylines__author=author)


def stories_of_topic(topic: Topic) -> QuerySet[Story]:
    return stories().filter(topics=topic)


def cards(rows: Iterable[Story]) -> tuple[StoryCard, ...]:
    """The stories as list entries; one query for all their sections."""
    rows = list(rows)
    sections = _sections_of(rows)
    return tuple(_card(row, sections.get(_path_above(row), Link("", "/"))) for row in rows)


def _sections_of(rows: list[Story]) -> dict[str, Link]:
    """By path, as far as they are live: the name of a section in the making is nobody's business yet."""
    found = Section.objects.live().filter(path__in={_path_above(row) for row in rows})
    return {section.path: _section_link(section) for section in found}


def _path_above(story: Story) -> str:
    return str(story.path[: -Page.steplen])


def _section_link(section: Page) -> Link:
    depends_on(f"page:{section.pk}")
    return Link(section.title, section.url or "/") if section.live else Link("", "/")


def _section_of(story: Story) -> Link:
    """A section has few changes and many stories, so it is asked for once."""
    path = _path_above(story)
    link = remembered(("section", path), lambda: _sections_of([story]).get(path), tags=("site", "sections"))
    return link or Link("", "/")


def comment_order_of(page: Page) -> str:
    """The order of comments that the nearest section above `page` names; "" when none does."""
    orders = remembered("comment orders", _comment_orders, tags=("site", "sections"))
    above = [path for path in orders if page.path.startswith(path)]
    return orders[max(above, key=len)] if above else ""


def _comment_orders() -> dict[str, str]:
    return dict(Section.objects.exclude(comment_order="").values_list("path", "comment_order"))


def _card(story: Story, section: Link) -> StoryCard:
    depends_on(f"story:{story.pk}")
    return StoryCard(
        id=story.pk,
        headline=story.title,
        standfirst=story.standfirst,
        url=story.url or "/",
        section=section,
        bylines=_byline_parts(story.bylines.all()),
        published_at=story.published_at,
        updated_at=story.shown_updated_at,
        picture=picture_part(story.lead_image, alt=story.lead_alt, caption=story.lead_caption),
        is_pinned=story.is_pinned,
    )


def _byline_parts(bylines: Iterable[Byline]) -> tuple[BylinePart, ...]:
    bylines = list(bylines)
    depends_on(*(f"author:{byline.author_id}" for byline in bylines))
    return tuple(BylinePart(one.author.name, one.author.get_absolute_url(), one.role) for one in bylines)


def story_part(story: Story) -> StoryPart:
    """Everything of the story's page but its body. Six queries at most. Works on a draft's preview too."""
    depends_on(f"story:{story.pk}")
    picture = picture_part(story.lead_image, caption=story.lead_caption, alt=story.lead_alt)
    bylines = list(story.bylines.select_related("author").order_by("sort_order", "pk"))
    topics = list(story.topics.all())
    return StoryPart(
        id=story.pk,
        headline=story.title,
        standfirst=story.standfirst,
        section=_section_of(story),
        bylines=_byline_parts(bylines),
        dateline=story.dateline,
        published_at=story.published_at,
        updated_at=story.shown_updated_at,
        picture=picture,
        topics=tuple(Link(topic.name, topic.get_absolute_url()) for topic in topics),
        url=story.url or "/",
        canonical_url=absolute(story.url or "/"),
        share_picture_url=absolute(picture.url) if picture else "",
        authors=tuple(author_part(byline.author) for byline in bylines if byline.author.about),
        related=_related(story, topics),
        may_follow=choices_of([byline.author for byline in bylines], topics),
    )


def author_part(author: Author) -> AuthorPart:
    depends_on(f"author:{author.pk}")
    return AuthorPart(author.name, author.get_absolute_url(), author.position, author.about, author.email)


def _related(story: Story, topics: list[Topic]) -> tuple[StoryLink, ...]:
    """The newest on the same topics."""
    if not topics:
        return ()
    depends_on(*(f"topic:{topic.pk}" for topic in topics))
    ids = Story.topics.through.objects.filter(topic__in=topics).values("story")
    rows = stories().select_related(None).prefetch_related(None).filter(pk__in=ids).exclude(pk=story.pk)
    return tuple(_story_link(row) for row in rows[:RELATED_SHOWN])


def _story_link(story: Story) -> StoryLink:
    depends_on(f"story:{story.pk}")
    return StoryLink(story.title, story.url or "/")


def absolute(url: str) -> str:
    """With the configured address in front, never one from a request (attack I12)."""
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"


def newest_stories(limit: int, *, leaving_out: Iterable[int] = ()) -> tuple[StoryCard, ...]:
    depends_on("stories")
    return cards(stories().exclude(pk__in=list(leaving_out))[:limit])


def chosen_stories(ids: Iterable[int]) -> tuple[StoryCard, ...]:
    """The stories of these ids, in that order and each once, as far as everybody may read them."""
    ids = list(dict.fromkeys(ids))
    depends_on(*(f"story:{story_id}" for story_id in ids))
    by_id = {card.id: card for card in cards(stories().filter(pk__in=ids))}
    return tuple(by_id[story_id] for story_id in ids if story_id in by_id)


def sections_menu() -> tuple[Link, ...]:
    """The sections that editors put into the menu, in their order."""
    return remembered(("sections menu", spoken()), _sections_menu, tags=("site", "sections"))


def _sections_menu() -> tuple[Link, ...]:
    shown = in_this_language(readable(Section.objects.live())).in_menu().order_by("path")[:MENU_SHOWN]
    return tuple(Link(section.title, section.url or "/") for section in shown)
