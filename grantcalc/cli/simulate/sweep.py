"""``grantcalc simulate sweep``: every combination of staff numbers and first days, and what binds each (掃描試算)."""

from __future__ import annotations

import sys
from math import prod
from typing import TYPE_CHECKING

import click

from grantcalc.cli import common
from grantcalc.cli.simulate.common import Source, emit, pay_rows, scenario_of, source_options
from grantcalc.cli.words import Command, Refused, option, say
from grantcalc.text import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grantcalc.headcount.model import Scenario
    from grantcalc.headcount.pricing import Prices
    from grantcalc.headcount.results import Axis, Sweep

HELP = Message(
    "Try every combination of numbers of staff and first days: which are feasible, which rule binds the others first, "
    "the largest feasible team, and the cheapest that carries the cases. All other staff stay as the scenario says.\n"
    "Example: grantcalc simulate sweep --county 嘉義縣 --vary case-managers=20..35 --vary supervisors=2..6"
)
VARY_HELP = Message(
    "What to vary, once for each: case-managers=20..35, supervisors=2,3,4, project-managers=1,2, social-workers=1..5 "
    "(any role of the programme, in either language); start=113/1/1..113/6/1 (the first days of these months) for "
    "all newly employed staff, start:NAME=… for one entry, one hire or one role."
)
WHAT = Message("WHAT=VALUES")
NOTHING = Message("--vary is missing: say what to vary, for example --vary case-managers=20..35.")
WORKING = Message("Trying {total} combinations")

LONG = 2_000_000
"""Combinations from which on a terminal shows how far the work is."""


@click.command("sweep", cls=Command, text=HELP)
@source_options
@option("--vary", "texts", metavar=WHAT.template, multiple=True, text=VARY_HELP)
def command(source: Source, texts: tuple[str, ...]) -> None:
    """Sweep and print; exit code 1 where no combination is feasible."""
    from grantcalc.headcount.axes import axes_of
    from grantcalc.headcount.pricing import prices_of

    if not texts:
        raise Refused(NOTHING())
    library = common.library()
    scenario = scenario_of(source, library)
    programme = library.programme(scenario.programme)
    prices = prices_of(scenario, programme, library.tables, pay_rows(source))
    result = _swept(scenario, prices, axes_of(texts, scenario, programme))
    emit(result, scenario, source.output)
    click.get_current_context().exit(0 if result.feasible else 1)


def _swept(scenario: Scenario, prices: Prices, axes: Sequence[Axis]) -> Sweep:
    """The sweep, with a bar on stderr where it is long and somebody looks."""
    from grantcalc.headcount.sweep import sweep

    total = prod(len(axis.values) for axis in axes)
    if total < LONG or not sys.stderr.isatty():
        return sweep(scenario, prices, axes)
    label = say(WORKING).format(total=f"{total:,}")
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        tick: Callable[[int], object] = bar.update
        return sweep(scenario, prices, axes, tick)
