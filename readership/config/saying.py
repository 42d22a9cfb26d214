"""A command as a person meets it: whatever goes wrong is one sentence on standard error and an exit that is not zero.

Django would begin it with the name of a Python class, name the module of the command, and print a traceback for a
setting that is missing.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    SystemCheckError,
    handle_default_options,
)
from django.db import DatabaseError, connections

MISTYPED, STOPPED = 2, 130  # as shells and argparse have it
TRACEBACK = "--traceback"


def run(program: str, verb: str, module: str, arguments: list[str]) -> None:
    """The management command `module`, which the person called `verb`."""
    said_as = f"{program} {verb}"
    with one_sentence(said_as, has_traceback=TRACEBACK in arguments):
        django.setup()
        command = _command(program, verb, module)
        options = _options(said_as, command.create_parser(program, verb), arguments)
        handle_default_options(options)
        given = vars(options)
        positional = given.pop("args", ())
        try:
            command.execute(*positional, **given)
        finally:
            with suppress(ImproperlyConfigured):  # No database was ever asked for.
                connections.close_all()


def _command(program: str, verb: str, module: str) -> BaseCommand:
    home = get_commands().get(module)
    if home is None:
        sys.exit(f"{program}: there is no command “{verb}”. `{program} help` lists them.")
    return home if isinstance(home, BaseCommand) else load_command_class(home, module)


def _options(said_as: str, parser: CommandParser, arguments: list[str]) -> Namespace:
    try:
        return parser.parse_args(arguments)
    except CommandError as mistake:
        sentence = str(mistake).removeprefix("Error: ")
        _leave(f"{said_as}: {sentence}. `{said_as} --help` says what there is.", MISTYPED)


@contextmanager
def one_sentence(said_as: str, *, has_traceback: bool = False) -> Iterator[None]:
    try:
        yield
    except SystemCheckError as faults:
        _leave(str(faults).replace("SystemCheckError: ", "", 1), 1)  # What is wrong, a sentence for each.
    except KeyboardInterrupt:
        _leave(f"{said_as}: stopped.", STOPPED)
    except Exception as error:
        if has_traceback:
            raise
        _leave(f"{said_as}: {_sentence(error)}", error.returncode if isinstance(error, CommandError) else 1)


def _sentence(error: Exception) -> str:
    words = str(error).strip()
    if isinstance(error, CommandError | ImproperlyConfigured):
        return words
    words = " ".join(words.split())
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}."
    if isinstance(error, DatabaseError):
        return f"The database does not do that: {words}. Has `readership init` been run?"
    return f"This should not have happened: {type(error).__name__}: {words}. {TRACEBACK} shows where."


def _leave(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)
