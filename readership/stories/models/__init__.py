"""What editors publish: fields, constraints and page rules. What happens to them is in publishing.py."""

from readership.stories.models.author import Author
from readership.stories.models.image import NewsImage, NewsRendition
from readership.stories.models.public_page import PublicPage
from readership.stories.models.section import Section
from readership.stories.models.standing_page import StandingPage
from readership.stories.models.story import Byline, Story
from readership.stories.models.topic import Topic

__all__ = [
    "Author",
    "Byline",
    "NewsImage",
    "NewsRendition",
    "PublicPage",
    "Section",
    "StandingPage",
    "Story",
    "Topic",
]
