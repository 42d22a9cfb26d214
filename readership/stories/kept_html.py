"""Pure: HTML that was not made by our own editor, reduced to what is safe to show (attacks A07, A10)."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

import nh3

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "u", "s", "del", "ins", "sub",
    "sup", "small", "mark", "abbr", "cite", "q", "dfn", "kbd", "samp", "var", "code", "pre", "time", "a",
    "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "th", "td", "div", "span", "address", "details", "summary", "bdi", "bdo", "wbr",
    "ruby", "rt", "rp",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
    "bdo": {"dir"},
    "*": {"lang", "dir"},
}


WEB = {"http", "https"}


def clean(html: str, *, schemes: frozenset[str] = frozenset({"http", "https", "mailto"})) -> str:
    """Only tags and attributes of the lists above; links to `schemes` and to addresses on this site."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=set(schemes),
        attribute_filter=_keep,
        link_rel="noopener",
    ).strip()


def web_address(address: str) -> str:
    """The address when it leads to the web by a scheme that it names; else "", which leads nowhere."""
    parts = _parts(address)
    return address.strip() if parts and parts.scheme in WEB and parts.hostname else ""


def host_of(address: str) -> str:
    parts = _parts(address)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _keep(_tag: str, name: str, value: str) -> str | None:
    if name != "href":
        return value
    parts = _parts(value)
    # `//host` takes the page's scheme and hides where it leads; browsers read `\\host` the same way (attack A08).
    hides_its_host = parts is None or (parts.netloc and not parts.scheme) or "\\" in value
    return None if hides_its_host else value
