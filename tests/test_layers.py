"""What the import linter cannot see points down too: foreign keys named in strings, and tags that templates load.

The order of the apps is read from the linter's own contract, so that there is one list to keep.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[1]
PRODUCT = ROOT / "readership"
LOAD = re.compile(r"{%\s*load\s+([^%]*?)\s*%}")
INCLUDE = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")
# A newsroom's own page around everything: lower apps say what stands in it, website says how it looks.
FRAMES = {"base.html", "website/message.html", "website/support.html"}


def _levels() -> dict[str, int]:
    """App → its place from the top, 0 first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    order = next(contract for contract in contracts if contract["containers"] == ["readership"])["layers"]
    return {app.strip(" ()"): level for level, line in enumerate(order) for app in re.split(r"[|:]", line)}


LEVELS = _levels()


def _points_up(above: str, below: str) -> bool:
    """Whether `above` may not know `below`: it is not lower, and not the same app."""
    return {above, below} <= LEVELS.keys() and above != below and LEVELS[above] >= LEVELS[below]


def _relations() -> Iterator[tuple[str, str, str]]:
    """(app, app it points to, both in words) for every foreign key and many-to-many of the product."""
    for model in apps.get_models():
        for field in (*model._meta.get_fields(), *model._meta.local_many_to_many):
            related = field.related_model
            if isinstance(field, models.Field) and isinstance(related, type) and issubclass(related, models.Model):
                words = f"{model._meta.label}.{field.name} -> {related._meta.label}"
                yield model._meta.app_label, related._meta.app_label, words


def test_every_app_has_its_place() -> None:
    ours = {config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("readership.")}

    assert ours - LEVELS.keys() == set()
    assert len(LEVELS) >= 9


def test_foreign_keys_point_downwards() -> None:
    relations = list(_relations())

    assert [words for above, below, words in relations if _points_up(above, below)] == []
    assert any(above == "discussion" and below == "readers" for above, below, _words in relations)


def _templates() -> Iterator[tuple[str, Path, str]]:
    for file in sorted(PRODUCT.glob("*/templates/**/*.html")):
        yield file.relative_to(PRODUCT).parts[0], file, file.read_text(encoding="utf-8")


def test_templates_load_tags_from_below_only() -> None:
    upward = [
        f"{file.relative_to(PRODUCT)} loads {library}"
        for app, file, text in _templates()
        for found in LOAD.findall(text)
        for library in found.split()
        if _points_up(app, library)
    ]

    assert upward == []


def test_templates_include_parts_from_below_only() -> None:
    upward = [
        f"{file.relative_to(PRODUCT)} includes {part}"
        for app, file, text in _templates()
        for part in INCLUDE.findall(text)
        if part not in FRAMES and _points_up(app, part.split("/")[0])
    ]

    assert upward == []


def test_the_guard_knows_the_way_up() -> None:
    assert _points_up("stories", "discussion")
    assert _points_up("discussion", "funding")
    assert not _points_up("website", "stories")
    assert not _points_up("stories", "wagtailcore_tags")
