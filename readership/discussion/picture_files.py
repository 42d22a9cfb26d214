"""The files of pictures: under `comments/` of the media, where nothing is served from. Views hand them out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from readership.discussion.models import Picture
from readership.lib.redrawing import Redrawn

FOLDER = "comments"
# A file without a row is one that a post under way may still get, or one that nobody wants.
STRAY_AFTER = timedelta(hours=6)


class Size(StrEnum):
    FULL = "full"
    SMALL = "small"


def new_name() -> str:
    return secrets.token_hex(16)


def write_files(name: str, drawn: Redrawn) -> None:
    for size, content in ((Size.FULL, drawn.full), (Size.SMALL, drawn.small)):
        _sync(default_storage.save(_path(name, size), ContentFile(content)))


def read_file(name: str, size: Size) -> bytes | None:
    """None when it is lost."""
    try:
        with default_storage.open(_path(name, size)) as file:
            content: bytes = file.read()
            return content
    except OSError:
        return None


def delete_files(name: str) -> None:
    for size in Size:
        default_storage.delete(_path(name, size))


def forget_strays(*, now: datetime) -> int:
    """Delete files that belong to no picture. Returns of how many pictures."""
    old = now - STRAY_AFTER
    count = 0
    for names in _stored_names():
        known = set(Picture.objects.filter(name__in=names).values_list("name", flat=True))
        strays = [name for name in names - known if _is_older(name, old)]
        for name in strays:
            delete_files(name)
        count += len(strays)
    return count


def _path(name: str, size: Size) -> str:
    # In many folders: one with a million files is slow to list.
    return f"{FOLDER}/{name[:2]}/{name}.{size}.webp"


def _stored_names() -> Iterator[set[str]]:
    """Folder by folder."""
    try:
        folders, _files = default_storage.listdir(FOLDER)
    except OSError:
        return
    for folder in folders:
        _folders, files = default_storage.listdir(f"{FOLDER}/{folder}")
        yield {file.partition(".")[0] for file in files}


def _is_older(name: str, moment: datetime) -> bool:
    paths = [_path(name, size) for size in Size]
    return all(default_storage.get_modified_time(path) < moment for path in paths if default_storage.exists(path))


def _sync(path: str) -> None:
    """To the disk, as the row will be: what was answered with success outlives a power cut."""
    try:
        file = Path(default_storage.path(path))
    except NotImplementedError:
        return  # A store elsewhere answers when it has it.
    for place in (file, file.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
