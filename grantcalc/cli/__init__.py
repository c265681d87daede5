"""The command line (指令列). Commands are loaded one by one, at their use; the version needs none of them."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from typing import Any

import click

from grantcalc.cli.lazy import LazyGroup
from grantcalc.cli.words import Folder, OneOf, Option, in_language, say, words_of

COMMANDS = (
    "check",
    "insurance",
    "map",
    "pay",
    "programmes",
    "review",
    "rules",
    "simulate",
    "staffing",
    "tables",
    "template",
)
"""Modules of this package with a click command named ``command`` each, in the order of the help."""

INTERRUPTED = 130
COLLECT_AFTER = 100_000
"""Objects more than before, until Python looks for those that only hold each other."""

HELP = "Checks draft budgets of drug abuse prevention grants against the published rules."
LANG_HELP = "Language of everything printed (else GRANTCALC_LANG, LC_ALL, LANG, else Chinese)."
VERSION_HELP = "Show the version and exit."
TABLES_HELP = "Use the rules and tables of this directory instead of those of the program."


class Root(LazyGroup):
    """The group of all commands: chooses the language before anything is said."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; stopped by the user, the exit code is 130, for 1 says that an error was found."""
        try:
            return super().invoke(ctx)
        except (click.Abort, KeyboardInterrupt, EOFError):
            click.echo(f"\n{say('Aborted!')}", err=True)
            ctx.exit(INTERRUPTED)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run; the version is told without loading words of any language."""
        arguments = list(sys.argv[1:] if args is None else args)
        _write_utf8()
        _collect_rarely()
        if arguments == ["--version"]:
            return super().main(args, *rest, **extra)
        with in_language(words_of(_wanted(arguments))) as language:
            return super().main(args, *rest, **{"obj": language, **extra})


def _wanted(arguments: Sequence[str]) -> str | None:
    """The value of ``--lang``: needed before click reads the arguments, for its own messages."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    return None


def _write_utf8() -> None:
    """Print UTF-8 whatever the terminal says: files and pipes are read as UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _collect_rarely() -> None:
    """Look for cycles of objects once in a long while: a command makes few, and looking takes a tenth of its time."""
    gc.set_threshold(COLLECT_AFTER)
    atexit.register(gc.freeze)  # nor when it ends


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from grantcalc import __version__

        click.echo(f"grantcalc {__version__}")
        ctx.exit()


@click.command(cls=Root, text=HELP, name="grantcalc", names=COMMANDS, package=__name__)
@click.option("--lang", cls=Option, text=LANG_HELP, type=OneOf(["zh-TW", "en"]), is_eager=True)
@click.option("--tables", "directory", cls=Option, text=TABLES_HELP, type=Folder(), default=None)
@click.option(
    "--version",
    cls=Option,
    text=VERSION_HELP,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
)
@click.pass_context
def main(ctx: click.Context, lang: str | None, directory: str | None) -> None:  # lang: read before parsing
    """Keep the tables' directory for the command."""
    from grantcalc.cli.common import DIRECTORY

    ctx.meta[DIRECTORY] = directory
