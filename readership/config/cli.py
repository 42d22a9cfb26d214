"""The console command `readership`: the newsroom's own verbs, and Django's through `readership manage …`."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version

from django.core.management import execute_from_command_line

from readership.config.saying import one_sentence, run

# Verb → the management command that does it. `import` is a word of Python's own, so its module has another name.
COMMANDS = {
    "init": "init",
    "demo": "demo",
    "serve": "serve",
    "import": "import_site",
    "audit": "audit",
    "check": "check",
}
# What Django answers before it looks for a command; the server of `runserver` starts itself anew.
DJANGOS_OWN = {"help", "version", "-h", "--help", "--version", "runserver"}
HELP = """\
readership: a newsroom that its readers pay for and talk in.

  readership init      set up a newsroom (database, front page, first editor)
  readership demo      set up and serve a newsroom with content
  readership serve     serve the newsroom
  readership import    bring an old site along: wordpress FILE, page FILE
  readership audit     prove that ledger, sums and counts agree
  readership check     look for everything that is wrong with this set-up
  readership manage …  Django's and Wagtail's own commands

Add --help to any of them. State lives under READERSHIP_HOME (default ./var); settings: .env.example."""


def main(arguments: list[str] | None = None) -> None:
    given = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readership.config.settings")
    if not given or given[0] in {"-h", "--help", "help"}:
        print(HELP)
        return
    if given[0] == "--version":
        print(version("readership"))
        return
    verb, rest = given[0], given[1:]
    if verb == "manage":
        manage(rest)
    elif verb in COMMANDS:
        run("readership", verb, COMMANDS[verb], rest)
    else:
        sys.exit(f"readership: there is no command “{verb}”. `readership` alone lists them.")


def manage(arguments: list[str]) -> None:
    """Django's own commands, and its own help."""
    program = "readership manage"
    if not arguments or arguments[0] in DJANGOS_OWN:
        with one_sentence(program):
            execute_from_command_line([program, *arguments])
    else:
        run(program, arguments[0], arguments[0], arguments[1:])
