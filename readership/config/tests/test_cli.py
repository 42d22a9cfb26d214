"""The console command, as a person meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def readership(*arguments: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from readership.config.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "READERSHIP_HOME": str(home), **settings},
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


MISTAKES = [
    ("import", 2, "readership import: the following arguments are required: kind, FILE. "),
    ("import word x", 2, "readership import: argument kind: invalid choice: 'word'"),
    ("import wordpress /no/such.xml", 1, "readership import: There is no file /no/such.xml."),
    ("audit", 1, "readership audit: The ledger cannot be read: "),
    ("audit --loud", 2, "readership audit: unrecognized arguments: --loud. `readership audit --help` says"),
    ("serve", 1, "readership serve: The database lacks "),
    ("serve --port 99999", 2, "readership serve: argument --port: “99999” is not a port: choose a number from 1 to"),
    ("demo --port x --no-serve", 2, "readership demo: argument --port: “x” is not a port"),
    ("manage nonsense", 1, "readership manage: there is no command “nonsense”. `readership manage help` lists them."),
    ("manage migrate nonsense", 1, "readership manage migrate: No installed app with label 'nonsense'."),
    ("manage mark_agreed", 1, "readership manage mark_agreed: The database does not do that: "),
]


@pytest.mark.parametrize(("line", "code", "sentence"), MISTAKES, ids=[line for line, _code, _sentence in MISTAKES])
def test_whatever_goes_wrong_is_one_sentence_without_the_name_of_a_class(
    tmp_path: Path, line: str, code: int, sentence: str
) -> None:
    said = readership(*line.split(), home=tmp_path, READERSHIP_LOG_LEVEL="CRITICAL")

    assert said.returncode == code
    assert said.stderr.startswith(sentence)
    assert said.stderr.count("\n") == 1
    for word in ("Traceback", "CommandError", "import_site", "usage:"):
        assert word not in said.stderr


@pytest.mark.parametrize("verb", ["check", "manage", "manage check"])
def test_a_setting_that_is_wrong_is_named_in_one_sentence(tmp_path: Path, verb: str) -> None:
    said = readership(*verb.split(), home=tmp_path, READERSHIP_TRUSTED_PROXY_HOPS="many")

    if verb == "manage":
        assert said.returncode == 0  # Django's list of commands, which needs no settings.
        return
    assert said.returncode == 1
    assert said.stderr == f"readership {verb}: READERSHIP_TRUSTED_PROXY_HOPS must be a whole number, not “many”.\n"


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    said = readership("check", home=tmp_path / "file" / "home")

    assert (said.returncode, said.stderr) == (1, f"readership check: {tmp_path}/file/home: Not a directory.\n")


def test_what_nobody_foresaw_is_one_sentence_and_shows_where_when_asked(tmp_path: Path) -> None:
    line = ["manage", "shell", "--no-imports", "--command", "1/0"]

    short, long = readership(*line, home=tmp_path), readership(*line, "--traceback", home=tmp_path)

    assert short.returncode == long.returncode == 1
    assert "should not have happened: ZeroDivisionError: division by zero. --traceback shows where." in short.stderr
    assert short.stderr.count("\n") == 1
    assert "Traceback (most recent call last)" in long.stderr


def test_the_checks_list_what_is_wrong_and_fail(tmp_path: Path) -> None:
    said = readership("check", home=tmp_path, READERSHIP_SECRET_KEY="changeme")

    assert said.returncode == 1
    assert "The secret key is one that others know or could guess." in said.stderr
    assert "SystemCheckError" not in said.stderr
