"""Pure: `[shortcodes]` in a story, written out as the HTML that the block editor would have made of them."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from readership.portability.sources.wordpress_pictures import PictureIndex
from readership.portability.sources.wordpress_words import web_address

CODE = re.compile(r"(\[?)\[(/?)([A-Za-z][A-Za-z0-9_-]{0,60})((?:[\s=:][^\[\]]*)?)\](\]?)")
SETTING = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
CAPTIONED = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
# Where a player keeps its address, in the order WordPress looks.
ADDRESSES = ("src", "mp4", "m4v", "webm", "ogv", "mov", "flv", "mp3", "m4a", "ogg", "wav", "url", "link", "")
PLAYERS = {
    "embed", "audio", "video", "youtube", "vimeo", "dailymotion", "ted", "soundcloud", "tweet", "instagram",
    "facebook", "googlevideo", "wpvideo", "videopress", "slideshare", "googlemaps", "spotify", "tiktok",
    "reddit", "flickr", "iframe",
}  # fmt: skip
CAPTIONS = {"caption", "wp_caption"}
LISTINGS = {"code", "sourcecode", "php", "css", "html", "javascript", "python"}
MAX_DEPTH = 6


@dataclass(frozen=True)
class Shortcode:
    name: str
    settings: dict[str, str]
    inner: str | None
    text: str


@dataclass(frozen=True)
class ShortcodeWriter:
    pictures: PictureIndex
    story_id: str
    kept: Counter[str]

    def expand(self, text: str, depth: int = 0) -> str:
        if "[" not in text or depth > MAX_DEPTH:
            return text
        marks = list(CODE.finditer(text))
        ends = _ends(marks)
        written: list[str] = []
        at = 0
        for mark in marks:
            if mark.start() < at:
                continue
            written.append(text[at : mark.start()])
            piece, at = self._one(text, mark, ends, depth)
            written.append(piece)
        return "".join([*written, text[at:]])

    def _one(self, text: str, mark: re.Match[str], ends: _Ends, depth: int) -> tuple[str, int]:
        before, slash, name, rest, after = mark.groups()
        if before and after:
            return mark[0][1:-1], mark.end()
        if slash:
            return mark[0], mark.end()
        end = None if rest.endswith("/") else ends.after(name, mark.end())
        begins, stops = mark.end() - len(after), mark.end() - len(after)
        inner = None
        if end is not None:
            inner, stops = text[begins : end.start()], end.end()
        code = Shortcode(name.lower(), _settings(rest), inner, text[mark.start() + len(before) : stops])
        return before + self._write(code, depth), stops

    def _write(self, code: Shortcode, depth: int) -> str:
        makers: dict[str, Callable[[Shortcode], str]] = {
            **dict.fromkeys(CAPTIONS, _caption),
            **dict.fromkeys(PLAYERS, self._player),
            "gallery": self._gallery,
        }
        if code.name in LISTINGS and code.inner is not None:
            return f"<pre>{code.inner}</pre>"
        made = makers[code.name](code) if code.name in makers else ""
        return made or self._words(code, depth)

    def _words(self, code: Shortcode, depth: int) -> str:
        """One we do not know: the words it encloses, or itself, as WordPress shows it without its extension."""
        if code.inner is None and not code.settings:
            return code.text  # `[sic]` and `[…]` are just text.
        self.kept[f"shortcode {code.name}"] += 1
        return code.text if code.inner is None else self.expand(code.inner, depth + 1)

    def _player(self, code: Shortcode) -> str:
        inner = re.sub(r"<[^>]*>", " ", code.inner or "").strip()
        candidates = [inner, *(code.settings.get(name, "") for name in ADDRESSES)]
        address = next((found for candidate in candidates if (found := web_address(candidate))), "")
        return f'<figure class="wp-block-embed"><div>{html.escape(address)}</div></figure>' if address else ""

    def _gallery(self, code: Shortcode) -> str:
        chosen = code.settings.get("ids") or code.settings.get("include")
        if chosen:
            ids = re.findall(r"\d+", chosen)
        else:
            hidden = set(re.findall(r"\d+", code.settings.get("exclude", "")))
            ids = [one for one in self.pictures.of_story(code.settings.get("id", self.story_id)) if one not in hidden]
        known = [one for one in ids if self.pictures.known(one)]
        self.kept["gallery picture that is not in the file"] += len(ids) - len(known)
        return f'<figure class="wp-block-gallery" data-ids="{",".join(known)}"></figure>' if known else ""


def _caption(code: Shortcode) -> str:
    found = CAPTIONED.fullmatch(code.inner or "")
    if found is None:
        return ""
    words = found[2].strip() or html.escape(code.settings.get("caption", ""))
    number = "".join(re.findall(r"\d+", code.settings.get("id", ""))[:1])
    return f'<figure data-id="{number}">{found[1]}<figcaption>{words}</figcaption></figure>'


@dataclass(frozen=True)
class _Ends:
    """The closing marks by name, so that finding the next one does not read the text again."""

    marks: dict[str, list[re.Match[str]]]
    starts: dict[str, list[int]]
    openings: dict[str, list[int]]

    def after(self, name: str, position: int) -> re.Match[str] | None:
        """The next end of `name`, unless another one of that name begins before it."""
        index = bisect_right(self.starts.get(name, []), position - 1)
        if index == len(self.starts.get(name, [])):
            return None
        end = self.marks[name][index]
        following = bisect_right(self.openings[name], position - 1)
        opens_before = following < len(self.openings[name]) and self.openings[name][following] < end.start()
        return None if opens_before else end


def _ends(marks: list[re.Match[str]]) -> _Ends:
    ends = _Ends({}, {}, defaultdict(list))
    for mark in marks:
        if mark[2]:
            ends.marks.setdefault(mark[3], []).append(mark)
            ends.starts.setdefault(mark[3], []).append(mark.start())
        else:
            ends.openings[mark[3]].append(mark.start())
    return ends


def _settings(text: str) -> dict[str, str]:
    """`name="value"` pairs; a first value without a name (`[youtube https://…]`) stands under the empty name."""
    settings: dict[str, str] = {}
    for name, double, single, bare, quoted, word in SETTING.findall(text.strip().removesuffix("/").lstrip("=:")):
        value = double or single or bare or quoted or word
        settings.setdefault(name.lower(), html.unescape(value))
    return settings
