"""What the look promises: nothing inline, colours that can be read, elements that stay small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "website" / "static"
# A mail has no policy and no stylesheet of its own: its style goes along inside it.
TEMPLATES = [path for path in ROOT.rglob("templates/**/*.html") if not {"admin", "export", "mail"} & set(path.parts)]
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(src=|application/ld\+json))", re.IGNORECASE)
# Only the icons' own namespace and what editors typed may name another host; files of ours come from {% static %}.
OTHER_HOST = re.compile(r"""(?:src|srcset|href|action)=["']?(?:https?:)?//""", re.IGNORECASE)
COLOUR = re.compile(r"--(?P<name>[a-z-]+): light-dark\((?P<light>#[0-9a-f]+), (?P<dark>#[0-9a-f]+)\);")
# Foreground, background, the least contrast (WCAG 1.4.3 for text, 1.4.11 for edges and the meter).
PAIRS = [
    ("ink", "paper", 7.0),
    ("muted", "paper", 4.5),
    ("muted", "wash", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "wash", 4.5),
    ("on-accent", "accent", 4.5),
    ("warning", "paper", 4.5),
    ("warning", "wash", 4.5),
    ("money", "paper", 3.0),
    ("money", "hair", 3.0),
    ("edge", "paper", 3.0),
]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_holds_nothing_that_the_content_policy_refuses(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert INLINE.search(text) is None
    assert OTHER_HOST.search(text) is None


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = (ROOT / "website/templates/website/parts/icons.html").read_text(encoding="utf-8")
    used = {name for path in TEMPLATES for name in re.findall(r'<use href="#(icon-[a-z]+)"', path.read_text("utf-8"))}

    assert used == set(re.findall(r'<symbol id="(icon-[a-z]+)"', sprite))


@pytest.mark.parametrize("element", sorted((STATIC / "js/elements").glob("*.js")), ids=lambda path: path.name)
def test_an_element_is_small_shows_its_markup_and_makes_no_html_of_strings(element: Path) -> None:
    text = element.read_text(encoding="utf-8")

    assert text.startswith(f"/**\n * <{element.stem}")
    assert len(text.splitlines()) < 100
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write|eval\(", text)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_read_in_light_and_in_dark(front: str, back: str, least: float) -> None:
    for theme in ("light", "dark"):
        colours = dict(_colours(theme))
        assert _contrast(colours[front], colours[back]) >= least, theme


def _colours(theme: str) -> Iterator[tuple[str, str]]:
    for found in COLOUR.finditer((STATIC / "css/tokens.css").read_text(encoding="utf-8")):
        yield found["name"], found[theme]


def _contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == len("#rrggbb") else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
