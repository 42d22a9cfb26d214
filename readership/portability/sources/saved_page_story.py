"""Pure: the story of a saved page: its headline, who made it, its picture, the asks around it, its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from readership.portability.sources.saved_page_lines import Finding, Line
from readership.portability.sources.saved_page_talk import head_of_thread, is_name

ASK = re.compile(
    r"(?:please )?(?:support|donate|become an? |chip in|contribute|make an? (?:gift|donation)|help us|fund )\b.*",
    re.IGNORECASE,
)
LONGEST_ASK = 80
PICTURE = re.compile(
    r"(?:click|tap|press) to (?:see|view|enlarge|open|zoom).{0,40}|enlarge image"
    r"|(?:view|open|see) full[- ]size(?: image| picture)?",
    re.IGNORECASE,
)
CAPTION = re.compile(r"(?:photo|image|picture|illustration|illustrative|credits?|file photo)\b.{0,200}", re.IGNORECASE)
BYLINE = re.compile(r"(?:(?:written|reported|words) )?by:? (?P<name>.{2,60})", re.IGNORECASE)
DATE = re.compile(
    r"(?:(?:published|posted|updated)(?: on)?:? )?(?P<date>\w+ \d{1,2}, \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)"
)
DATE_FORMS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
# Lines above the story in which its headline may be repeated, as a title and as a share title.
LINES_AT_THE_TOP = 12
LONGEST_HEADING = 80
FEWEST_WORDS_OF_HEADLINE = 2


@dataclass
class StoryFound:
    headline: str = ""
    byline: str = ""
    published_at: datetime | None = None
    has_picture: bool = False
    caption: str = ""
    # As written, once each.
    asks: list[str] = field(default_factory=list)
    # ("text" | "heading" | "ask", lines)
    parts: list[tuple[str, list[Line]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def where_talk_begins(lines: Sequence[Line]) -> tuple[int, Finding]:
    """The place of the first line that is no longer the story's, and how that was seen."""
    opening = next((place for place, line in enumerate(lines) if line.is_sentence), len(lines))
    for place in range(opening, len(lines)):
        meaning = head_of_thread(lines[place])
        if meaning:
            why = _("The first control of a thread below the story: %(meaning)s.") % {"meaning": meaning}
            return place, Finding(_("comment area"), lines[place].text, "sure", why)
    asks = [place for place in range(opening, len(lines)) if is_ask(lines[place])]
    if asks and asks[-1] + 1 < len(lines):
        why = _("No controls are in the text; what follows the last ask below the story is taken for comments.")
        return asks[-1] + 1, Finding(_("comment area"), lines[asks[-1] + 1].text, "likely", why)
    for place in range(opening + 1, len(lines) - 1):
        if lines[place].gap > 1 and is_name(lines[place]) and lines[place + 1].is_sentence:
            why = _("No controls and no ask below the story: the first line that looks like a name, after a wide gap.")
            return place, Finding(_("comment area"), lines[place].text, "unsure", why)
    return len(lines), Finding(_("comment area"), "", "unsure", _("Nothing on the page looks like one."))


def is_ask(line: Line) -> bool:
    return len(line.text) <= LONGEST_ASK and not line.is_sentence and bool(ASK.fullmatch(line.text))


def read_story(lines: Sequence[Line]) -> StoryFound:
    story = StoryFound()
    headlines = _headline(lines, story)
    is_before_text = True
    for place, line in enumerate(lines):
        if place in headlines:
            continue
        if is_ask(line):
            _take_ask(line, lines[place + 1 :], story, is_before_text=is_before_text)
        elif is_before_text and _is_about_story(line, story):
            continue
        else:
            is_before_text = is_before_text and not line.is_sentence
            _take_words(line, lines[place + 1 : place + 2], story)
    _tell_of_paragraphs(story)
    return story


def _headline(lines: Sequence[Line], story: StoryFound) -> set[int]:
    """The places where it stands. Twice at the top (title and share title) is the surest sign."""
    top = [(place, line) for place, line in enumerate(lines[:LINES_AT_THE_TOP]) if _may_be_headline(line)]
    if not top:
        return set()
    for place, line in top:
        places = {other for other, again in top if again.key == line.key}
        if len(places) > 1 and len(line.text.split()) >= FEWEST_WORDS_OF_HEADLINE:
            _tell_of_headline(story, lines[place], is_repeated=True)
            return places
    place, line = next(((p, found) for p, found in top if not is_ask(found)), top[0])
    _tell_of_headline(story, line, is_repeated=False)
    return {place}


