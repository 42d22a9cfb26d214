"""What happens around the publication of pages: what stands against it, and who must know of it."""

from __future__ import annotations

from wagtail.models import Page

from readership.pagecache import changed
from readership.stories import rules
from readership.stories.models import Byline, Story
from readership.stories.translations import tag_of


def problems(story: Story) -> list[rules.Sentence]:
    """One sentence for each thing that must be mended first. Empty when the story may go live."""
    found = rules.problems(lead_image=story.lead_image, lead_alt=story.lead_alt, body=story.body)
    return [problem.sentence for problem in found]


def advice(story: Story) -> list[rules.Sentence]:
    """One sentence for each thing that readers would miss."""
    return list(rules.advice(standfirst=story.standfirst, bylines_count=story.bylines.count()))


def tell_pages(page: Page) -> None:
    """Make every page stale that shows `page`, or showed it, once it was published, changed or taken down.

    Lists that showed it depend on the story itself, so only the lists that it joins need to be named.
    """
    tags = {f"page:{page.pk}", "stories", tag_of(page)}
    tags |= {f"section:{section_id}" for section_id in _pages_above(page)}
    # The menus hold sections and standing pages; a story more or less changes none of them.
    tags |= _tags_of(page.specific) if isinstance(page.specific, Story) else {"sections"}
    changed(*sorted(tags))


def _tags_of(story: Story) -> set[str]:
    authors = Byline.objects.filter(story=story).values_list("author_id", flat=True)
    return {
        f"story:{story.pk}",
        *(f"author:{author_id}" for author_id in authors),
        *(f"topic:{topic.pk}" for topic in story.topics.all()),
        *(f"section:{section.pk}" for section in story.also_in.all()),
    }


def _pages_above(page: Page) -> list[int]:
    return list(page.get_ancestors(inclusive=True).values_list("pk", flat=True))
