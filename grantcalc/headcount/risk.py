"""Turnover, pay and caseload drawn at random (風險試算): percentiles of the year's money and of months below a rule.

A percentile is an amount that was really drawn (nearest rank), never one between two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from grantcalc.headcount.assumptions import PAY_RANGE, assumptions_of
from grantcalc.headcount.drawjudge import SHARES, Judging
from grantcalc.headcount.drawlooked import looked_at
from grantcalc.headcount.drawplan import plan_of
from grantcalc.headcount.draws import Heads, Ints, Source, blocks
from grantcalc.headcount.limits import limits_of
from grantcalc.headcount.model import Assumption, ChangeKind, Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.headcount.retention import completed, retention, unknown_hires
from grantcalc.headcount.seats import PLACES, Terms
from grantcalc.headcount.team import ScenarioError, stints_of
from grantcalc.money import whole
from grantcalc.text import Message, Percent, Text, joined

PERCENTS = (1, 5, 10, 25, 50, 75, 90, 95, 99)
LEAVE = Message(
    "Everybody leaves at the end of a month with a probability of {rate}, whatever the role: no document publishes it; "
    "--leave-rate states another."
)
LEAVE_OTHERS = Message("All others leave at the end of a month with a probability of {rate} (--leave-rate).")
LEAVE_ROLE = Message("A {role} leaves at the end of a month with a probability of {rate} (--leave-rate).")
VACANCY = Message(
    "The post then stays vacant for {low} to {high} whole months, all alike likely (--vacancy). The replacement starts "
    "on the first of a month, at the lowest step or the stated pay, and may leave again."
)
NOT_HANDED = Message("Planned steps, promotions and raises of a person are not handed on to the replacement.")
RANGE = Message(
    "The pay of {names} is drawn from {places} amounts evenly spaced over the range, once for each entry and draw; "
    "a replacement has the same."
)
CASES = Message("The cases of a year are drawn between {low} and {high} of those stated (--cases).")
COUNTED = Message(
    "Months in which a rule only warns count, too. A month goes by who is in post on its last day, for posts on "
    "the day with the most of them as planned; its money is all that was spent until then."
)
NOT_SERVED = Message(
    "The retention of {months} months is not told: it turns on when {names} were hired; state hired_on in the scenario."
)
TOO_MANY = Message("A risk run takes at most {most} persons; this scenario has {found}.")
MOST_PERSONS = 2_000

Tick = Callable[[int], object]


def risk(scenario: Scenario, prices: Prices, terms: Terms, draws: int, seed: int, tick: Tick | None = None) -> Risk:
    """Draw so many years (1 at least); ``tick`` is told of every block of draws."""
    stints = stints_of(scenario, prices)
    persons = sum(stint.count for stint in stints)
    if persons > MOST_PERSONS:
        raise ScenarioError(TOO_MANY(most=MOST_PERSONS, found=persons))
    asked = _retention_asked(scenario, stints, prices)
    looked = looked_at(scenario, stints, asked.day, asked.told)
    limits = limits_of(prices.programme, scenario.county, prices.tables, scenario.budget)
    plan = plan_of(scenario, prices, terms, looked)
    judging = Judging(looked=looked, limits=limits, cases=scenario.cases)
    shares = _shares(terms, draws, seed)
    spent = np.empty((draws, looked.months), dtype=np.int64)
    below = {binding: np.empty(draws, dtype=np.int16) for binding in judging.applied}
    kept = np.empty((draws, 1 + len(asked.told)), dtype=np.int32)
    done = 0
    for block in blocks(plan, draws, seed):
        here = slice(done, done + len(block.money))
        np.cumsum(block.money, axis=1, out=spent[here])
        for binding, months in below.items():
            months[here] = judging.months(binding, block.people, spent[here], shares[here])
        kept[here] = block.people[:, looked.in_post :]
        done = here.stop
        if tick is not None:
            tick(len(block.money))
    return evolve(
        _money(spent, scenario.budget, draws, seed),
        broken_months={binding: percentiles(months) for binding, months in below.items()},
        retention=dict(_retained(kept, asked.told)),
        assumptions=tuple(_assumptions(scenario, prices, stints, terms, asked)),
    )


def percentiles(values: NDArray[np.signedinteger]) -> Percentiles:
    """The values at the nearest ranks."""
    return _ranked(np.sort(values))


def _ranked(ordered: NDArray[np.signedinteger]) -> Percentiles:
    return Percentiles(values={percent: int(ordered[_rank(percent, len(ordered))]) for percent in PERCENTS})


def _rank(percent: int, count: int) -> int:
    return max(0, -(-percent * count // 100) - 1)


def _shares(terms: Terms, draws: int, seed: int) -> Ints:
    """The share of the stated cases in each draw, in thousandths."""
    low, high = (whole(share * SHARES) for share in terms.cases)
    return low + Source(seed, 2).below(high - low + 1, draws)


def _even(budget: int | None, months: int) -> list[int]:
    """The even plan of turnover.py: a budget's part until the end of each month; none without a budget."""
    return [] if budget is None else [whole(Fraction(budget * number, months)) for number in range(1, months + 1)]


