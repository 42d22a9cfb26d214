"""What a commenter types becomes safe HTML (attacks A07 to A10, F11) and loses no words."""

from __future__ import annotations

import re
import time

import pytest

from readership.discussion.rendering import clean_html, is_safe_link, plain_words, render_markdown


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("> quoted\n\nanswer", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>answer</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("under\n---", "<p>under<br>\n---</p>"),
        ("```\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
    ],
)
def test_the_subset_is_rendered_and_the_rest_stays_text(typed: str, html: str) -> None:
    assert render_markdown(typed) == html


@pytest.mark.parametrize("typed", ["[here](https://a.example/x)", "see https://a.example/x", "<https://a.example/x>"])
def test_links_lead_out_without_credit(typed: str) -> None:
    html = render_markdown(typed)

    assert 'href="https://a.example/x"' in html
    assert 'rel="nofollow ugc noopener noreferrer"' in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "vbscript:x", "data:text/html,x",
        "data:image/png;base64,x", "//evil.example", "https://bank.example@evil.example", "\\\\evil.example",
        "https:evil.example", "/local", "#here", "file:///etc/passwd", "https://", "http://[broken",
    ],
)  # fmt: skip
def test_a07_a08_other_addresses_are_no_links(address: str) -> None:
    assert not is_safe_link(address)
    assert "<a " not in render_markdown(f"[x]({address})")


HOSTILE = [
    "<script>alert(1)</script>", "<svg/onload=alert(1)>", "<math><mtext></form><form><mglyph><style></math>",
    "<xmp><img src=x onerror=alert(1)>", '<iframe srcdoc="<script>x</script>">', "<!--><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=x>]]>", "`<img src=x onerror=x>`", "&lt;script&gt;", "&#60;script&#62;",
    "![x](data:image/png;base64,AAAA)", "![x](https://tracker.example/p.gif)", '[a](https://x.example "onclick=x")',
    "<a href='javascript:x'>a</a>", '"><img src=x onerror=x>', "<p style='background:url(x)'>", "<base href=//x>",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_a09_a10_no_html_of_the_writer_survives(typed: str) -> None:
    html = render_markdown(typed)

    tags = set(re.findall(r"<\s*/?\s*([a-z!]+)", html, re.I))
    assert tags <= {"p", "br", "a", "code", "em", "strong", "blockquote"}
    assert not re.search(r"<[^>]*\s(on\w+|style|src|srcdoc)\s*=", html)


COVERED = "<details><summary>Spoiler</summary>{}</details>"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("It was ||the *tide*||.", f"<div>It was {COVERED.format('the <em>tide</em>')}.</div>"),
        ("- ||the tide||", f"<ul>\n<li>{COVERED.format('the tide')}</li>\n</ul>"),
        ("||a ` b|| `c`", f"<div>{COVERED.format('a ` b')} <code>c</code></div>"),
        ("**a ||b** c||", f"<div>**a {COVERED.format('b** c')}</div>"),
        ("|||x|||", f"<div>|{COVERED.format('x')}|</div>"),
        ("a || b || c", "<p>a || b || c</p>"),
        ("||||", "<p>||||</p>"),
        ("||never closed", "<p>||never closed</p>"),
        ("`||x||`", "<p><code>||x||</code></p>"),
        ("\\||x||", "<p>||x||</p>"),
    ],
)
def test_a_spoiler_is_covered_and_what_is_none_stays_text(typed: str, html: str) -> None:
    assert render_markdown(typed) == html


def test_a_spoiler_never_stands_in_a_link() -> None:
    assert "<details>" not in render_markdown("[||x||](https://a.example)")


def test_only_our_own_parser_makes_what_is_covered() -> None:
    html = "<details open><summary>See</summary><div>Buy</div></details>"

    assert "<" not in clean_html(html)
    assert "<details" not in render_markdown(html)


def test_plain_words_hold_neither_spoilers_nor_quotes() -> None:
    html = render_markdown("> They said it.\n\nSalt & ||the captain|| *did* it.")

    assert plain_words(html) == "Salt & … did it."


def test_a_hundred_levels_of_quotes_lose_no_word() -> None:
    html = render_markdown(">" * 100 + " deep down")

    assert "deep down" in html
    assert html.count("<blockquote>") == 5


def test_f11_the_worst_text_of_full_length_renders_in_a_moment() -> None:
    patterns = [
        "[",
        "](",
        "> ",
        "*",
        "_",
        "`",
        "~~",
        "![",
        "<",
        "&#",
        "* a\n",
        "- ",
        "\\",
        "a.b@",
        "https://",
        "(",
        "**a ",
        "[a](<",
        "||",
        "||a ",
        "||a||",
        "||`",
        "@",
        "@ab ",
        " @ab|",
    ]

    for pattern in patterns:
        text = (pattern * 5000)[:5000]
        started = time.process_time()
        render_markdown(text, names=[f"a{number}" for number in range(500)])
        # A guard against quadratic growth (it took 20 s elsewhere), not a measurement.
        assert time.process_time() - started < 2, pattern
