"""The console command, as a person meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def readership(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from readership.config.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "READERSHIP_HOME": str(home)},
    )


def test_alone_it_lists_what_it_can(tmp_path: Path) -> None:
    said = readership(home=tmp_path)

    assert said.returncode == 0
    for verb in ("init", "demo", "serve", "import", "audit", "check", "manage"):
        assert f"readership {verb}" in said.stdout


def test_an_unknown_verb_is_one_sentence(tmp_path: Path) -> None:
    said = readership("publish", home=tmp_path)

    assert said.returncode == 1
    assert said.stderr.strip() == "readership: there is no command “publish”. `readership` alone lists them."


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--url", "news.example.org", "is not an address"),
        ("--language", "xx", "is not one of our languages"),
        ("--currency", "euro", "is not a currency"),
    ],
)
def test_init_refuses_what_makes_no_sense(tmp_path: Path, option: str, value: str, sentence: str) -> None:
    said = readership("init", "--no-input", option, value, home=tmp_path)

    assert said.returncode != 0
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "readership.sqlite3").exists()
