"""What no line of the product may say. Tests may."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PRODUCT = Path(__file__).parents[2] / "readership"
FILES = [file for file in PRODUCT.rglob("*.py") if not {"tests", "migrations"} & set(file.parts)]
# They make objects of whatever they are given (I02).
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "jsonpickle"}
# SQL by hand, or names of columns from a stranger (I01).
SQL_BY_HAND = {"extra", "raw"}

# What is right all the same, and why.
ALLOWED = {
    "discussion/finding.py": {"RawSQL"},  # first replies of many roots at once: our own words, every value bound
    "portability/loading_spool.py": {"pickle"},  # written and read by one process, in a file without a name
}


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def _speaks_of_a_request(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "request" for part in ast.walk(node))


def sql_faults(text: str) -> list[str]:
    found = []
    for name, call in _calls(ast.parse(text)):
        if name in SQL_BY_HAND and isinstance(call.func, ast.Attribute):
            found.append(f".{name}()")
        if name == "RawSQL":
            found.append("RawSQL")
        if name in {"order_by", "filter", "exclude", "annotate", "values"} and _speaks_of_a_request(call):
            found.append(f"{name}() with the request")
        if any(keyword.arg is None and _speaks_of_a_request(keyword.value) for keyword in call.keywords):
            found.append("arguments from the request")
    return found


def unsafe_imports(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [name for name in names if name.split(".")[0] in UNSAFE_MODULES]
    return found


@pytest.mark.parametrize("rule", [sql_faults, unsafe_imports], ids=["i01_no_sql_by_hand", "i02_no_pickles"])
def test_of_the_product(rule: object) -> None:
    assert callable(rule)
    found = {str(file.relative_to(PRODUCT)): rule(file.read_text(encoding="utf-8")) for file in FILES}
    wrong = {file: [fault for fault in faults if fault not in ALLOWED.get(file, ())] for file, faults in found.items()}

    assert {file: faults for file, faults in wrong.items() if faults} == {}


def test_the_rules_know_a_fault_when_they_see_one() -> None:
    bad = "rows.extra(where=['1'])\nrows.order_by(request.GET['o'])\nRawSQL('x', ())\nrows.filter(**request.GET)\nm.raw('x')"

    assert len(sql_faults(bad)) >= 5
    assert unsafe_imports("import pickle\nfrom marshal import loads") == ["pickle", "marshal"]


def test_i02_sessions_and_messages_are_json() -> None:
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert "Pickle" not in settings.MESSAGE_STORAGE


def test_h07_geodjango_is_not_installed() -> None:
    assert [app.name for app in apps.get_app_configs() if "gis" in app.name.split(".")] == []
    assert "gis" not in str(settings.DATABASES["default"]["ENGINE"])


def test_c19_no_second_api_is_mounted() -> None:
    assert [app.name for app in apps.get_app_configs() if app.name.startswith("wagtail.api")] == []


def test_d08_no_page_of_ours_takes_an_address_to_go_back_to() -> None:
    templates = [file for file in PRODUCT.rglob("*.html") if "wagtailadmin" not in file.parts]

    taking = [str(file) for file in templates if 'name="next"' in file.read_text(encoding="utf-8")]

    assert taking == []
