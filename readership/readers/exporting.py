"""Everything that is held about one person, as JSON and as a page to read, in one zip.

In it: `everything.json` (a list of rows for each table, by the table's name), `everything.html`, and the files that
belong to the rows. Written row by row, so that memory holds one row and not a person's years.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.encoding import force_str

from readership.readers.holdings import Holding, Person, all_holdings

ROWS_AT_ONCE = 500
IN_MEMORY = 1_000_000  # bytes; beyond it the zip lies on the disk while it is made

# Of one row: the files that belong to it, as (name in the zip, content).
Files = Callable[[Model], Iterator[tuple[str, bytes]]]
_files_of: dict[str, Files] = {}


def files_of(model: str) -> Callable[[Files], Files]:
    """The function below yields the files that belong to a row of `model`, a holding's name."""

    def register(files: Files) -> Files:
        _files_of[model] = files
        return files

    return register


def counts(person: Person) -> list[tuple[Holding, int]]:
    """How many rows of each table are about them; tables with none are left out. One query for each table."""
    found = ((holding, holding.of(person).count()) for holding in all_holdings())
    return [(holding, count) for holding, count in found if count]


def everything(person: Person, *, now: datetime) -> IO[bytes]:
    """The zip, open at its beginning. Whoever gets it closes it."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed on
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("everything.json", "w", force_zip64=True) as part:
            for text in _as_json(person):
                part.write(text.encode())
        with archive.open("everything.html", "w", force_zip64=True) as part:
            for text in _as_page(person, now=now):
                part.write(text.encode())
        for name, content in _as_files(person):
            archive.writestr(name, content)
    file.seek(0)
    return file


def _rows(holding: Holding, person: Person) -> Iterator[Model]:
    yield from holding.of(person).order_by("pk").iterator(chunk_size=ROWS_AT_ONCE)


def _values(holding: Holding, row: Model) -> dict[str, Any]:
    """The fields as they are stored: what is chosen from a list by its stored word, what points elsewhere by number."""
    return {name: row._meta.get_field(name).value_from_object(row) for name in holding.shown}  # type: ignore[union-attr]


def _as_json(person: Person) -> Iterator[str]:
    yield "{"
    for place, holding in enumerate(all_holdings()):
        yield ("," if place else "") + f"\n{json.dumps(holding.model)}: ["
        for number, row in enumerate(_rows(holding, person)):
            yield ("," if number else "") + "\n  "
            yield json.dumps(_values(holding, row), cls=DjangoJSONEncoder, ensure_ascii=False)
        yield "]"
    yield "\n}\n"


def _as_page(person: Person, *, now: datetime) -> Iterator[str]:
    """One document: its head, a part for each table, its foot."""
    yield render_to_string(
        "readers/export/head.html", {"now": now, "address": person.address, "name": settings.SITE_NAME}
    )
    for holding in all_holdings():
        is_first = True
        for row in _rows(holding, person):
            if is_first:
                yield render_to_string("readers/export/title.html", {"holding": holding})
                is_first = False
            facts = [(_label(row, name), force_str(value)) for name, value in _values(holding, row).items() if value]
            yield render_to_string("readers/export/row.html", {"facts": facts})
    yield render_to_string("readers/export/foot.html")


def _label(row: Model, name: str) -> str:
    label = str(getattr(row._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _as_files(person: Person) -> Iterator[tuple[str, bytes]]:
    for holding in all_holdings():
        if files := _files_of.get(holding.model):
            for row in _rows(holding, person):
                yield from files(row)
