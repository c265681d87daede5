"""``grantcalc simulate``: what a team costs month by month, and which rule binds it (人力試算)."""

from __future__ import annotations

import click

from grantcalc.cli.lazy import LazyGroup
from grantcalc.text import Message

COMMANDS = ("run", "sweep", "fit", "risk", "national")
"""Modules of this package with a click command named ``command`` each, in the order of the help."""

HELP = Message(
    "Work out what a team costs month by month, and which rule binds it.\n"
    "To begin: grantcalc simulate run --county 嘉義縣 --save scenario.toml\n"
    "Then edit the file and run: grantcalc simulate run scenario.toml"
)


@click.group("simulate", cls=LazyGroup, text=HELP, names=COMMANDS, package=__name__)
def command() -> None:
    """Nothing of its own: the commands do it."""
