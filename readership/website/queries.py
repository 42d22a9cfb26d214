"""What the front page asks, and the first page of the admin."""

from __future__ import annotations

from readership.discussion.models import Comment, State
from readership.lib.languages import spoken
from readership.pagecache import depends_on, remembered
from readership.stories.models import StandingPage
from readership.stories.openness import readable
from readership.stories.parts import Link, StoryCard
from readership.stories.queries import chosen_stories, newest_stories
from readership.stories.translations import in_their_translation, in_this_language
from readership.website.models import FrontPage

LEADS_SHOWN = 3


def lead_stories(page: FrontPage) -> tuple[StoryCard, ...]:
    """What the editors put first; with nothing chosen, the newest stories."""
    # "stories": a translation of what is chosen may go live.
    depends_on(f"page:{page.pk}", "stories")
    chosen = chosen_stories(in_their_translation([lead.story_id for lead in page.leads.all()]))
    return chosen or newest_stories(LEADS_SHOWN)


def standing_pages() -> tuple[Link, ...]:
    """For the foot of every page: the standing pages that editors put into menus, in their order."""
    return remembered(("standing pages", spoken()), _standing_pages, tags=("site", "sections"))


def _standing_pages() -> tuple[Link, ...]:
    shown = in_this_language(readable(StandingPage.objects.live())).in_menu().order_by("path")
    return tuple(Link(page.title, page.url or "/") for page in shown[:12])


def held_comments_count() -> int:
    return Comment.objects.filter(state=State.HELD).count()
