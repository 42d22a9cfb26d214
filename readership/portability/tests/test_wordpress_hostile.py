"""A file may be hostile: its HTML acts nowhere, and no shape of it stops the import (attacks A07, A08, A10, B09)."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from readership.portability.errors import ImportRefused
from readership.portability.sources.wordpress import WordPressFile, inspect
from readership.portability.tests.wordpress_exports import blocks_of, export, item, write_export

LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "java&#9;script:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "\\\\evil.example\\x",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    "<img src=x onerror=alert(1)>",
    '<img src="javascript:alert(1)" alt="&quot;><script>alert(1)</script>">',
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]&gt;",
    '<!-- wp:html --><details open ontoggle=alert(1)>x</details><!-- /wp:html -->',
    '<!-- wp:cover {"url":"x\\"><script>alert(1)</script>"} --><div></div><!-- /wp:cover -->',
    '<!-- wp:social-link {"url":"javascript:alert(1)","label":"<script>alert(1)</script>"} /-->',
    '<!-- wp:embed {"url":"javascript:alert(1)"} /-->',
    '[embed]javascript:alert(1)[/embed][video src="javascript:alert(1)"]',
    '[caption caption="<script>alert(1)</script>"]<img src=x onerror=alert(1)>[/caption]',
    "<table><tr><td><a href=javascript:alert(1)>x</a></td></tr></table>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=//evil.example/><meta http-equiv=refresh content=0><link rel=stylesheet href=//evil.example>",
]  # fmt: skip
ACTS = re.compile(
    r"<\s*(?:script|style|svg|math|iframe|object|embed|form|base|meta|link|img)\b|<[^>]*\son\w+\s*=|"
    r"<[^>]*\b(?:href|src|style|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data|file)\s*:|\sstyle\s*=",
    re.IGNORECASE,
)


def everything_shown_as_html(content: str) -> str:
    blocks, _kept = blocks_of(content)
    return "".join(str(value) for kind, value in blocks if kind in {"text", "kept_html"})


@pytest.mark.parametrize("link", LINKS)
def test_links_that_act_leave_only_their_words(link: str) -> None:
    for content in (f'<p><a href="{link}">words</a></p>', f'<dl><dt><a href="{link}">words</a></dt></dl>'):
        assert "href" not in everything_shown_as_html(content)
        assert "words" in everything_shown_as_html(content)


@pytest.mark.parametrize("markup", MARKUP)
def test_nothing_that_acts_gets_into_a_block(markup: str) -> None:
    for content in (markup, f"<p>Before {markup} after</p>", f"<ul><li>{markup}</li></ul>", f"<pre>{markup}</pre>"):
        assert not ACTS.search(everything_shown_as_html(content)), everything_shown_as_html(content)


@pytest.mark.parametrize("markup", MARKUP)
def test_addresses_in_blocks_are_of_the_web(markup: str) -> None:
    blocks, _kept = blocks_of(markup)

    addresses = [value["url"] for _kind, value in blocks if isinstance(value, dict) and "url" in value]
    assert all(str(address).startswith(("http://", "https://")) for address in addresses)


DEEP = 500


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * DEEP + "words",
        "<b>" * DEEP + "words",
        "<ul>" * DEEP + "words",
        "<ul><li>" * DEEP + "words",
        "<blockquote>" * DEEP + "words",
        "<table><tr><td>" * DEEP + "words",
        "<figure>" * DEEP + "words",
        "<details>" * DEEP + "words",
        "<!-- wp:group --><div>" * DEEP + "words",
        "[row a=1]" * DEEP + "words" + "[/row]" * DEEP,
        "<font>" * 500 + "<p>" * 500 + "words",
        '<!-- wp:group {"a":' + "[" * 100_000 + "} -->words",
    ],
    ids=lambda content: content[:12],
)
def test_html_nested_without_end_still_gives_its_words(content: str) -> None:
    blocks, _kept = blocks_of(content)

    assert "words" in str(blocks)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<rss><channel><title>&c;</title></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'
)
REFUSED = [
    ("a bomb of entities", BOMB, "document type"),
    ("an entity from outside", OUTSIDE, "document type"),
    ("a document type alone", '<!DOCTYPE rss SYSTEM "x.dtd"><rss></rss>', "document type"),
    ("nesting", "<rss><channel>" + "<a>" * 70 + "</a>" * 70 + "</channel></rss>", "nested"),
    ("another feed", "<rss><channel><title>News</title><item><title>a</title></item></channel></rss>", "not an export"),
    ("a page", "<html><body>Hello</body></html>", "not an export"),
    ("nothing", "", "line 1"),
    ("no XML", "PK\x03\x04 a zip", "line 1, column 3"),
    ("an end that is missing", export(item()).replace("</channel>", ""), "line 6, column 3"),
    ("an unescaped sign", export("<item><title>Fish & chips</title></item>"), "line 5, column 20"),
    ("an entity of HTML", export("<item><title>a&nbsp;b</title></item>"), "line 5"),
    ("a byte that is no character", export(item(content="\x0b")), "line 5"),
    ("a later format", export(version="2.0"), "2.0"),
    ("an unknown encoding", '<?xml version="1.0" encoding="x-none"?><rss></rss>', "encoding"),
]


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_with_the_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ImportRefused) as refusal:
        inspect(path)

    assert words in str(refusal.value)
    with pytest.raises(ImportRefused):
        list(WordPressFile(path).records())


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024 + 1)

    with pytest.raises(ImportRefused, match="500 MB"):
        inspect(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be opened"):
        inspect(tmp_path / "none.xml")
    with pytest.raises(ImportRefused, match="not a file"):
        inspect(tmp_path)


def test_one_text_without_end_is_refused(tmp_path: Path) -> None:
    path = write_export(tmp_path, item(content="word " * 4_000_000))

    with pytest.raises(ImportRefused, match="16 MB"):
        inspect(path)


def test_words_that_look_like_html_stay_words() -> None:
    shown = everything_shown_as_html("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")

    assert html.unescape(shown) == "<p><script>alert(1)</script></p>"
    assert not ACTS.search(shown)