def _may_be_headline(line: Line) -> bool:
    return not PICTURE.fullmatch(line.text) and not BYLINE.fullmatch(line.text) and not DATE.fullmatch(line.text)


def _tell_of_headline(story: StoryFound, line: Line, *, is_repeated: bool) -> None:
    story.headline = line.text
    story.findings.append(
        Finding(_("headline"), line.text, "sure", _("It stands twice at the top, as title and as share title."))
        if is_repeated
        else Finding(_("headline"), line.text, "likely", _("The first line that is neither a figure nor an ask."))
    )


def _take_ask(line: Line, below: Sequence[Line], story: StoryFound, *, is_before_text: bool) -> None:
    if line.text not in story.asks:
        story.asks.append(line.text)
    if is_before_text:
        where, why = _("ask above the story"), _("A short call to give, before the first paragraph.")
    elif any(later.is_sentence for later in below):
        where, why = _("ask inside the story"), _("A short call to give, between paragraphs.")
        story.parts.append(("ask", [line]))
    else:
        where, why = _("ask below the story"), _("A short call to give, after the last paragraph.")
    story.findings.append(Finding(where, line.text, "likely", why))


def _is_about_story(line: Line, story: StoryFound) -> bool:
    """Whether the line, above the first paragraph, is the picture's, the byline or the date."""
    if PICTURE.fullmatch(line.text):
        story.has_picture = True
        why = _("The words that open a picture in full size. The picture itself is not in a text; they are no caption.")
        story.findings.append(Finding(_("picture"), line.text, "sure", why))
        return True
    if story.has_picture and not story.caption and (CAPTION.fullmatch(line.text) or not line.is_sentence):
        is_marked = bool(CAPTION.fullmatch(line.text))
        story.caption = line.text
        story.findings.append(
            Finding(
                _("caption"), line.text, "likely" if is_marked else "unsure", _("It stands right below the picture.")
            )
        )
        return True
    return _is_byline(line, story) or _is_date(line, story)


def _is_byline(line: Line, story: StoryFound) -> bool:
    found = BYLINE.fullmatch(line.text)
    if not found or line.is_sentence or not is_name(Line(line.number, found["name"], line.gap)):
        return False
    story.byline = found["name"]
    story.findings.append(Finding(_("byline"), found["name"], "likely", _("“By” and a name, above the text.")))
    return True


def _is_date(line: Line, story: StoryFound) -> bool:
    found = DATE.fullmatch(line.text)
    moment = next((day for form in DATE_FORMS if (day := _day(found["date"], form))), None) if found else None
    if not moment:
        return False
    story.published_at = moment
    story.findings.append(Finding(_("date"), line.text, "likely", _("A date above the text.")))
    return True


def _day(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _take_words(line: Line, following: Sequence[Line], story: StoryFound) -> None:
    is_heading = (
        len(line.text) <= LONGEST_HEADING
        and not line.is_sentence
        and line.gap > 0
        and any(after.is_sentence and after.gap for after in following)
    )
    if is_heading:
        story.parts.append(("heading", [line]))
        why = _("A short line without an end between paragraphs; it may also be a caption or a paragraph.")
        story.findings.append(Finding(_("heading"), line.text, "unsure", why))
    elif line.gap == 0 and story.parts and story.parts[-1][0] == "text":
        story.parts[-1][1].append(line)
    else:
        story.parts.append(("text", [line]))


def _tell_of_paragraphs(story: StoryFound) -> None:
    paragraphs = [lines for kind, lines in story.parts if kind == "text"]
    if not paragraphs:
        story.findings.append(Finding(_("paragraphs"), "", "unsure", _("No words of a story were found.")))
        return
    why = _("%(count)d, parted by empty lines, between the headline and the comment area.") % {"count": len(paragraphs)}
    story.findings.append(Finding(_("paragraphs"), paragraphs[0][0].text, "sure", why))
