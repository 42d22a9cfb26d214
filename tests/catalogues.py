"""The sentences of the product and their translations: found in the source, written into the catalogues, compiled.

Without GNU gettext, which a fresh machine lacks: Django turns a template into something like Python, Babel reads that.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "readership" / "locale"
# English is what the source says.
LANGUAGES = ("ar", "de", "es", "fr", "ru")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml"}
FIRST_DAY = datetime(2026, 11, 25, tzinfo=UTC)
PLACE = re.compile(r"%\(\w+\)[a-z]|%%|%[a-z]|\{\w*\}")


def source() -> Catalog:
    """Every sentence in the source, with the files it stands in."""
    catalog = Catalog(project="Readership", fuzzy=False)
    for file in _files():
        for _line, message, _comments, context in extract("python", io.BytesIO(_as_python(file)), keywords=KEYWORDS):
            place = [(file.relative_to(ROOT).as_posix(), 0)]
            catalog.add(message, locations=place, context=context)
    return catalog


def catalogue(language: str) -> Catalog:
    with _po(language).open("rb") as file:
        return read_po(file, locale=language, domain="django")


def update(language: str, sentences: Catalog) -> None:
    """New sentences come in without a translation, those that the source no longer says go out. Nothing is guessed."""
    known = (
        catalogue(language) if _po(language).exists() else Catalog(locale=language, project="Readership", version="0.1")
    )
    known.update(sentences, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    _po(language).parent.mkdir(parents=True, exist_ok=True)
    write(language, known)


def write(language: str, known: Catalog) -> None:
    # Without the day on which a program was run: a catalogue changes when a sentence does.
    known.creation_date = known.revision_date = FIRST_DAY
    known.header_comment = f"# The sentences of Readership, {known.locale.english_name if known.locale else language}."
    known.last_translator = known.language_team = ""
    with _po(language).open("wb") as file:
        write_po(file, known, width=100, sort_by_file=True, include_lineno=False, omit_header=False)


def compiled(language: str) -> bytes:
    made, known = io.BytesIO(), catalogue(language)
    # What is half translated is not: gettext would show nothing in its place.
    for message in list(known):
        if message.id and not all(_strings(message)):
            known.delete(message.id if isinstance(message.id, str) else message.id[0], message.context)
    write_mo(made, known)
    return made.getvalue()


def mo(language: str) -> Path:
    return _po(language).with_suffix(".mo")


def untranslated(language: str, sentences: Catalog) -> Iterator[str]:
    """Sentences that have no translation, or one that lost or invented a place for a value."""
    known = catalogue(language)
    for message in sentences:
        if message.id and (fault := fault_of(message, known)):
            yield f"{message.id!r}: {fault}"


def fault_of(message: Message, known: Catalog) -> str:
    """What is wrong with its translation in `known`; nothing: ""."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    translation = known.get(ids[0], message.context)
    if translation is None:
        return "is not in the catalogue"
    said = _strings(translation)
    forms = 1 if len(ids) == 1 else known.num_plurals
    if isinstance(message.id, str) != isinstance(translation.id, str) or len(said) != forms:
        return f"has {len(said)} forms"
    if translation.fuzzy or not all(said):
        return "is not translated"
    allowed = set(PLACE.findall(ids[-1])) | set(PLACE.findall(ids[0]))
    for one in said:
        # One, two or zero may be said in a word; nothing else may be left out, and nothing added.
        if not set(PLACE.findall(one)) <= allowed or (len(ids) == 1 and set(PLACE.findall(one)) != allowed):
            return f"has other places for values: {one!r}"
    return ""


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def _files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "readership"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(listed.stdout.splitlines()):
        file = ROOT / name
        is_ours = file.suffix == ".py" or (file.suffix in TEMPLATES and "templates" in file.parts)
        if is_ours and "tests" not in file.parts and file.exists():
            yield file


def _as_python(file: Path) -> bytes:
    if file.suffix == ".py":
        return file.read_bytes()
    lines = templatize(file.read_text(encoding="utf-8"), origin=str(file)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()
