"""One saved page as plain text → records: the story as a draft, its thread held for review, the campaign unseen.

A text has lost the page's markup, so everything here is a guess that says why. `read_page` gives the records and
the findings: what each piece was taken for, how sure that is, and the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from pathlib import Path

from django.utils.translation import gettext as _

from readership.portability.records import (
    AuthorRecord,
    BlockRecord,
    BylineRecord,
    CampaignRecord,
    CommentRecord,
    Record,
    StoryRecord,
)
from readership.portability.sources.saved_page_figures import DOLLARS, Figure, MeterFound, figures_of, read_meter
from readership.portability.sources.saved_page_lines import Finding, Line, read_lines
from readership.portability.sources.saved_page_story import StoryFound, read_story, where_talk_begins
from readership.portability.sources.saved_page_talk import Control, Said, Talk, read_talk

STORY_ID = "story"
BYLINE_ID = "byline"


@dataclass(frozen=True)
class SavedPage:
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def read_page(path: Path, *, currency: str = "USD") -> SavedPage:
    """Raises ImportRefused. `currency`: the newsroom's; if it is a dollar, a bare $ is that one.

    The file's own time stands for lost dates.
    """
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).replace(microsecond=0)
    return page_of(read_lines(path), saved_at=saved_at, dollar=currency if currency in DOLLARS else "USD")


def page_of(lines: Sequence[Line], *, saved_at: datetime, dollar: str = "USD") -> SavedPage:
    figures = figures_of(lines, dollar=dollar)
    meter = read_meter(figures)
    used = {figure.line.number for figure in figures}
    rest = [line for line in lines if line.number not in used]
    end, area = where_talk_begins(rest)
    story, talk = read_story(rest[:end]), read_talk(rest[end:])
    records: list[Record] = list(_story(story))
    records += [_comment(place, said, talk, saved_at) for place, said in enumerate(talk.comments)]
    if meter:
        records.append(_campaign(meter, story))
    findings = [*_of_figures(figures, meter), *story.findings, area, *_of_controls(talk.controls), *_of_talk(talk)]
    return SavedPage(tuple(records), tuple(findings))


def name_of_source(path: Path) -> str:
    """The same text is the same page, whatever its file is called."""
    return f"page:{sha256(path.read_bytes()).hexdigest()[:32]}"


def _story(story: StoryFound) -> Iterator[Record]:
    if story.byline:
        yield AuthorRecord(BYLINE_ID, story.byline)
    yield StoryRecord(
        source_id=STORY_ID,
        headline=story.headline or _("A page without a headline"),
        slug="",
        body=tuple(_body(story)),
        state="draft",
        published_at=story.published_at,
        bylines=(BylineRecord(BYLINE_ID),) if story.byline else (),
    )


def _body(story: StoryFound) -> Iterator[BlockRecord]:
    if story.has_picture:
        words = escape(_("A picture stood here; it is not in the saved text."))
        caption = f"<figcaption>{escape(story.caption)}</figcaption>" if story.caption else ""
        yield BlockRecord("kept_html", f"<figure><p>{words}</p>{caption}</figure>")
    paragraphs: list[str] = []
    for kind, lines in story.parts:
        if kind == "text":
            paragraphs.append(_paragraph(lines))
            continue
        if paragraphs:
            yield BlockRecord("text", "".join(paragraphs))
            paragraphs = []
        if kind == "heading":
            yield BlockRecord("heading", {"text": lines[0].text, "level": "2"})
        else:
            yield BlockRecord("support_ask", {"text": lines[0].text})
    if paragraphs:
        yield BlockRecord("text", "".join(paragraphs))


def _paragraph(lines: Sequence[Line]) -> str:
    return f"<p>{'<br>'.join(escape(line.text, quote=False) for line in lines)}</p>"


def _comment(place: int, said: Said, talk: Talk, saved_at: datetime) -> CommentRecord:
    return CommentRecord(
        source_id=str(place + 1),
        story_id=STORY_ID,
        author_name=said.name or _("Unknown reader"),
        author_email=said.email,
        text="".join(_paragraph(lines) for lines in said.paragraphs),
        # Newest first, as the page showed them: each a minute older than the one above it.
        written_at=saved_at - timedelta(minutes=place),
        state="held",
        parent_id=_answered(place, said, talk),
    )


def _answered(place: int, said: Said, talk: Talk) -> str | None:
    """The nearest comment above by the name that it says it answers."""
    above = range(place - 1, -1, -1)
    return next((str(other + 1) for other in above if said.answers and talk.comments[other].name == said.answers), None)


def _campaign(meter: MeterFound, story: StoryFound) -> CampaignRecord:
    ask = story.asks[0] if story.asks else ""
    return CampaignRecord(
        source_id="meter",
        title=ask or _("Brought along from an older page"),
        goal_minor=meter.goal.minor,
        currency=meter.goal.currency,
        raised_minor=meter.raised.minor,
        marks=tuple((mark.minor, mark.line.text) for mark in meter.marks),
        ask=ask,
        story_id=STORY_ID,
        is_shown=False,
    )


def _of_figures(figures: Sequence[Figure], meter: MeterFound | None) -> Iterator[Finding]:
    if not figures:
        yield Finding(_("meter"), "", "unsure", _("No lines that are sums and nothing else: no meter was found."))
        return
    if not meter:
        text = " · ".join(figure.line.text for figure in figures)
        yield Finding(_("sums"), text, "unsure", _("They make no meter: neither scale nor goal can be seen in them."))
        return
    if meter.start:
        yield Finding(_("meter: start"), meter.start.line.text, meter.certainty, _("The scale begins with nothing."))
    for mark in meter.marks:
        yield Finding(_("meter: mark"), mark.line.text, meter.certainty, _("On the scale, between start and goal."))
    yield Finding(_("meter: goal"), meter.goal.line.text, meter.certainty, _("The end of the scale."))
    yield Finding(_("meter: raised"), meter.raised.line.text, meter.certainty, meter.why)
    if any(figure.line.text.strip("0123456789., ") == "$" for figure in figures):
        why = _("A bare $ is taken for this currency.")
        yield Finding(_("meter: currency"), meter.goal.currency, "likely", why)


def _of_controls(controls: Sequence[Control]) -> Iterator[Finding]:
    times = Counter((control.line.text, control.meaning) for control in controls)
    for (text, meaning), count in times.items():
        why = (
            _("A control of the thread, left out.")
            if count == 1
            else _("A control of the thread, left out %(count)d times.")
        )
        yield Finding(meaning, text, "sure", why % {"count": count})


def _of_talk(talk: Talk) -> Iterator[Finding]:
    for place, said in enumerate(talk.comments):
        what = _("comment by") if said.name else _("comment, name lost")
        yield Finding(what, said.name or said.first_line.text, said.certainty, said.why)
        if said.answers and not _answered(place, said, talk):
            why = _("Nobody of this name speaks above; it stands at the top of the thread.")
            yield Finding(_("reply to"), said.answers, "unsure", why)
    if talk.comments:
        why = _(
            "The text has no times: the order of the page is kept, a minute between two, back from the file’s own time."
        )
        yield Finding(_("times of comments"), "", "unsure", why)
