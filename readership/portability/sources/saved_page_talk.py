"""Pure: the comment area of a saved page: its controls, the names, and what was said.

How a comment is told from the next: one empty line parts a name from its words and the paragraphs of one comment; two
or more part comments. Words after such a gap that no name precedes have lost their name in the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readership.portability.sources.saved_page_lines import Certainty, Line

SORTS = r"(?:newest|oldest|most voted|best|top)"
# What stands at the head of a thread, and tells where it begins.
HEADS = (
    (re.compile(r"notify (?:me )?of"), gettext_lazy("choice of what to be told by e-mail")),
    (re.compile(rf"(?:sort(?:ed)? by:?\s*)?{SORTS}(?:\s*[|·,/]?\s*{SORTS})*"), gettext_lazy("sort orders")),
    (re.compile(r"inline feedbacks?"), gettext_lazy("filter: comments on passages")),
    (re.compile(r"view all comments"), gettext_lazy("filter: all comments")),
    (re.compile(r"[\d.,]+ comments?|comments? \(?[\d.,]+\)?|comments"), gettext_lazy("count of comments")),
    (
        re.compile(r"(?:leave a (?:reply|comment)|join the (?:discussion|conversation)|post comment)"),
        gettext_lazy("form"),
    ),
    (re.compile(r"subscribe|log ?in|connect with .{1,40}|guest|label"), gettext_lazy("sign-in or form")),
)
# What stands at single comments, or after the last.
TAILS = (
    (re.compile(r"would love your thoughts,? please comment\.?\s*x?"), gettext_lazy("invitation to comment")),
    (re.compile(r"reply|share|report|edit|copy link|permalink|link to comment"), gettext_lazy("buttons of a comment")),
    (re.compile(r"(?:view|show|hide) (?:all )?(?:\d+ )?repl(?:y|ies)(?: \(\d+\))?"), gettext_lazy("fold of replies")),
    (re.compile(r"load (?:more|rest).{0,30}"), gettext_lazy("button for more comments")),
    (re.compile(r"last edited .{1,80}"), gettext_lazy("note of an edit")),
    (re.compile(r"(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago"), gettext_lazy("age of a comment")),
    (re.compile(r"[+−-]?\d{1,5}"), gettext_lazy("votes")),
)  # fmt: skip
ANSWERS = re.compile(r"(?:in )?reply to:?\s+(?P<name>.{1,60})", re.IGNORECASE)
E_MAIL = re.compile(r"[<(\[]?\s*(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*[>)\]]?")
LONGEST_NAME, MOST_WORDS = 40, 4
# Small words within names of many languages.
PARTICLES = {"al", "bin", "da", "de", "del", "der", "di", "el", "la", "le", "of", "the", "van", "von", "y"}
NOT_IN_NAMES = re.compile(r"[.!?…,;:\"“”„]$|https?:|www\.|[<>{}=]")


@dataclass(frozen=True)
class Control:
    line: Line
    meaning: str


@dataclass
class Said:
    """One comment. `name` is empty when the capture lost it."""

    name: str
    certainty: Certainty
    why: str
    email: str = ""
    answers: str = ""
    paragraphs: list[list[Line]] = field(default_factory=list)

    @property
    def first_line(self) -> Line:
        return self.paragraphs[0][0]


@dataclass(frozen=True)
class Talk:
    comments: tuple[Said, ...]
    controls: tuple[Control, ...]


def head_of_thread(line: Line) -> str:
    """What the line means at the head of a thread; "" when it is none of its controls."""
    return _meaning(line, HEADS)


def control(line: Line) -> str:
    return head_of_thread(line) or _meaning(line, TAILS)


def _meaning(line: Line, kinds: Sequence[tuple[re.Pattern[str], object]]) -> str:
    return next((str(meaning) for pattern, meaning in kinds if pattern.fullmatch(line.key)), "")


def is_name(line: Line) -> bool:
    """One to four words, none a sentence's: `Old Salt`, `Rika 10`, `van der Meer`, `gull_77`."""
    text = E_MAIL.sub("", line.text).strip()
    words = text.split()
    if not 1 <= len(words) <= MOST_WORDS or len(text) > LONGEST_NAME or NOT_IN_NAMES.search(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    return len(words) == 1 or all(_may_stand_in_name(word) for word in words)


def _may_stand_in_name(word: str) -> bool:
    return not word[0].islower() or word in PARTICLES


def read_talk(lines: Sequence[Line]) -> Talk:
    words: list[Line] = []
    controls: list[Control] = []
    gap = 0
    for line in lines:
        meaning = control(line)
        if meaning:
            controls.append(Control(line, meaning))
            gap = max(gap, line.gap)
        else:
            # The empty lines around a control part comments as well.
            words.append(Line(line.number, line.text, max(line.gap, gap)))
            gap = 0
    return Talk(tuple(_comments(words)), tuple(controls))


def _comments(lines: Sequence[Line]) -> Iterator[Said]:
    said: Said | None = None
    for place, line in enumerate(lines):
        answered = ANSWERS.fullmatch(line.text)
        if answered and said and not said.paragraphs:
            said.answers = answered["name"].strip()
        elif said and not said.paragraphs:
            # Whatever follows a name was said by it, be it as short as a name.
            said.paragraphs.append([line])
        elif _opens_with_name(lines, place):
            if said:
                yield said
            said = _named(line)
        elif said is None or line.gap > 1:
            if said:
                yield said
            said = _nameless(line)
        else:
            _add(said, line)
    if said and said.paragraphs:
        yield said


def _opens_with_name(lines: Sequence[Line], place: int) -> bool:
    """A name has its words below it, close by."""
    following = lines[place + 1] if place + 1 < len(lines) else None
    return is_name(lines[place]) and following is not None and following.gap <= 1


def _named(line: Line) -> Said:
    found = E_MAIL.search(line.text)
    name = E_MAIL.sub("", line.text).strip(" <>()[]") or (found["email"].split("@")[0] if found else "")
    is_plain = len(name.split()) > 1 or bool(found) or any(character.isdigit() for character in name)
    return Said(
        name,
        "sure" if is_plain else "likely",
        _("A short line without an end, with words right below it.")
        if is_plain
        else _("One word with words right below it; it may also be a very short comment."),
        email=found["email"] if found else "",
    )


def _nameless(line: Line) -> Said:
    is_apart = line.gap > 1
    why = (
        _("Empty lines part it from the comment above, and no name stands over it.")
        if is_apart
        else _("It opens the thread, and no name stands over it.")
    )
    return Said("", "likely" if is_apart else "unsure", why, paragraphs=[[line]])


def _add(said: Said, line: Line) -> None:
    if line.gap:
        said.paragraphs.append([line])
    else:
        said.paragraphs[-1].append(line)
