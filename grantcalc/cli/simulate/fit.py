"""``grantcalc simulate fit``: what fits the money, and the least money a team needs (經費可容納之人力)."""

from __future__ import annotations

import click

from grantcalc.cli import common
from grantcalc.cli.simulate.common import Source, emit, pay_rows, scenario_of, source_options
from grantcalc.cli.words import Command
from grantcalc.text import Message

HELP = Message(
    "Show what fits the money: the most staff of each role, the earliest month from which the new staff can start, the "
    "highest step of each entry, and the least money that the team needs as planned."
)


@click.command("fit", cls=Command, text=HELP)
@source_options
def command(source: Source) -> None:
    """Fit and print; exit code 1 where the team as planned costs more than the budget."""
    from grantcalc.headcount.fit import fit
    from grantcalc.headcount.pricing import prices_of

    library = common.library()
    scenario = scenario_of(source, library)
    programme = library.programme(scenario.programme)
    result = fit(scenario, prices_of(scenario, programme, library.tables, pay_rows(source)))
    emit(result, scenario, source.output)
    is_over = result.budget is not None and result.least_money > result.budget
    click.get_current_context().exit(int(is_over))
