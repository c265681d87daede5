"""``grantcalc simulate run``: a team month by month, judged by every staffing rule; or two of them side by side."""

from __future__ import annotations

from pathlib import Path

import click

from grantcalc.cli import common
from grantcalc.cli.simulate.common import Source, emit, guard_read, pay_rows, read_scenario, scenario_of, source_options
from grantcalc.cli.values import File
from grantcalc.cli.words import Command, option
from grantcalc.text import Message

HELP = Message(
    "Work out a team month by month: staff, pay, bonus, insurance, the budget that is left, cases, ratio, and the "
    "verdict of every staffing rule in every month. Exit code 1 where a rule is broken.\n"
    "To begin: grantcalc simulate run --county 嘉義縣 --save scenario.toml\n"
    "Then edit the file and run: grantcalc simulate run scenario.toml"
)
COMPARE_HELP = Message("Another scenario file: show both and the difference, month by month and for the year.")


@click.command("run", cls=Command, text=HELP)
@source_options
@option("--compare", "other", metavar="SCENARIO", type=File(), default=None, text=COMPARE_HELP)
@click.pass_context
def command(ctx: click.Context, source: Source, other: Path | None) -> None:
    """Work it out, print and write it."""
    from grantcalc.headcount.simulation import Compared, simulate

    guard_read(source, other)
    library, table = common.library(), pay_rows(source)
    second = None if other is None else read_scenario(other, library, table)
    scenario = scenario_of(source, library)
    found = simulate(scenario, library, table)
    result = found if second is None else Compared(a=found, b=simulate(second, library, table))
    emit(result, scenario, source.output)
    ctx.exit(int(result.broken))
