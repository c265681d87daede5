"""Groups of commands that are loaded one by one, at their use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from grantcalc.cli.words import Command, did_you_mean, said


class LazyGroup(Command, click.Group):
    """A group whose commands ``names`` are modules of ``package`` with a click command named ``command`` each."""

    def __init__(self, *args: Any, names: tuple[str, ...], package: str, **extra: Any) -> None:
        """Keep the names, in the order of the help; nothing is loaded."""
        super().__init__(*args, **extra)
        self.names = names
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, loaded or not."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from the module of that name."""
        if cmd_name not in self.names:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and what is left for it; near misses are named."""
        name = args[0]
        if name in self.names or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        nearest = get_close_matches(name, self.names)
        raise click.UsageError(said("There is no command “{name}”.", name=name) + did_you_mean(nearest), ctx)
