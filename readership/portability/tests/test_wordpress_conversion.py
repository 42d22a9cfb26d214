"""Old HTML becomes blocks; what has none is kept and counted."""

from __future__ import annotations

import pytest

from readership.portability.tests.wordpress_exports import SITE, blocks_of

UPLOADS = f"{SITE}/wp-content/uploads/2020/03"


def shown(image: str, *, caption: str = "", alt: str = "") -> dict[str, object]:
    return {"image": image, "caption": caption, "alt": alt, "is_decorative": False}


def quoted(text: str, *, speaker: str = "", source_url: str = "") -> dict[str, object]:
    return {"text": text, "speaker": speaker, "source": "", "source_url": source_url}


def table(*rows: list[str], head: bool = False, first: bool = False, caption: str = "") -> dict[str, object]:
    return {
        "data": list(rows),
        "first_row_is_table_header": head,
        "first_col_is_header": first,
        "table_caption": caption,
    }


def embedded(url: str, title: str = "") -> tuple[str, object]:
    return ("embed", {"url": url, "title": title})


PROSE = [
    ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
    ("<p>One</p><p><br></p><p>&nbsp;</p><p>two</p>", "<p>One</p><p>two</p>"),
    ("a <strong>b</strong> <em>c</em> <del>d</del> <kbd>e</kbd>", "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>"),
    ("H<sub>2</sub>O x<sup>2</sup>", "<p>H<sub>2</sub>O x<sup>2</sup></p>"),
    ("1 < 2 &amp; 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ('<a href="/about/">us</a>', '<p><a href="/about/">us</a></p>'),
    ('<a href="mailto:a@b.example">mail</a>', '<p><a href="mailto:a@b.example">mail</a></p>'),
    ('<a href="//c.example/x">c</a>', '<p><a href="https://c.example/x">c</a></p>'),
    ('<a name="top">Top</a>', "<p>Top</p>"),
    ("<q>Yes</q>", "<p>“Yes”</p>"),
    ("<div>One<div>two</div>three</div>", "<p>One</p><p>two</p><p>three</p>"),
    ("<p>Unclosed<p>paragraphs", "<p>Unclosed</p><p>paragraphs</p>"),
    ("<ul><li>a<ol><li>b</ol><li>c</ul>", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
    ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br><br>b</li></ul>"),
    ("Before<ul><li>a</li></ul>after", "<p>Before</p><ul><li>a</li></ul><p>after</p>"),
    ("https://news.example/story", '<p><a href="https://news.example/story">https://news.example/story</a></p>'),
    ("It is [sic] so [1]", "<p>It is [sic] so [1]</p>"),
    ("Write [[gallery]] for one", "<p>Write [gallery] for one</p>"),
]


@pytest.mark.parametrize(("content", "markup"), PROSE)
def test_prose_becomes_one_text_block(content: str, markup: str) -> None:
    assert blocks_of(content)[0] == [("text", markup)]


BLOCKS: list[tuple[str, list[tuple[str, object]]]] = [
    ("<h1>A <em>b</em></h1>", [("heading", {"text": "A b", "level": "2"})]),
    ("<h3>A</h3><h6>B</h6>", [("heading", {"text": "A", "level": "3"}), ("heading", {"text": "B", "level": "4"})]),
    ("<h2> </h2>", []),
    # Pictures: by address, by the name of a smaller copy, by number, out of the paragraph and the link they stand in.
    (f'<img src="{UPLOADS}/bridge.jpg" alt="Steel">', [("image", shown("11", alt="Steel"))]),
    (f'<img src="{UPLOADS}/bridge-300x200.jpg?w=300">', [("image", shown("11"))]),
    (f'<img src="https://i0.wp.com/{UPLOADS[8:]}/mayor.jpg">', [("image", shown("12"))]),
    ('<img src="https://moved.example/x.jpg" class="size-full wp-image-12">', [("image", shown("12"))]),
    (f'<img src="data:image/gif;base64,R0" data-src="{UPLOADS}/bridge.jpg">', [("image", shown("11"))]),
    (
        f'<p>Look <a href="{UPLOADS}/bridge.jpg"><img src="{UPLOADS}/bridge.jpg"></a> here</p>',
        [("text", "<p>Look</p>"), ("image", shown("11")), ("text", "<p>here</p>")],
    ),
    (
        '[caption id="attachment_11" width="300"]<a href="x"><img src="y.jpg"></a> The <b>bridge</b>[/caption]',
        [("image", shown("11", caption="The bridge"))],
    ),
    (
        f'<figure class="wp-block-image"><img src="{UPLOADS}/bridge.jpg"><figcaption>It</figcaption></figure>',
        [("image", shown("11", caption="It"))],
    ),
    (
        '<img src="https://far.example/x.jpg" alt="Far">',
        [("kept_html", '<p><a href="https://far.example/x.jpg" rel="noopener">Far</a></p>')],
    ),
    # Galleries.
    ('[gallery ids="12,11,99"]', [("gallery", {"title": "", "images": [shown("12"), shown("11")]})]),
    ("[gallery]", [("gallery", {"title": "", "images": [shown("12")]})]),
    (
        f'<figure class="wp-block-gallery"><ul><li><figure><img src="{UPLOADS}/bridge.jpg">'
        f'<figcaption>One</figcaption></figure></li><li><figure><img src="{UPLOADS}/mayor.jpg"></figure></li></ul>'
        "<figcaption>All</figcaption></figure>",
        [("gallery", {"title": "All", "images": [shown("11", caption="One"), shown("12")]})],
    ),
    # Quotes.
    (
        '<blockquote><p>We will.</p><p>Soon.</p><cite><a href="https://c.example/">The mayor</a></cite></blockquote>',
        [("quote", quoted("We will.\nSoon.", speaker="The mayor", source_url="https://c.example/"))],
    ),
    (
        '<figure class="wp-block-pullquote"><blockquote><p>Big.</p><cite>Bo</cite></blockquote></figure>',
        [("pull_quote", {"text": "Big.", "credit": "Bo"})],
    ),
    (
        '<blockquote class="twitter-tweet"><p>Hi</p><a href="https://twitter.com/a/status/1">day</a></blockquote>',
        [embedded("https://twitter.com/a/status/1", "Hi day")],
    ),
    (
        '<blockquote><p>See <a href="https://a.example/">a</a></p></blockquote>',
        [("kept_html", '<blockquote><p>See <a href="https://a.example/" rel="noopener">a</a></p></blockquote>')],
    ),
    # Tables.
    (
        "<table><caption>Votes</caption><thead><tr><th>A</th><th>B</th></tr></thead><tr><th>c</th><td>1</td></tr></table>",
        [("table", table(["A", "B"], ["c", "1"], head=True, first=True, caption="Votes"))],
    ),
    ("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", [("table", table(["a", ""], ["b", "c"]))]),
    (
        '<table><tr><td colspan="2">a</td></tr></table>',
        [("kept_html", '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>')],
    ),
    # Players.
    ("https://youtu.be/abcdefghijk", [embedded("https://youtu.be/abcdefghijk")]),
    (
        '<iframe src="//www.youtube.com/embed/abcdefghijk?start=9" title="Film"></iframe>',
        [embedded("https://www.youtube.com/watch?v=abcdefghijk&t=9", "Film")],
    ),
    ('[audio mp3="https://a.example/s.mp3"][/audio]', [embedded("https://a.example/s.mp3")]),
    ("[embed width=9]https://a.example/f[/embed]", [embedded("https://a.example/f")]),
    ("[youtube https://youtu.be/abc]", [embedded("https://youtu.be/abc")]),
    ('<video controls><source src="https://a.example/f.mp4"></video>', [embedded("https://a.example/f.mp4")]),
    # Words of an unknown shortcode stay; so does one that is nothing but itself.
    (
        '[wpdiscuz-feedback id="x" question="And you?" opened="0"]these words[/wpdiscuz-feedback]',
        [("text", "<p>these words</p>")],
    ),
    ('[contact-form-7 id="9"]', [("text", '<p>[contact-form-7 id="9"]</p>')]),
    # Kept as it was.
    ("<pre>a\n\n  b</pre>", [("kept_html", "<pre>a\n\n  b</pre>")]),
    ("<dl><dt>a</dt><dd>b</dd></dl>", [("kept_html", "<dl><dt>a</dt><dd>b</dd></dl>")]),
    # Nothing to show.
    ("", []),
    ("<hr><!--more-->", []),
]  # fmt: skip


@pytest.mark.parametrize(("content", "blocks"), BLOCKS)
def test_each_kind_of_html_finds_its_block(content: str, blocks: list[tuple[str, object]]) -> None:
    assert blocks_of(content)[0] == blocks


EDITOR: list[tuple[str, list[tuple[str, object]]]] = [
    ("<!-- wp:paragraph {\"a\":\"\\u002d\\u002d\"} -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->", [("text", "<p>a b</p>")]),
    (
        '<!-- wp:columns --><div class="x"><!-- wp:column --><div><!-- wp:paragraph --><p>a</p>'
        "<!-- /wp:paragraph --></div>"
        '<!-- /wp:column --><!-- wp:column --><div><!-- wp:heading --><h2>b</h2><!-- /wp:heading --></div>'
        "<!-- /wp:column --></div><!-- /wp:columns -->",
        [("text", "<p>a</p>"), ("heading", {"text": "b", "level": "2"})],
    ),
    (
        f'<!-- wp:cover {{"url":"{UPLOADS}/bridge.jpg","id":11}} --><div style="background-image:url(x)">'
        "<!-- wp:paragraph --><p>Over it</p><!-- /wp:paragraph --></div><!-- /wp:cover -->",
        [("image", shown("11")), ("text", "<p>Over it</p>")],
    ),
    (
        f'<!-- wp:media-text --><div><figure><img src="{UPLOADS}/mayor.jpg"></figure><div>'
        "<!-- wp:paragraph --><p>She</p><!-- /wp:paragraph --></div></div><!-- /wp:media-text -->",
        [("image", shown("12")), ("text", "<p>She</p>")],
    ),
    (
        '<!-- wp:buttons --><div><!-- wp:button --><div class="wp-block-button"><a href="https://a.example/">Go</a></div>'
        "<!-- /wp:button --></div><!-- /wp:buttons -->",
        [("text", '<p><a href="https://a.example/">Go</a></p>')],
    ),
    (
        '<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images"><!-- wp:image --><figure><img '
        f'src="{UPLOADS}/bridge.jpg"><figcaption>One</figcaption></figure><!-- /wp:image --></figure>'
        "<!-- /wp:gallery -->",
        [("gallery", {"title": "", "images": [shown("11", caption="One")]})],
    ),
    (
        '<!-- wp:embed {"url":"https://a.example/1"} --><figure class="wp-block-embed"><div>\nhttps://a.example/1\n</div>'
        "<figcaption>Seen</figcaption></figure><!-- /wp:embed -->",
        [embedded("https://a.example/1", "Seen")],
    ),
    ('<!-- wp:core-embed/twitter {"url":"https://a.example/1"} /-->', [embedded("https://a.example/1")]),
    (
        "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item --></ul><!-- /wp:list -->",
        [("text", "<ul><li>a</li></ul>")],
    ),
    ("<!-- wp:verse --><pre>a\nb</pre><!-- /wp:verse -->", [("text", "<p>a<br>b</p>")]),
    (
        "<!-- wp:code --><pre><code>[gallery]</code></pre><!-- /wp:code -->",
        [("kept_html", "<pre><code>[gallery]</code></pre>")],
    ),
    ('<!-- wp:block {"ref":31} /-->', [("text", "<p>Shared</p>")]),
    (
        '<!-- wp:social-link {"url":"https://a.example/","service":"mastodon"} /-->',
        [("text", '<p><a href="https://a.example/">Mastodon</a></p>')],
    ),
    ("<!-- wp:group --><div><p>never closed</p>", [("text", "<p>never closed</p>")]),
    ("<!-- /wp:group --><p>never opened</p>", [("text", "<p>never opened</p>")]),
    ("<!-- wp:latest-posts {\"x\":1} /--><!-- wp:search --><form>x</form><!-- /wp:search -->", []),
    # What an editor wrote between the parts of a page is the story's own.
    (
        "<!-- wp:comments --><div><!-- wp:post-comments-form /--><!-- wp:paragraph --><p>Be kind.</p>"
        "<!-- /wp:paragraph --></div><!-- /wp:comments -->",
        [("text", "<p>Be kind.</p>")],
    ),
    (
        "<!-- wp:query --><div><!-- wp:query-no-results --><!-- wp:paragraph --><p>Nothing found.</p>"
        "<!-- /wp:paragraph --><!-- /wp:query-no-results --></div><!-- /wp:query -->",
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "blocks"), EDITOR)
def test_blocks_of_the_block_editor_find_their_block(content: str, blocks: list[tuple[str, object]]) -> None:
    assert blocks_of(content, n31="<p>Shared</p>")[0] == blocks


@pytest.mark.parametrize(
    ("content", "counted"),
    [
        ("<p><u>a</u></p>", {"<u>": 1}),
        ("<marquee>a</marquee>", {"<marquee>": 1}),
        ("a<script>b()</script>", {"<script>, dropped": 1}),
        ("<hr>a", {"separator, dropped": 1}),
        ("a<!--more-->b<!--nextpage-->c<!-- note -->", {
            "<!--more-->, dropped": 1, "<!--nextpage-->, dropped": 1, "comment in the HTML, dropped": 1,
        }),
        ("<pre>a</pre>", {"<pre>": 1}),
        ('[wpdiscuz-feedback id="1"]a[/wpdiscuz-feedback]', {"shortcode wpdiscuz-feedback": 1}),
        ('[form id="1"]', {"shortcode form": 1}),
        ("[gallery ids=99]", {"gallery picture that is not in the file": 1, "shortcode gallery": 1}),
        ('<img src="https://far.example/x.jpg">', {"picture that is not in the file": 1}),
        ('<img src="https://far.example/x.gif" width="1">', {"tracking picture, dropped": 1}),
        (f'<a href="https://a.example/"><img src="{UPLOADS}/bridge.jpg"></a>', {"link around a picture": 1}),
        ('<a href="#note-1">1</a>', {"link inside the page": 1}),
        ('<ol start="4"><li>a</li></ol>', {"list with numbers of its own": 1}),
        ("<!-- wp:spacer --><div></div><!-- /wp:spacer -->", {"spacer, dropped": 1}),
        ("<!-- wp:latest-posts /-->", {"widget latest-posts, dropped": 1}),
        ("<!-- wp:acme/slider {\"x\":1} /-->", {"widget acme/slider, dropped": 1}),
        ('<!-- wp:block {"ref":404} /-->', {"pattern that is not in the file, dropped": 1}),
        ("<p>Only words</p>", {}),
    ],
)  # fmt: skip
def test_what_has_no_block_is_counted_by_its_name(content: str, counted: dict[str, int]) -> None:
    assert dict(blocks_of(content)[1]) == counted


def test_a_pattern_that_shows_itself_ends() -> None:
    blocks, kept = blocks_of('<!-- wp:block {"ref":31} /-->', n31='<p>a</p><!-- wp:block {"ref":31} /-->')

    assert blocks == [("text", "<p>a</p>" * 4)]
    assert kept == {"pattern that is not in the file, dropped": 1}


def test_a_picture_for_readers_without_scripts_is_not_shown_twice() -> None:
    late = f'<img data-src="{UPLOADS}/bridge.jpg"><noscript><img src="{UPLOADS}/bridge.jpg"></noscript>'

    assert blocks_of(late)[0] == [("image", shown("11"))]


def test_a_heading_too_long_for_its_block_stays_as_text() -> None:
    assert blocks_of(f"<h2>{'long ' * 50}</h2>")[0] == [("text", f"<p><b>{('long ' * 50).strip()}</b></p>")]
