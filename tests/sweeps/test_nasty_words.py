"""The same nasty words as headline, name, caption, gift and comment: wherever they are shown, they are words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from defusedxml import ElementTree
from django.test import Client

from tests.sweeps.site import Site, make_site

NASTY = "</script></title><img src=x onerror=alert(7)>\"'{{7*7}}{%x%}&\u2028"
STRANGE_ELEMENTS = {"object", "embed", "style", "base"}

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, the handlers on them, and the words of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.scripts: list[str] = []
        self.metas: dict[str, str] = {}
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        handlers = [name for name in given if name.startswith("on")]
        is_foreign = given.get("src") == "x" or (tag == "iframe" and {"src", "srcdoc"} & given.keys())
        if handlers or is_foreign or tag in STRANGE_ELEMENTS:
            self.strange.append(f"<{tag} {given}>")
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append("" if "ld+json" in given.get("type", "") else f"src={given.get('src')}")
        if tag == "meta" and "property" in given:
            self.metas[given["property"]] = given.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


@pytest.fixture
def nasty_site(db: None) -> Site:
    return make_site(words=NASTY)


def _read(answer: Iterable[bytes]) -> Reader:
    reader = Reader()
    reader.feed(b"".join(answer).decode())
    return reader


def test_a12_a18_no_public_page_takes_words_for_markup(nasty_site: Site, client: Client) -> None:
    strange = {}
    for path in nasty_site.every_public_address():
        answer = client.get(path)
        if "html" in answer.headers["Content-Type"]:
            reader = _read(answer)
            foreign = [script for script in reader.scripts if not script.startswith(("src=/static/", "{", "\n"))]
            if reader.strange or foreign:
                strange[path] = [*reader.strange, *foreign]

    assert strange == {}


def test_a12_the_json_of_a_story_holds_the_headline_itself(nasty_site: Site, client: Client) -> None:
    page = _read(client.get(nasty_site.story_url))

    described = json.loads(next(script for script in page.scripts if not script.startswith("src=")))

    assert described["headline"] == nasty_site.story.title
    assert page.metas["og:title"] == nasty_site.story.title


def test_a18_feeds_and_site_maps_are_whole_xml_and_hold_the_headline(nasty_site: Site, client: Client) -> None:
    machines = [path for path in nasty_site.shared() if path.endswith((".xml", "feed/"))]

    assert len(machines) >= 9
    for path in machines:
        root = ElementTree.fromstring(b"".join(client.get(path)))
        assert not [element for element in root.iter() if element.tag.endswith(("script", "img"))], path
    titles = [
        element.text
        for element in ElementTree.fromstring(b"".join(client.get("/feed/"))).iter()
        if "title" in element.tag
    ]
    assert any("<img src=x" in (title or "") for title in titles)


def test_a02_the_api_gives_names_as_json_that_no_browser_takes_for_a_page(nasty_site: Site, client: Client) -> None:
    for path in nasty_site.api():
        assert client.get(path).headers["Content-Type"].startswith("application/json"), path


ADMIN = ("/admin/", "/admin/pages/{section}/", "/admin/pages/{story}/edit/", "/admin/pages/{story}/delete/",
         "/admin/pages/{story}/unpublish/", "/admin/pages/{story}/history/", "/admin/comments/",
         "/admin/comments/?state=published", "/admin/funding/", "/admin/funding/gifts/", "/admin/funding/ledger/",
         "/admin/funding/campaigns/", "/admin/funding/gifts/{reference}/reverse/", "/admin/snippets/stories/author/",
         "/admin/images/", "/admin/reports/site-history/", "/admin/funding/batches/", "/admin/funding/batches/{key}/",
         "/admin/funding/gifts/{online}/pay-back/", "/admin/funding/refunds/", "/admin/funding/refunds/{refund_id}/",
         "/admin/funding/disputes/", "/admin/funding/pledges/", "/admin/funding/pledges/{pledge}/stop/",
         "/admin/funding/processor/", "/admin/funding/processor/events/", "/admin/funding/processor/events/{event_id}/",
         "/admin/funding/processor/comparisons/{comparison_id}/", "/admin/funding/periods/{period_id}/",
         "/admin/funding/statements/?year={year}", "/admin/funding/statements/{year}/{giver_id}/")  # fmt: skip


def test_a02_a18_no_page_of_the_admin_takes_words_for_markup(nasty_site: Site, client: Client) -> None:
    client.force_login(nasty_site.editor)
    desk = nasty_site.desk
    known = {
        "section": nasty_site.section.pk,
        "story": nasty_site.story.pk,
        "reference": nasty_site.gift.reference,
        "online": desk.online.reference,
        "pledge": desk.pledge_reference,
        **desk.arguments,
    }
    strange = {}

    for path in (path.format(**known) for path in ADMIN):
        answer = client.get(path)
        assert answer.status_code == 200, path
        strange[path] = _read(answer).strange

    assert {path: found for path, found in strange.items() if found} == {}
