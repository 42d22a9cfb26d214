"""Begins the German tree of the newsroom of a journey: its front page and one section, with a story to translate. Runs in a process of its own."""

from __future__ import annotations

import json
import sys

from wagtail.models import Locale

from readership.stories.models import Section
from readership.stories.tests.makers import make_story
from readership.stories.tests.translating import translate
from readership.website.models import FrontPage


def main() -> None:
    Locale.objects.get_or_create(language_code="de")
    translate(FrontPage.objects.get(locale__language_code="en"))
    section = Section.objects.get(title="Town", locale__language_code="en")
    translate(section, {"Town": "Stadt", "town": "stadt"})
    story = make_story(title="The crane is back", section=section, body=[("text", "<p>It came by barge.</p>")])
    story.save_revision().publish()
    json.dump({"id": story.pk, "url": story.url}, sys.stdout)
