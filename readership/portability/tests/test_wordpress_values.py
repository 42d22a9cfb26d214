"""Small values of old sites: what PHP serialised, moments, addresses, texts of comments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readership.portability.sources import php_values
from readership.portability.sources.wordpress_words import moment, paragraphs, path_of, plain, web_address


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i:7;", 7),
        ("i:-7;", -7),
        ("b:1;", True),
        ("N;", None),
        ("d:0.5;", 0.5),
        ('s:4:"like";', "like"),
        # PHP counts bytes.
        ('s:6:"größ";', "größ"),
        # A text may hold what ends a text.
        ('s:3:"";i";', '";i'),
        ("a:0:{}", {}),
        ('a:2:{s:4:"like";i:5;s:7:"dislike";i:2;}', {"like": 5, "dislike": 2}),
        ('a:2:{i:0;s:1:"a";i:1;N;}', {0: "a", 1: None}),
    ],
)
def test_flat_values_are_read(text: str, value: object) -> None:
    assert php_values.read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no value",
        "i:;",
        "i:7",
        "i:7;i:8;",
        's:99:"short";',
        's:-1:"";',
        's:2:"a";',
        's:1:"ö";',
        'O:8:"stdClass":0:{}',
        'C:3:"Foo":0:{}',
        "R:1;",
        "r:1;",
        "a:1:{i:0;a:0:{}}",
        "a:2:{i:0;i:1;}",
        "a:999999999:{}",
        "a:50000:{}",
        "a:1:{i:0;i:1;}}",
        "a:1:{d:1.5;i:1;}",
        "a:" * 50_000,
        "i:" + "9" * 60_000 + ";",
        's:3:"' + "x" * 200_000 + '";',
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(php_values.NotAFlatValue):
        php_values.read(text)

    assert php_values.counts(text) == {}


def test_counts_take_numbers_that_were_written_as_text() -> None:
    assert php_values.counts('a:3:{s:1:"a";s:2:"12";s:1:"b";b:1;s:1:"c";s:3:"1e9";}') == {"a": 12}


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        (["2020-03-01 09:00:00", "2020-03-01 10:00:00"], datetime(2020, 3, 1, 9, tzinfo=UTC)),
        (["0000-00-00 00:00:00", "2020-03-01 10:00:00"], datetime(2020, 3, 1, 10, tzinfo=UTC)),
        (["0000-00-00 00:00:00", ""], None),
        (["2020-02-31 00:00:00", "yesterday"], None),
    ],
)
def test_the_first_real_moment_counts(candidates: list[str], found: datetime | None) -> None:
    assert moment(*candidates) == found


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("<em>Very</em> <b>big</b>", "Very big"),
        ("2 < 3", "2 < 3"),
        ("The &amp;lt; sign", "The &lt; sign"),
        ("<script>alert(1)</script>Safe", "Safe"),
    ],
)
def test_titles_become_plain_words(markup: str, words: str) -> None:
    assert plain(markup) == words


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/x?y=1&amp;z=2", "https://a.example/x?y=1&z=2"),
        ("//a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("https:///x", ""),
        ("http://[bad", ""),
        ("http://a.example/\nx", ""),
        ("/here", ""),
    ],
)
def test_only_addresses_of_the_web_count_as_addresses(text: str, address: str) -> None:
    assert web_address(text) == address


def test_the_path_of_an_address_without_one_is_nothing() -> None:
    assert [path_of(one) for one in ("https://a.example/?p=7", "https://a.example/x/", "http://[")] == ["", "/x/", ""]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One\r\ntwo\r\n\r\nthree", "<p>One<br>two</p><p>three</p>"),
        ("<p>Done</p>\n\nMore", "<p>Done</p><p>More</p>"),
        ("Look:\n\n<pre>a\n\nb</pre>", "<p>Look:</p><pre>a\n\nb</pre>"),
        ('[spoiler title="End"]She wins[/spoiler]', "<p>She wins</p>"),
        ("", ""),
    ],
)
def test_blank_lines_of_a_comment_part_its_paragraphs(text: str, markup: str) -> None:
    assert paragraphs(text) == markup
