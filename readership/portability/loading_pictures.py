"""Pictures of an older site come into the library: from a folder, or from where a record says that they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from readership.portability.errors import RecordLeftOut, RecordRefused
from readership.portability.loading_items import Load, Notes
from readership.portability.records import PictureRecord
from readership.stories.models import NewsImage

FORMATS = ["AVIF", "GIF", "JPEG", "PNG", "WEBP"]
# Where a picture's file is on this machine, or None.
Finder = Callable[[PictureRecord], Path | None]


def nowhere(record: PictureRecord) -> Path | None:
    return record.path


def folder(root: Path) -> Finder:
    """Files of a copy of the old site's pictures: by the longest end of their address that the folder has."""
    root = root.resolve()

    def find(record: PictureRecord) -> Path | None:
        if record.path:
            return record.path
        parts = [part for part in unquote(urlsplit(record.url).path).split("/") if part not in {"", ".", ".."}]
        ends = (root.joinpath(*parts[start:]) for start in range(len(parts)))
        return next((path for path in ends if path.is_file() and path.resolve().is_relative_to(root)), None)

    return find


@dataclass
class Library:
    """Finds each picture's file before the transaction that stores it begins: fetching one may take minutes."""

    find: Finder
    _found: dict[str, Path | RecordRefused | None] = field(default_factory=dict)

    def found_first(self, load: Load, records: Iterable[PictureRecord]) -> Iterator[PictureRecord]:
        for record in records:
            if load.pk("picture", record.source_id) is None:
                self._found[record.source_id] = self._look_for(record)
            yield record

    def _look_for(self, record: PictureRecord) -> Path | RecordRefused | None:
        try:
            return self.find(record)
        except RecordRefused as refusal:
            return refusal

    def make(self, load: Load, record: PictureRecord, _notes: Notes) -> NewsImage:
        try:
            return self._make(load, record)
        except (RecordLeftOut, RecordRefused):
            load.left_pictures[record.source_id] = record
            raise

    def _make(self, load: Load, record: PictureRecord) -> NewsImage:
        path = self._found.pop(record.source_id)
        if isinstance(path, RecordRefused):
            raise path
        if path is None or not path.is_file():
            raise RecordLeftOut(_("Its file was not given: --media names the folder of the old site’s pictures."))
        picture = _picture(record, path)
        return _pretend(picture, path) if load.is_dry_run else _store(picture, path)


def _picture(record: PictureRecord, path: Path) -> NewsImage:
    width, height = checked_size(path)
    return NewsImage(
        title=(record.title or path.stem)[:255],
        alt=record.alt[:400],
        caption=record.caption[:400],
        credit=record.credit[:200],
        licence=record.licence[:120],
        width=width,
        height=height,
    )


def _store(picture: NewsImage, path: Path) -> NewsImage:
    with path.open("rb") as file:
        picture.file = File(file, name=path.name)
        picture.save()
    return picture


def _pretend(picture: NewsImage, path: Path) -> NewsImage:
    """A row for what comes after it in a dry run, without a copy of the file."""
    picture.file.name = picture.get_upload_to(path.name)
    NewsImage.objects.bulk_create([picture])
    return picture


def checked_size(path: Path) -> tuple[int, int]:
    """Width and height. Raises RecordRefused for what is no picture, is broken, or would fill the memory."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            size = image.size
            if size[0] * size[1] > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise RecordRefused(_("It has more than 40 million pixels."))
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise RecordRefused(_("Its file is no picture that can be shown.")) from None
    return size
