"""The command line (指令列). Commands are loaded one by one, at their use; the version needs none of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from grantcalc.cli.words import Command, Folder, OneOf, Option, did_you_mean, in_language, said, say, words_of

COMMANDS = ("check", "insurance", "pay", "programmes", "rules", "staffing", "tables", "template")
"""Modules of this package with a click command named ``command`` each, in the order of the help."""

INTERRUPTED = 130

HELP = "Checks draft budgets of drug abuse prevention grants against the published rules."
LANG_HELP = "Language of everything printed (else GRANTCALC_LANG, LC_ALL, LANG, else Chinese)."
VERSION_HELP = "Show the version and exit."
TABLES_HELP = "Use the rules and tables of this directory instead of those of the program."


class Root(Command, click.Group):
    """The group of all commands: chooses the language before anything is said, and loads what is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, loaded or not."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from the module of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and what is left for it; near misses are named."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        nearest = get_close_matches(name, COMMANDS)
        raise click.UsageError(said("There is no command “{name}”.", name=name) + did_you_mean(nearest), ctx)

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


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from grantcalc import __version__

        click.echo(f"grantcalc {__version__}")
        ctx.exit()


@click.command(cls=Root, text=HELP, name="grantcalc")
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
