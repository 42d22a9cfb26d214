"""The tables of an empty newsroom, made once and copied, because all migrations together take fifteen seconds.

Kept beside other temporary files under a name that changes with every migration and every library, so the next run
finds them too; a run that finds none makes them while the other processes of the run wait.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KEPT = 3
MIGRATE = [
    sys.executable,
    "-c",
    "from readership.config.cli import main; main()",
    "manage",
    "migrate",
    "--verbosity",
    "0",
]


def database() -> Path:
    """The file to copy."""
    folder = Path(tempfile.gettempdir()) / f"readership-prepared-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{_key()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            _make(file)
            _forget_old(folder)
    return file


def copy_database(to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database(), to)


def _key() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted([*ROOT.glob("requirements/*.txt"), *ROOT.glob("readership/*/migrations/*.py")]):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    digest.update((ROOT / "readership" / "config" / "settings.py").read_bytes())
    return digest.hexdigest()[:20]


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("READERSHIP_")}
        surroundings = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "readership.config.settings",
            "PYTHONPATH": str(ROOT),
            "READERSHIP_HOME": home,
        }
        subprocess.run(MIGRATE, env=surroundings, check=True)
        # Whole or not at all: a copy that was broken off must not be found by the next run.
        part = file.with_suffix(".part")
        shutil.copyfile(Path(home) / "readership.sqlite3", part)
        part.rename(file)


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        file.unlink()
