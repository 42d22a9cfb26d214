"""Pure: what a commenter typed, as safe HTML.

Twice guarded: the parser knows no HTML and no images, and nh3 lets only the tags below through (attack A10).
The source is kept; `RENDERER_VERSION` rises with every change here, so that older HTML can be made anew (A11).
"""

from __future__ import annotations

import html as html_of_python
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

from readership.discussion.marking import add_marks, with_names

RENDERER_VERSION = 2
TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
# What only our own parser makes: spoilers, the paragraphs around them, and the names of those who are spoken to.
MADE_TAGS = TAGS | {"details", "summary", "div", "b"}
SPOILER_HTML = re.compile(r"<details>.*?</details>", re.S)  # none stands in another
LINK_REL = "nofollow ugc noopener noreferrer"
# Deeper quotes than this say nothing more, and every level costs the reader width.
MAX_QUOTE_LEVELS = 5


def is_safe_link(url: str) -> bool:
    """http, https and mailto only, with no name before the host (`https://bank.example@evil.example`, A07, A08)."""
    if any(character <= " " or character == "\\" for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not set(parts.netloc) & set("@%")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True, "maxNesting": 200})
    parser.enable(["strikethrough", "linkify"])
    parser.disable(["image", "heading", "lheading", "hr", "html_block", "html_inline", "reference"])
    parser.validateLink = is_safe_link  # type: ignore[method-assign]
    if parser.linkify:
        # Bare words with a dot (“end.Start”) are not links: only addresses that say http.
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    add_marks(parser)
    return parser


PARSER = _parser()


def render_markdown(source: str, *, names: Sequence[str] = ()) -> str:
    """Bold, italic, strike, quotes, lists, links, code and spoilers; everything else stays the text it is.

    `names` are those of people who take part in the thread: @ and one of them is marked.
    """
    return _clean(PARSER.render(flatten_quotes(source), with_names(names)), MADE_TAGS)


def clean_html(html: str) -> str:
    """HTML from elsewhere (an old site) reduced to what a comment may hold."""
    return _clean(html, TAGS)


def plain_words(html: str) -> str:
    """The words of a comment for a place that shows no markup: without what it quotes, an ellipsis for a spoiler."""
    covered = SPOILER_HTML.sub("…", html)
    words = nh3.clean(covered, tags=set(), attributes={}, clean_content_tags={"blockquote", "details"})
    return html_of_python.unescape(words).strip()


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=_keep_attribute,
        link_rel=LINK_REL,
    ).strip()


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not is_safe_link(value) else value


def flatten_quotes(source: str) -> str:
    """Quotes nested beyond MAX_QUOTE_LEVELS keep their words at that level; the parser would drop them."""
    return "\n".join(_flatten_line(line) for line in source.split("\n"))


def _flatten_line(line: str) -> str:
    marks = rest = 0
    for position, character in enumerate(line):
        if character == ">":
            marks, rest = marks + 1, position + 1
        elif character != " ":
            break
    return line if marks <= MAX_QUOTE_LEVELS else "> " * MAX_QUOTE_LEVELS + line[rest:].lstrip(" ")
