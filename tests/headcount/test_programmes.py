"""Every programme with posts: sweeps and risk runs are the reference run, and what fits the money fits no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grantcalc.draft.model import Role
from grantcalc.headcount.axes import axes_of, varied
from grantcalc.headcount.fit import fit
from grantcalc.headcount.limits import Binding, State, limits_of
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, Scenario, Staff
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Axis
from grantcalc.headcount.risk import PERCENTS, risk
from grantcalc.headcount.run import Run, run
from grantcalc.headcount.seats import Terms
from grantcalc.headcount.sweep import sweep
from grantcalc.headcount.team import ScenarioError, stints_of
from grantcalc.headcount.verdicts import verdicts
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from tests.thorough import examples

CALM = Terms(leave=Fraction(0), cases=(Fraction(1), Fraction(1)))
PROGRAMMES = ("dapc-113", "fsp-113", "rsp-108-1a", "rsp-108-1b", "rsp-108-1c", "rsp-108-2", "rsp-108-3")


@cache
def _library() -> Library:
    return Library()


def _prices(scenario: Scenario) -> Prices:
    return prices_of(scenario, _library().programme(scenario.programme), _library().tables)


def _run(scenario: Scenario) -> Run:
    prices = _prices(scenario)
    return run(scenario, stints_of(scenario, prices), prices.programme.bonus)


def _days(programme: Programme) -> st.SearchStrategy[dt.date]:
    return st.dates(programme.period.start, programme.period.end)


@st.composite
def _members(draw: st.DrawFn, programme: Programme, name: str) -> Staff:
    start, end = sorted((draw(_days(programme)), draw(_days(programme))))
    if draw(st.booleans()):
        start, end = programme.period.start, programme.period.end
    return Staff(
        name=name,
        role=draw(st.sampled_from(programme.roles)),
        count=draw(st.integers(0, 4)),
        start=start,
        end=end,
        hired_on=draw(st.sampled_from([None, start, dt.date(start.year - 2, 5, 4)])),
        basis=Basis(monthly=draw(st.integers(28_000, 60_000))),
        allowance=draw(st.sampled_from([0, 1_995])),
        insurance=draw(st.sampled_from([None, 5_555])),
        own_pay=draw(st.sampled_from([0, 1_500])),
        bonus=draw(st.booleans()),
    )


@st.composite
def _changes(draw: st.DrawFn, programme: Programme, staff: Sequence[Staff]) -> Change:
    """Any kind but a step: everybody's pay is stated here."""
    who, day = draw(st.sampled_from(staff)), draw(_days(programme))
    kind = draw(st.sampled_from([known for known in ChangeKind if known is not ChangeKind.STEP]))
    if kind is ChangeKind.HIRE:
        hired = evolve(who, name="new", count=draw(st.integers(1, 2)), start=day, end=programme.period.end)
        return Change(kind=kind, hired=evolve(hired, hired_on=None))
    if kind is ChangeKind.RAISE and draw(st.booleans()):
        return Change(kind=kind, who=draw(st.sampled_from([None, who.role.value])), date=day, percent=Fraction(3, 100))
    more: dict[ChangeKind, dict[str, object]] = {
        ChangeKind.RAISE: {"amount": 777},
        ChangeKind.REPLACE: {"vacancy": draw(st.sampled_from([Fraction(0), Fraction(3, 2)]))},
        ChangeKind.PROMOTE: {"role": draw(st.sampled_from(programme.roles)), "basis": Basis(monthly=47_000)},
    }
    count = draw(st.sampled_from([None, None, 1]))
    return Change(kind=kind, who=who.name, date=day, count=count, **more.get(kind, {}))  # type: ignore[arg-type]


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario of any programme with posts whose changes fit."""
    programme = _library().programme(draw(st.sampled_from(PROGRAMMES)))
    staff = tuple(draw(_members(programme, f"s{at}")) for at in range(draw(st.integers(1, 3))))
    by_subject = lambda change: change.who or change.kind.value  # noqa: E731
    changes = draw(st.lists(_changes(programme, staff), max_size=2, unique_by=by_subject))
    counties = st.sampled_from(["澎湖縣", "嘉義市", "南投縣"])
    scenario = Scenario(
        programme=programme.id,
        county=draw(counties) if programme.id == "dapc-113" else None,
        period=programme.period,
        staff=staff,
        changes=tuple(changes),
        pay=tuple((role, Basis(monthly=44_444)) for role in programme.roles),
        budget=draw(st.none() | st.integers(0, 8_000_000)),
        cases=draw(st.none() | st.lists(st.integers(0, 300), min_size=12, max_size=12).map(tuple)),
        insured=draw(st.sampled_from(Insured)),
        bonus_month=draw(st.sampled_from([12, 12, 1])),
    )
    assume(_fits(scenario))
    return scenario


def _fits(scenario: Scenario) -> bool:
    try:
        stints_of(scenario, _prices(scenario))
    except ScenarioError:
        return False
    return True


@st.composite
def _sweeps(draw: st.DrawFn) -> tuple[Scenario, tuple[Axis, ...]]:
    scenario = draw(scenarios())
    programme = _library().programme(scenario.programme)
    first = scenario.staff[0]
    texts = [f"{first.role.value}={draw(st.sampled_from(['0..3', '2,5', '1']))}"]
    if draw(st.booleans()):
        days = draw(st.lists(_days(programme), min_size=1, max_size=3))
        texts.append(f"start:{first.name}={','.join(day.isoformat() for day in days)}")
    return scenario, axes_of(draw(st.permutations(texts)), scenario, programme)


@settings(max_examples=examples(40), deadline=None)
@given(_sweeps())
def test_a_sweep_is_the_run_of_every_combination(drawn: tuple[Scenario, tuple[Axis, ...]]) -> None:
    scenario, axes = drawn
    every = {values: varied(scenario, axes, values) for values in product(*(axis.values for axis in axes))}
    try:
        found = sweep(scenario, _prices(scenario), axes)
    except ScenarioError:
        assert not all(_fits(one) for one in every.values())
        return
    assert found.total + found.untried == len(every)
    for team in found.combinations:
        alone = _run(every[team.values])
        assert team.cost == alone.subsidised
        assert team.feasible or team.binding is not Binding.MONEY or alone.subsidised > (scenario.budget or 0)
    known = {team.values for team in found.combinations}
    days = {(known.axis.name, known.day) for known in found.uncomputable}
    for values in every.keys() - known:
        assert any((axis.name, value) in days for axis, value in zip(axes, values, strict=True))


@settings(max_examples=examples(40), deadline=None)
@given(scenarios())
def test_nobody_leaving_is_the_run_with_all_its_changes(scenario: Scenario) -> None:
    found, prices = _run(scenario), _prices(scenario)
    result = risk(scenario, prices, CALM, 3, 1)
    assert [month.values for month in result.by_month] == [
        dict.fromkeys(PERCENTS, row.cumulative) for row in found.months
    ]
    limits = limits_of(prices.programme, scenario.county, prices.tables, scenario.budget)
    ruled = {rule.key: rule for rule in verdicts(found, scenario.period, prices.programme, limits, prices.tables)}
    for binding, months in result.broken_months.items():
        rule = ruled.get(binding.value)
        broken = 0 if rule is None else sum(month.state is not State.KEPT for month in rule.months)
        assert months.values == dict.fromkeys(PERCENTS, broken)


@settings(max_examples=examples(40), deadline=None)
@given(scenarios())
def test_what_fits_is_feasible_and_one_more_is_not(scenario: Scenario) -> None:
    found, prices = fit(scenario, _prices(scenario)), _prices(scenario)
    assert found.least_money == _run(scenario).subsidised

    def team(role: Role, persons: int):  # type: ignore[no-untyped-def]
        (one,) = sweep(scenario, prices, (Axis(name=role.value, role=role, counts=(persons,)),)).combinations
        return one

    for role, persons, cost in found.most:
        assert team(role, persons).cost == cost <= (scenario.budget or 0) < team(role, persons + 1).cost
    for allowed in found.allowed:
        if allowed.persons is None:
            continue
        assert team(allowed.role, allowed.persons).feasible
        assert team(allowed.role, allowed.persons + 1).binding is allowed.binding is not None


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_programme_has_roles_that_can_be_varied(programme: str) -> None:
    known = _library().programme(programme)
    staff = (Staff(name="one", role=known.roles[0], start=known.period.start, end=known.period.end),)
    paid = tuple(evolve(member, basis=Basis(monthly=40_000)) for member in staff)
    scenario = Scenario(programme=programme, period=known.period, staff=paid, insured=Insured.INCLUDED)
    found = sweep(scenario, _prices(scenario), axes_of([f"{known.roles[0].value}=0..2"], scenario, known))
    # 12 months and a bonus of 1.5 months each.
    assert [team.cost for team in found.combinations] == [0, 540_000, 1_080_000]
