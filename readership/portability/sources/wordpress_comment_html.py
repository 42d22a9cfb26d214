"""Pure: the HTML of an old comment, said with what a comment of ours may hold.

What has no place in a comment leaves its words, and its address where it only shows something from elsewhere.
Without this, cleaning would take such tags away and let the words of a table run into one.
"""

from __future__ import annotations

import html
import re

from readership.portability.sources.wordpress_words import paragraphs, web_address

SHOWN = re.compile(r"<(?:img|iframe|embed|video|audio|source)\b[^<>]*>", re.IGNORECASE)
SETTING = re.compile(r"""\b(src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
HEADING = re.compile(r"<(/?)h[1-6]\b[^<>]*>", re.IGNORECASE)
BETWEEN_CELLS = re.compile(r"</(?:td|th)\s*>\s*<(?:td|th)\b[^<>]*>", re.IGNORECASE)
CELL = re.compile(r"</?(?:td|th)\b[^<>]*>", re.IGNORECASE)
LINE = re.compile(r"</?(?:tr|thead|tbody|tfoot|colgroup|col|dt|dd)\b[^<>]*>", re.IGNORECASE)
PART = re.compile(
    r"</?(?:div|section|article|header|footer|aside|center|figure|figcaption|address|table|caption|dl|details|summary|"
    r"hr)\b[^<>]*>",
    re.IGNORECASE,
)


def comment_html(text: str) -> str:
    if "<" in text:
        text = SHOWN.sub(lambda found: _link(found[0]), text)
        text = HEADING.sub(lambda found: "</strong>\n\n" if found[1] else "\n\n<strong>", text)
        text = CELL.sub("", BETWEEN_CELLS.sub(" · ", text))
        text = _apart(PART, _apart(LINE, text, "\n"), "\n\n")
    return paragraphs(text)


def _apart(tag: re.Pattern[str], text: str, joint: str) -> str:
    if not tag.search(text):
        return text
    return joint.join(piece for piece in map(str.strip, tag.split(text)) if piece)


def _link(tag: str) -> str:
    """To what was shown, by its own words or else by its address."""
    settings = {name.lower(): double or single or bare for name, double, single, bare in SETTING.findall(tag)}
    address = web_address(settings.get("src", ""))
    words = html.unescape(settings.get("alt") or settings.get("title") or address)
    words = html.escape(words, quote=False)
    return f'<a href="{html.escape(address)}">{words}</a>' if address else words
