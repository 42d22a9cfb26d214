"""Static files and the pictures of the stories, without Django.

Files are sent whole, so that a slow reader holds no thread of ours. Of the media only renditions are public:
originals may carry the place where they were taken, documents have a view that asks who may read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise
from whitenoise.responders import MissingFileError, StaticFile

from readership.config.serving.answers import NOTHING_MAY_RUN, refuse, with_safety
from readership.pagecache.front import Application, Environ, StartResponse

STATIC = "/static/"
MEDIA = "/media/"
MEDIA_SHOWN = ("images/", "avatars/")
# Whatever else lies there is downloaded, never shown: HTML or SVG in our own name could act as its reader.
SHOWN_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Names made by collectstatic carry a hash of the content.
HASHED_NAME = r"\.[0-9a-f]{12}\.\w+$"
A_DAY = 86_400


class Files:
    def __init__(self, application: Application, *, static_root: Path, media_root: Path) -> None:
        self._application = application
        self._media_root = media_root.resolve()
        self._static = WhiteNoise(_not_found, max_age=60, allow_all_origins=False, immutable_file_test=HASHED_NAME)
        if static_root.is_dir():
            self._static.add_files(static_root, prefix=STATIC)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(STATIC):
            return _whole(self._static, environ, start_response)
        if path.startswith(MEDIA):
            return _whole(self._media, environ, start_response)
        return self._application(environ, start_response)

    def _media(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        file = self._media_file(environ["PATH_INFO"].removeprefix(MEDIA))
        if file is None:
            return _not_found(environ, start_response)
        try:
            answer = StaticFile(str(file), _media_headers(file.suffix.lower()))
        except (MissingFileError, OSError):
            return _not_found(environ, start_response)
        response = answer.get_response(environ["REQUEST_METHOD"], environ)
        start_response(f"{response.status} {response.status.phrase}", list(response.headers))
        return response.file or []

    def _media_file(self, written: str) -> Path | None:
        """The file a path means; None for whatever leads out of the folders that are shown."""
        # WSGI hands over bytes as if they were Latin-1.
        name = written.encode("latin-1").decode("utf-8", "replace")
        if not name.startswith(MEDIA_SHOWN) or "\0" in name or "\\" in name or ".." in name.split("/"):
            return None
        file = (self._media_root / name).resolve()
        return file if file.is_file() and file.is_relative_to(self._media_root) else None


def _media_headers(suffix: str) -> list[tuple[str, str]]:
    shown = SHOWN_TYPES.get(suffix)
    return [
        ("Content-Type", shown or "application/octet-stream"),
        ("Content-Disposition", "inline" if shown else "attachment"),
        ("Content-Security-Policy", NOTHING_MAY_RUN),
        ("Cache-Control", f"public, max-age={A_DAY}"),
    ]


def _whole(application: Any, environ: Environ, start_response: StartResponse) -> list[bytes]:
    """The answer as one list, with the safety headers."""
    chunks = application(environ, lambda status, headers: start_response(status, with_safety(list(headers))))
    try:
        return [b"".join(chunks)]
    finally:
        if hasattr(chunks, "close"):
            chunks.close()


def _not_found(_environ: Environ, start_response: StartResponse) -> list[bytes]:
    return refuse(start_response, "404 Not Found", "There is no such file.")