def _money(spent: Ints, budget: int | None, draws: int, seed: int) -> Risk:
    over = None if budget is None else Fraction(int(np.count_nonzero(spent[:, -1] > budget)), draws)
    ordered = [np.sort(month) for month in spent.T]
    by_month = tuple(_ranked(month) for month in ordered)
    unspent = tuple(
        _ranked(planned - month[::-1]) for planned, month in zip(_even(budget, len(ordered)), ordered, strict=False)
    )
    return Risk(
        draws=draws,
        seed=seed,
        budget=budget,
        cost=by_month[-1],
        unspent=unspent[-1] if unspent else None,
        broken_months={},
        by_month=by_month,
        unspent_by_month=unspent,
        over_budget=over,
        retention={},
    )


def _retained(kept: Heads, told: tuple[int, ...]) -> Iterator[tuple[int, Percentiles]]:
    """Whole percents, rounded down, of the draws in which anybody is in post: a target missed never looks met."""
    there = kept[kept[:, 0] > 0]
    for place, months in enumerate(told, start=1):
        if len(there):
            yield months, percentiles(there[:, place] * 100 // there[:, 0])


@frozen(kw_only=True)
class _Asked:
    """The last day of reporting, the months of service that can be told, and who stands in the way of the others."""

    day: dt.date | None = None
    told: tuple[int, ...] = ()
    untold: tuple[tuple[int, tuple[str, ...]], ...] = ()


def _retention_asked(scenario: Scenario, stints: tuple[Stint, ...], prices: Prices) -> _Asked:
    indicators = retention(scenario, stints, prices.programme, prices.tables)
    days = [indicator.day for indicator in indicators if indicator.day <= scenario.period.end]
    if not days:
        return _Asked()
    day, names = max(days), unknown_hires(scenario)
    open_names = {
        indicator.months: tuple(
            dict.fromkeys(
                stint.name
                for stint in stints
                if stint.name in names and stint.start <= day <= stint.end < completed(stint.first, indicator.months)
            )
        )
        for indicator in indicators
        if indicator.day == day
    }
    return _Asked(
        day=day,
        told=tuple(months for months, unknown in open_names.items() if not unknown),
        untold=tuple((months, unknown) for months, unknown in open_names.items() if unknown),
    )


def _assumptions(
    scenario: Scenario, prices: Prices, stints: tuple[Stint, ...], terms: Terms, asked: _Asked
) -> Iterator[Assumption]:
    # A run takes the middle of a range; here it is drawn.
    of_run = assumptions_of(scenario, prices, stints)
    yield from (known for known in of_run if known.text.template != PAY_RANGE.template)
    texts = (*_of_terms(scenario, stints, terms), *_of_retention(asked))
    yield from (Assumption(text=text) for text in texts)


def _of_terms(scenario: Scenario, stints: tuple[Stint, ...], terms: Terms) -> Iterator[Text]:
    for role, rate in terms.by_role:
        yield LEAVE_ROLE(role=role, rate=Percent(rate))
    yield (LEAVE_OTHERS if terms.by_role else LEAVE)(rate=Percent(terms.leave))
    yield VACANCY(low=terms.vacancy[0], high=terms.vacancy[1])
    personal = {ChangeKind.STEP, ChangeKind.PROMOTE, ChangeKind.RAISE}
    if any(change.kind in personal for change in scenario.changes):
        yield NOT_HANDED()
    ranged = dict.fromkeys(stint.name.removesuffix(" *") for stint in stints if stint.pay.low < stint.pay.high)
    if ranged:
        yield RANGE(names=joined(ranged), places=PLACES)
    if scenario.cases is not None:
        yield CASES(low=Percent(terms.cases[0]), high=Percent(terms.cases[1]))
    yield COUNTED()


def _of_retention(asked: _Asked) -> Iterator[Text]:
    for months, names in asked.untold:
        yield NOT_SERVED(months=months, names=joined(names))
