"""An editor translates a story, sentence by sentence, and readers go from one language to the other."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import visitor as visiting
from tests.journeys.newsroom import PROGRAM, Newsroom, open_newsroom
from tests.journeys.visitor import within
from tests.serving.running import environment

GERMAN = "Der Kran ist wieder da"
LANGUAGES = {"READERSHIP_LANGUAGES": "de"}
BEGIN = ["manage", "shell", "--no-imports", "--command", "from tests.journeys.translated import main; main()"]


@dataclass(frozen=True)
class Translated:
    newsroom: Newsroom
    story_id: int
    story_url: str


@pytest.fixture(scope="module")
def site(filled_newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Translated]:
    home = tmp_path_factory.mktemp("languages")
    with open_newsroom(filled_newsroom, home, **LANGUAGES) as opened:
        settings = {"DJANGO_SETTINGS_MODULE": "readership.config.settings", **LANGUAGES}
        surroundings = environment(home, int(opened.url.rpartition(":")[2]), **settings)
        begun = subprocess.run([PROGRAM, *BEGIN], env=surroundings, check=True, stdout=subprocess.PIPE)
        story = json.loads(begun.stdout)
        yield Translated(opened, story["id"], story["url"])


@pytest.fixture(scope="module")
def translated(browser: Browser, site: Translated) -> str:
    """The address of what the editor translated."""
    editor = visiting.visitor(browser, site.newsroom)
    page = editor.page
    editor.sign_in("editor")
    editor.go(f"/admin/localize/submit/page/{site.story_id}/")
    page.get_by_label("Deutsch").check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    title = page.locator("#tab-story li, section li").filter(has_text="The crane is back").last
    page.get_by_role("button", name="Translate").first.click()
    page.locator("section textarea").first.fill(GERMAN)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(title).to_contain_text(GERMAN)
    # What was only begun is read by nobody.
    address = site.story_url.replace("/town/", "/de/stadt/")
    assert site.newsroom.server.ask(address).status == 404
    page.get_by_role("button", name="Publish in Deutsch").click()
    assert within(20, lambda: site.newsroom.server.ask(address).status == 200)
    editor.context.close()
    return address


def test_readers_go_from_a_story_to_its_translation_and_back(
    browser: Browser, site: Translated, translated: str, has_script: bool
) -> None:
    reader = visiting.visitor(browser, site.newsroom, has_script=has_script)

    def is_offered() -> bool:
        reader.go(site.story_url)
        return reader.page.get_by_text("This story in:").count() > 0

    assert within(5, is_offered)

    reader.page.get_by_role("link", name="Deutsch").click()

    expect(reader.page.get_by_role("heading", level=1)).to_have_text(GERMAN)
    expect(reader.page.locator("html")).to_have_attribute("lang", "de")
    assert reader.path == translated
    reader.post("Endlich.")
    assert reader.path.startswith(translated)
    expect(reader.said("Endlich.")).to_be_visible()

    reader.page.get_by_role("link", name="English").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("The crane is back")
    expect(reader.page.get_by_text("Endlich.")).to_have_count(0)
    reader.context.close()
    assert reader.watch.wrong == []
