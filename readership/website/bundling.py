"""Pure: one stylesheet and one script are served, though each part is written in its own file.

A story page may cost six requests. `css/site.css` and `js/site.js` list their parts; these functions put the parts in
their places, when static files are collected.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Read = Callable[[str], str]
STYLE_IMPORT = re.compile(r'^@import "(?P<file>[^"]+)" layer\((?P<layer>[a-z]+)\);$', re.M)
SCRIPT_IMPORT = re.compile(r'^import "\./(?P<file>[^"]+)";$', re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def joined_style(entry: str, read: Read) -> str:
    """`entry` with each `@import "x.css" layer(y);` replaced by `@layer y { … }`. `read` takes the name after css/."""
    joined = STYLE_IMPORT.sub(lambda found: f"@layer {found['layer']} {{\n{read(found['file'])}}}", entry)
    return COMMENT.sub("", joined)


def joined_script(entry: str, read: Read) -> str:
    """`entry` with each `import "./x.js";` replaced by the file in a block of its own, so that names do not meet."""
    joined = SCRIPT_IMPORT.sub(lambda found: f"{{\n{read(found['file'])}}}", entry)
    return COMMENT.sub("", joined)
