"""``grantcalc simulate risk``: turnover, pay and caseload drawn at random (風險試算)."""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import common
from grantcalc.cli.simulate.common import Source, emit, pay_rows, scenario_of, source_options
from grantcalc.cli.simulate.written import Written
from grantcalc.cli.values import Whole
from grantcalc.cli.words import Command, Refused, option, say
from grantcalc.draft.model import Role
from grantcalc.text import Message, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from grantcalc.headcount.model import Scenario
    from grantcalc.headcount.pricing import Prices
    from grantcalc.headcount.results import Risk
    from grantcalc.headcount.seats import Terms

HELP = Message(
    "Draw many years in which people leave, posts stay vacant and the caseload differs: percentiles of the year's "
    "cost, of unspent money, and of months in which a rule is not kept. The same seed gives the same result on every "
    "machine.\n"
    "Example: grantcalc simulate risk --county 嘉義縣 --leave-rate 2% --vacancy 1..3"
)
DRAWS_HELP = Message("How many years are drawn (default 100000).")
SEED_HELP = Message("Where the random numbers begin (default 1).")
LEAVE_HELP = Message(
    "Probability that a person leaves at the end of a month, an assumption (default 2%); for one role: "
    "case-manager=3%, once for each."
)
VACANCY_HELP = Message("Months until a replacement starts, as a range (default 1..3) or one number; an assumption.")
CASES_HELP = Message("Range of the year's cases in percent of those stated (default 90%..110%); an assumption.")
BAD_LEAVE = Message(
    "“{found}” is no probability of leaving; write for example 2% or case-manager=3%, from 0% to below 100%."
)
BAD_ROLE = Message("The scenario has nobody in the role “{found}”; its roles are: {known}.")
BAD_VACANCY = Message("“{found}” is no number of months; write for example 2 or 1..3, at most {most}.")
BAD_CASES = Message("“{found}” is no range of percents; write for example 90%..110%, from 0% to {most}%.")
NO_CASES = Message(
    "--cases draws around the open cases of the scenario, and it states none; add cases = … to the file."
)
WORKING = Message("Drawing {draws} years")

MOST_DRAWS = 1_000_000
MOST_SEED = 2**63 - 1
MOST_VACANCY = 12
MOST_CASES = 1000
LONG = 20_000
"""Draws from which on a terminal shows how far the work is."""

_RATE = re.compile(r"(?:(?P<role>[^=]+)=)?\s*(?P<rate>\d{1,2}(?:\.\d{1,6})?)\s*%")
_SPAN = re.compile(r"(\d{1,2})(?:\s*(?:\.\.|-|~)\s*(\d{1,2}))?")
_SHARES = re.compile(r"(\d{1,4}(?:\.\d)?)\s*%?(?:\s*(?:\.\.|-|~)\s*(\d{1,4}(?:\.\d)?))?\s*%")


def _rate(text: str) -> tuple[str | None, Fraction] | None:
    """``2%`` or ``case-manager=3%``: the role as it was written, and the probability."""
    match = _RATE.fullmatch(text)
    return None if match is None else (match["role"], Fraction(match["rate"]) / 100)


def _span(text: str) -> tuple[int, int] | None:
    """``1..3`` or ``2``: fewest and most months."""
    match = _SPAN.fullmatch(text)
    low, high = (0, -1) if match is None else (int(match[1]), int(match[2] or match[1]))
    return (low, high) if low <= high <= MOST_VACANCY else None


def _shares(text: str) -> tuple[Fraction, Fraction] | None:
    """``90%..110%`` or ``100%``: lowest and highest share."""
    match = _SHARES.fullmatch(text)
    low, high = (0, -1) if match is None else (Fraction(match[1]), Fraction(match[2] or match[1]))
    return (Fraction(low, 100), Fraction(high, 100)) if low <= high <= MOST_CASES else None


@click.command("risk", cls=Command, text=HELP)
@source_options
@option("--draws", metavar="NUMBER", type=Whole(least=1, most=MOST_DRAWS), default=100_000, text=DRAWS_HELP)
@option("--seed", metavar="NUMBER", type=Whole(most=MOST_SEED), default=1, text=SEED_HELP)
@option("--leave-rate", "rates", metavar="RATE", type=Written("rate", _rate, BAD_LEAVE), multiple=True, text=LEAVE_HELP)
@option(
    "--vacancy",
    metavar="MONTHS",
    type=Written("months", _span, BAD_VACANCY, most=MOST_VACANCY),
    default=None,
    text=VACANCY_HELP,
)
@option(
    "--cases",
    metavar="RANGE",
    type=Written("range", _shares, BAD_CASES, most=MOST_CASES),
    default=None,
    text=CASES_HELP,
)
def command(source: Source, draws: int, seed: int, **stated: Any) -> None:
    """Draw and print; what may happen is no error: the exit code is 0."""
    from grantcalc.headcount.pricing import prices_of

    library = common.library()
    scenario = scenario_of(source, library)
    programme = library.programme(scenario.programme)
    prices = prices_of(scenario, programme, library.tables, pay_rows(source))
    result = _drawn(scenario, prices, _terms(scenario, **stated), draws, seed)
    emit(result, scenario, source.output)


def _terms(
    scenario: Scenario,
    rates: tuple[tuple[str | None, Fraction], ...],
    vacancy: tuple[int, int] | None,
    cases: tuple[Fraction, Fraction] | None,
) -> Terms:
    from grantcalc.headcount.seats import Terms

    default = Terms()
    if cases is not None and scenario.cases is None:
        raise Refused(NO_CASES())
    general = [rate for role, rate in rates if role is None]
    by_role = {_role(role, scenario): rate for role, rate in rates if role is not None}
    return Terms(
        leave=general[-1] if general else default.leave,
        by_role=tuple(by_role.items()),
        vacancy=vacancy or default.vacancy,
        cases=cases or default.cases,
    )


def _role(name: str, scenario: Scenario) -> Role:
    """A role of the scenario, by its code or its label in either language."""
    from grantcalc.reading.names import folded, labels

    there = [member.role for member in scenario.staff]
    there += [change.hired.role for change in scenario.changes if change.hired is not None]
    found = labels(Role).get(folded(name))
    if found is None or found not in there:
        raise Refused(BAD_ROLE(found=name, known=joined(dict.fromkeys(there))))
    return found


def _drawn(scenario: Scenario, prices: Prices, terms: Terms, draws: int, seed: int) -> Risk:
    """The draws, with a bar on stderr where they take long and somebody looks."""
    from grantcalc.headcount.risk import risk

    if draws < LONG or not sys.stderr.isatty():
        return risk(scenario, prices, terms, draws, seed)
    label = say(WORKING).format(draws=f"{draws:,}")
    with click.progressbar(length=draws, label=label, file=sys.stderr) as bar:
        tick: Callable[[int], object] = bar.update
        return risk(scenario, prices, terms, draws, seed, tick)
