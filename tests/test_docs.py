"""What the documents say is there, is there: settings, commands, links, packages.

And no file of the project names a registry or a place of one machine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands

from readership.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
READERS_OF_SETTINGS = {"text", "flag", "number", "one_of", "words"}
PARTS_OF_A_RECORD = ("Context", "Decision", "Consequences")
# In pieces, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js", "registry." + "yarnpkg"]
# A folder at the root of one machine; `https://news.example.org/work/` is an address.
MACHINE_PATH = re.compile(r"(?<![\w.>-])/(?:work|root)/")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project: all but what .gitignore names."""
    ignored = [".git/", *(ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    folders = [pattern.rstrip("/") for pattern in ignored if pattern.endswith("/")]
    waiting = [ROOT]
    while waiting:
        for path in waiting.pop().iterdir():
            if any(fnmatch(path.name, folder) for folder in folders):
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                yield path


def documents() -> list[Path]:
    return sorted(path for path in project_files() if path.suffix == ".md" and _is_a_document(path))


def _is_a_document(path: Path) -> bool:
    # Stories of the demo newsroom are Markdown too, but no documents.
    return path.parent == ROOT or ROOT / "docs" in path.parents


def settings_read() -> dict[str, object]:
    """Every environment variable that the settings read → its default, or None when that is worked out."""
    found: dict[str, object] = {}
    for file in (ROOT / "readership" / "config").rglob("*.py"):
        if "tests" not in file.parts:
            found.update(_read_in(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def _read_in(tree: ast.Module) -> Iterator[tuple[str, object]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function, name = node.func, node.args[0]
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if called in READERS_OF_SETTINGS and isinstance(name, ast.Constant) and str(name.value).isupper():
            yield str(name.value), _default(called, node.args[1:])


def _default(called: str, rest: list[ast.expr]) -> object:
    if not rest:
        return {"flag": False, "words": ""}.get(called)
    return rest[0].value if isinstance(rest[0], ast.Constant) else None


def settings_explained() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    matches = (re.fullmatch(r"#?([A-Z_]+)=(.*)", line) for line in lines)
    return {match[1]: match[2] for match in matches if match}


def as_written(default: object) -> str:
    return {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def anchors(document: Path) -> set[str]:
    """The names that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_setting_is_explained_and_every_explained_setting_is_read() -> None:
    assert set(settings_explained()) == set(settings_read())


def test_the_defaults_shown_are_the_defaults_used() -> None:
    shown, used = settings_explained(), settings_read()

    wrong = {
        name: (shown[name], default)
        for name, default in used.items()
        if default is not None and shown.get(name) != as_written(default)
    }

    assert wrong == {}


def test_each_setting_stands_under_its_explanation() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()

    bare = [line for before, line in pairwise(lines) if line.startswith("#READERSHIP_") and not before.startswith("# ")]

    assert bare == []


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
class TestEachDocument:
    def test_names_only_make_targets_that_exist(self, document: Path) -> None:
        code = "\n".join(CODE.findall(document.read_text(encoding="utf-8")))

        assert set(re.findall(r"\bmake ([a-z]+)", code)) <= make_targets()

    def test_names_only_commands_that_exist(self, document: Path) -> None:
        code = "\n".join(CODE.findall(document.read_text(encoding="utf-8")))

        assert set(re.findall(r"(?:^|[`/ ])readership ([a-z]+)", code, re.MULTILINE)) <= {*COMMANDS, "manage"}

    def test_links_lead_somewhere(self, document: Path) -> None:
        dead = []
        for link in LINK.findall(document.read_text(encoding="utf-8")):
            path, _hash, anchor = link.partition("#")
            if "://" in link or link.startswith("mailto:"):
                continue
            target = (document.parent / path).resolve() if path else document
            if not target.exists() or (anchor and anchor not in anchors(target)):
                dead.append(link)

        assert dead == []


def test_every_command_of_the_console_is_there() -> None:
    assert set(COMMANDS.values()) - set(get_commands()) == set()


def test_the_readme_names_every_make_target() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert make_targets() - {"help"} == set(re.findall(r"`make ([a-z]+)`", readme)) & make_targets()


def test_the_architecture_names_every_package() -> None:
    tree = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    packages = {file.parent.name for file in (ROOT / "readership").glob("*/__init__.py")}

    assert {package for package in packages if f"── {package}/" not in tree} == set()


def test_every_decision_record_is_listed_and_has_its_three_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(folder.glob("[0-9]*.md"))

    numbers = [int(record.name[:4]) for record in records]
    incomplete = [
        record.name
        for record in records
        if f"({record.name})" not in listed
        or any(f"\n## {part}\n" not in record.read_text(encoding="utf-8") for part in PARTS_OF_A_RECORD)
    ]

    assert numbers == list(range(1, len(records) + 1))
    assert incomplete == []


def test_no_file_holds_the_address_of_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", "replace")
        if any(address in text for address in REGISTRIES) or MACHINE_PATH.search(text):
            found.append(str(path.relative_to(ROOT)))

    assert found == []


def test_the_licence_is_there_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007\n")
    assert "END OF TERMS AND CONDITIONS" in licence
