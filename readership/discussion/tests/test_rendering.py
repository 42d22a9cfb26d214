"""What a commenter types becomes safe HTML (attacks A07 to A10, F11) and loses no words."""

from __future__ import annotations

import re
import time

import pytest

from readership.discussion.rendering import is_safe_link, render_markdown


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
    ]

    for pattern in patterns:
        text = (pattern * 5000)[:5000]
        started = time.process_time()
        render_markdown(text)
        # A guard against quadratic growth (it took 20 s elsewhere), not a measurement.
        assert time.process_time() - started < 2, pattern
