"""Where static files are kept once collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from readership.website.bundling import Read, joined_script, joined_style


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, so that browsers keep files for ever; our parts are joined into one file."""

    # Admin code of libraries names source maps that they do not ship; that must not stop the build.
    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self._join(paths, "css/site.css", joined_style)
            self._join(paths, "js/site.js", joined_script)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, paths: dict[str, Any], entry: str, join: Callable[[str, Read], str]) -> None:
        """Write the joined file over the copied entry, and let the hashing read that one."""
        folder, name = entry.split("/", 1)

        def read(part: str) -> str:
            storage, path = paths[f"{folder}/{part}"]
            with storage.open(path) as file:
                return str(file.read().decode())

        Path(self.path(entry)).write_text(join(read(name), read), encoding="utf-8")
        paths[entry] = (self, entry)
