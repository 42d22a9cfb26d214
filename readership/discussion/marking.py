"""Pure: what a comment's Markdown has that CommonMark has not: `||spoilers||` and `@names` of those who take part.

Both are rules of the parser, so that code, links and escapes keep their meaning. A spoiler is a <details>: it opens
without JavaScript, by key and by finger, stays closed in a feed, and is not read out before somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

SPOILER = "||"
# More than these in one comment are a roll call, not talk: the rest stay words.
MOST_NAMES = 10
# After these an @ belongs to an address, not to a person.
OF_AN_ADDRESS = set("@/_.+=&?#%-")
NAMES, NAMES_LEFT = "names", "names_left"


def add_marks(parser: MarkdownIt) -> None:
    parser.inline.add_terminator_char("|")
    parser.inline.ruler.push("spoiler", _spoiler)
    parser.inline.ruler.push("name", _name)
    parser.core.ruler.after("inline", "spoiler_blocks", _give_room)


def with_names(names: Sequence[str]) -> dict[str, object]:
    """What the parser is told about one comment: the names that it may mark, the longest first."""
    return {NAMES: sorted(names, key=len, reverse=True), NAMES_LEFT: MOST_NAMES}


def begins_a_name(text: str, position: int) -> bool:
    """Whether the @ at `position` may stand before somebody's name."""
    before = text[position - 1] if position else " "
    return not before.isalnum() and before not in OF_AN_ADDRESS


def _spoiler(state: StateInline, silent: bool) -> bool:
    start, most = state.pos, state.posMax
    # In the words of a link it would be a button in a link.
    if state.linkLevel or not state.src.startswith(SPOILER, start):
        return False
    end = state.src.find(SPOILER, start + 2, most)
    words = state.src[start + 2 : end] if end > 0 else ""
    if not words or words[0].isspace() or words[-1].isspace() or words[0] == "|":
        return False  # “a || b || c” is said by programmers.
    if not silent:
        state.push("spoiler_open", "details", 1)
        state.push("summary_open", "summary", 1)
        state.push("text", "", 0).content = _("Spoiler")
        state.push("summary_close", "summary", -1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = most
        state.push("spoiler_close", "details", -1)
    state.pos = end + 2
    return True


def _name(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "@" or not state.env.get(NAMES_LEFT) or not begins_a_name(state.src, start):
        return False
    length = next((len(name) for name in state.env[NAMES] if _stands_at(state, start + 1, name)), 0)
    if not length:
        return False
    end = start + 1 + length
    if not silent:
        state.env[NAMES_LEFT] -= 1
        state.push("name_open", "b", 1)
        state.push("text", "", 0).content = state.src[start:end]
        state.push("name_close", "b", -1)
    state.pos = end
    return True


def _stands_at(state: StateInline, start: int, name: str) -> bool:
    end = start + len(name)
    if end > state.posMax or state.src[start:end].casefold() != name.casefold():
        return False
    return end == state.posMax or not state.src[end].isalnum()


def _give_room(state: StateCore) -> None:
    """A <p> ends where a <details> begins, so a paragraph with a spoiler is a <div>."""
    for place, token in enumerate(state.tokens):
        if token.type == "inline" and any(child.type == "spoiler_open" for child in token.children or ()):
            state.tokens[place - 1].tag = state.tokens[place + 1].tag = "div"
