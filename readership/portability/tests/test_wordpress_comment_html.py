"""What old comments say in HTML that ours may not hold is still said, and still in words of its own."""

from __future__ import annotations

import pytest

from readership.discussion.rendering import clean_html
from readership.portability.sources.wordpress_comment_html import comment_html

SEEN = [
    ("<h2>Bread</h2>\nand salt", "<p><strong>Bread</strong></p><p>and salt</p>"),
    (
        "<table>\n\n<tbody>\n<tr>\n<th>Who</th>\n<th>What</th>\n</tr>\n\n<tr><td>Bo</td><td>Salt</td></tr>\n</tbody></table>",
        "<p>Who · What<br>Bo · Salt</p>",
    ),
    ("<dl><dt>Quay</dt><dd>Where ships lie.</dd></dl>", "<p>Quay<br>Where ships lie.</p>"),
    ("<div>One</div><div>two</div>", "<p>One</p><p>two</p>"),
    (
        "Fruit:\n<ul>\n\t<li>Pear</li>\n\n\t<li>Plum\nand\n<ol>\n<li>Fig</li>\n</ol>\n</li>\n</ul>\nDone",
        "<p>Fruit:</p><ul><li>Pear</li><li>Plum and<ol><li>Fig</li></ol></li></ul><p>Done</p>",
    ),
    ("<blockquote>One\n\ntwo</blockquote>\nthree", "<blockquote><p>One</p><p>two</p></blockquote><p>three</p>"),
    ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
    ("1 < 2 and\n\n3 > 2", "<p>1 &lt; 2 and</p><p>3 &gt; 2</p>"),
]


@pytest.mark.parametrize(("text", "shown"), SEEN)
def test_words_stay_apart_without_their_tags(text: str, shown: str) -> None:
    assert clean_html(comment_html(text)) == shown


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        (
            '<img src="https://a.example/pier.jpg" alt="The &lt;pier&gt;">',
            'pier.jpg" rel="nofollow ugc noopener noreferrer">The &lt;pier&gt;</a>',
        ),
        ("<img src='https://a.example/pier.jpg' />", ">https://a.example/pier.jpg</a>"),
        ('<iframe src="//film.example/7"></iframe>', ">https://film.example/7</a>"),
    ],
)
def test_what_a_comment_showed_from_elsewhere_becomes_a_link(text: str, linked: str) -> None:
    assert linked in clean_html(comment_html(text))


def test_a_picture_with_an_address_that_acts_leaves_only_its_words() -> None:
    assert clean_html(comment_html('<img src="javascript:alert(1)" alt="Pier">')) == "<p>Pier</p>"
