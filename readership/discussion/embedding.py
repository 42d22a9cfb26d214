"""What other sites may show of ours: one comment, or how many there are. Plain pages in a frame, without a script."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from readership.discussion.access import published_comment
from readership.discussion.errors import NotThere
from readership.discussion.models import Comment, Thread
from readership.discussion.paging import read_id
from readership.discussion.parts import Addresses, CommentPart, OwnMarks, comment_part
from readership.discussion.picture_part import picture_part
from readership.discussion.showing import story_url
from readership.pagecache import depends_on
from readership.stories.queries import absolute

WIDTH = 600
# Room for the head and the foot of a comment, for one line of it, and the most that a frame takes of a page.
FRAME, LINE, TALLEST, LETTERS_A_LINE = 150, 26, 600, 60
COUNT_HEIGHT = 48


@dataclass(frozen=True)
class EmbedPart:
    """One comment for other sites. All addresses are absolute."""

    comment: CommentPart
    html: SafeString
    story_title: str
    story_url: str
    permalink: str
    snippet: str
    count_snippet: str


def embed_part(comment: Comment) -> EmbedPart:
    thread = comment.thread
    address = absolute(story_url(thread))
    part = comment_part(comment, addresses=Addresses(address), own=OwnMarks(), is_open=False)
    depend_on_thread(thread)
    return EmbedPart(
        comment=part,
        # A link inside a frame opens beside it. The HTML is our own renderer's: "<a " is the start of a link.
        html=SafeString(part.html.replace("<a ", '<a target="_blank" ')),
        story_title=title_of(thread),
        story_url=address,
        permalink=part.permalink,
        snippet=snippet(comment),
        count_snippet=count_snippet(thread),
    )


def depend_on_thread(thread: Thread) -> None:
    depends_on(thread.tag)
    depend_on_page(thread)


def depend_on_page(thread: Thread) -> None:
    depends_on("site", f"page:{thread.page_id}", f"story:{thread.page_id}")


def title_of(thread: Thread) -> str:
    return str(thread.page.title) if thread.page else ""


def snippet(comment: Comment, *, width: int | None = None) -> str:
    """The HTML that shows `comment` on another site."""
    title = _("Comment by %(name)s") % {"name": comment.author_name}
    return _frame(absolute(f"/talk/comments/{comment.pk}/embed/"), title, width, _height(comment))


def count_snippet(thread: Thread) -> str:
    title = _("Comments on “%(story)s”") % {"story": title_of(thread)}
    return _frame(absolute(f"/talk/{thread.pk}/count/"), title, None, COUNT_HEIGHT)


def _frame(address: str, title: str, width: int | None, height: int) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0"></iframe>',
        address,
        title,
        width or "100%",
        height,
    )


def _height(comment: Comment) -> int:
    lines = comment.text_html.count("<p>") + ceil(len(strip_tags(comment.text_html)) / LETTERS_A_LINE)
    picture = picture_part(comment)
    return min(FRAME + LINE * lines + (picture.shown_height if picture else 0), TALLEST)


def oembed_address(permalink: str) -> str:
    """Where the permalink of a comment says how it is shown elsewhere (oembed.com, “Discovery”)."""
    return absolute(f"/discuss/oembed/?{urlencode({'url': permalink, 'format': 'json'})}")


def oembed(url: str, *, widest: int | None = None) -> dict[str, object]:
    """The oEmbed answer for the permalink of a comment. Raises NotThere."""
    comment = _comment_at(url)
    width = min(WIDTH, widest or WIDTH)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title_of(comment.thread),
        "author_name": comment.author_name,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "html": snippet(comment, width=width),
        "width": width,
        "height": _height(comment),
    }


def _comment_at(url: str) -> Comment:
    """Only under the address of its own story, and only under our name."""
    try:
        parts, site = urlsplit(url), urlsplit(settings.SITE_URL)
    except ValueError:
        raise NotThere from None
    comment_id = read_id(parse_qs(parts.query).get("comment", [""])[-1])
    if comment_id is None or (parts.scheme, parts.netloc) != (site.scheme, site.netloc):
        raise NotThere
    comment = published_comment(comment_id)
    if urlsplit(absolute(story_url(comment.thread))).path != parts.path:
        raise NotThere
    return comment
