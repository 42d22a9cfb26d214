"""One stylesheet and one script are served; each part is written in its own file."""

from __future__ import annotations

from pathlib import Path

from readership.website.bundling import joined_script, joined_style

STATIC = Path(__file__).parents[1] / "static"
LAYERS = "@layer reset, tokens, base, layouts, parts, utilities;"


def read_from(folder: str, name: str) -> str:
    return (STATIC / folder / name).read_text(encoding="utf-8")


def test_an_import_is_replaced_by_its_file_in_its_layer() -> None:
    entry = '@layer parts;\n@import "parts/card.css" layer(parts);\n'

    joined = joined_style(entry, {"parts/card.css": "/* A card. */\n.card { margin: 0; }\n"}.__getitem__)

    assert joined == "@layer parts;\n@layer parts {\n\n.card { margin: 0; }\n}\n"


def test_each_script_keeps_its_names_to_itself() -> None:
    joined = joined_script('import "./a.js";\nimport "./b.js";\n', lambda name: f"const name = '{name}';\n")

    assert joined == "{\nconst name = 'a.js';\n}\n{\nconst name = 'b.js';\n}\n"


def test_the_stylesheet_names_every_file_and_leaves_no_import() -> None:
    joined = joined_style(read_from("css", "site.css"), lambda name: read_from("css", name))
    written = {path.relative_to(STATIC / "css").as_posix() for path in (STATIC / "css").rglob("*.css")}

    assert joined.startswith(LAYERS)
    assert "@import" not in joined
    # Two go by themselves, into frames on other sites.
    assert written - {"site.css", "embed.css", "embed_meter.css"} == set(_named(read_from("css", "site.css")))


def test_the_script_names_every_element_and_leaves_no_import() -> None:
    joined = joined_script(read_from("js", "site.js"), lambda name: read_from("js", name))
    written = {f"./elements/{path.name}" for path in (STATIC / "js" / "elements").glob("*.js")}

    assert "import" not in joined
    assert written == set(_named(read_from("js", "site.js")))


def _named(entry: str) -> list[str]:
    return [line.split('"')[1] for line in entry.splitlines() if "import" in line]
