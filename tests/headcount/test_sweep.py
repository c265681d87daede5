"""Sweeps: equal to the reference run on every combination, the truths of planning, and the county 嘉義縣 by hand."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from grantcalc.draft.model import Period, Role
from grantcalc.headcount import sweep as sweeping
from grantcalc.headcount.axes import axes_of, frontier_of, varied
from grantcalc.headcount.fit import fit
from grantcalc.headcount.limits import (
    Binding,
    Judgement,
    Limits,
    State,
    Team,
    binding,
    judge,
    limits_of,
    managers_by_formula,
    seniors_by_formula,
)
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, Scenario, Staff
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Axis, Combination
from grantcalc.headcount.risk import risk
from grantcalc.headcount.run import run
from grantcalc.headcount.seats import Terms
from grantcalc.headcount.sweep import sweep
from grantcalc.headcount.team import ScenarioError, stints_of
from grantcalc.headcount.vector import blocks
from grantcalc.headcount.verdicts import verdicts
from grantcalc.report.simulation_sweep_rows import axis_name
from grantcalc.report.simulation_text import simulation_text
from grantcalc.rules.headcounts import CASE_MANAGERS
from grantcalc.rules.library import Library
from grantcalc.staffing import project_managers_needed, senior_posts
from grantcalc.text import Language, Tongue
from tests.thorough import examples

YEAR = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
MONTHS = [dt.date(2024, month, 1) for month in range(1, 13)]
ROLES = (Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER, Role.SUPERVISOR, Role.PROJECT_MANAGER)


@cache
def _library() -> Library:
    return Library()


def _prices(scenario: Scenario) -> Prices:
    return prices_of(scenario, _library().programme(scenario.programme), _library().tables)


def _cost(scenario: Scenario) -> int:
    prices = _prices(scenario)
    return run(scenario, stints_of(scenario, prices), prices.programme.bonus).subsidised


def _staff(role: Role, count: int, monthly: int = 40_000, **more: object) -> Staff:
    known = {"name": role.value, "start": YEAR.start, "end": YEAR.end, **more}
    return Staff(role=role, count=count, basis=Basis(monthly=monthly), **known)  # type: ignore[arg-type]


def _team(managers: int = 27, supervisors: int = 4, **more: object) -> Scenario:
    """The approved posts of 嘉義縣 (31 in all, 27 : 4), 40,000 dollars a month each, without insurance."""
    known = {"budget": 21_093_000, "insured": Insured.INCLUDED, "cases": (807,) * 12, **more}
    return Scenario(
        programme="dapc-113",
        county="嘉義縣",
        period=YEAR,
        staff=(_staff(Role.CASE_MANAGER, managers), _staff(Role.SUPERVISOR, supervisors)),
        **known,  # type: ignore[arg-type]
    )


def _axes(scenario: Scenario, *texts: str) -> tuple[Axis, ...]:
    return axes_of(texts, scenario, _library().programme(scenario.programme))


def _judged(combination: Combination, what: Binding) -> Judgement:
    return next(judgement for judgement in combination.judged if judgement.binding is what)


def test_the_county_of_chiayi() -> None:
    scenario = _team()
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=20..35", "supervisors=2..6"))
    at = {combination.values: combination for combination in found.combinations}
    assert (found.total, len(at)) == (80, 80)
    assert at[27, 4].feasible
    assert _judged(at[27, 4], Binding.RATIO).headroom == 6.75 - 6.5
    assert all(judgement.state is State.KEPT for judgement in at[27, 4].judged)
    assert at[26, 5].binding is Binding.RATIO
    assert _judged(at[26, 5], Binding.RATIO).headroom == pytest.approx(5.2 - 6.5)
    assert at[25, 4].feasible
    assert _judged(at[25, 4], Binding.RATIO).state is State.WARNED
    assert at[28, 3].feasible
    assert _judged(at[28, 3], Binding.POSTS).headroom == 0
    assert _judged(at[28, 3], Binding.SPAN).state is State.WARNED
    assert _judged(at[28, 3], Binding.SPAN).headroom == 3 * 7 - 28
    assert at[28, 4].binding is Binding.POSTS
    assert _judged(at[28, 4], Binding.POSTS).headroom == -1
    assert at[27, 4].cost == 31 * 540_000  # 13.5 months of 40,000
    assert found.largest is not None
    assert found.largest.case_managers + found.largest.supervisors == 31
    assert found.cheapest is not None
    assert found.cheapest.values == (27, 2)  # 807 cases ÷ 30 = 26.9
    assert [team.values[0] for team in found.frontier] == list(range(20, 30))
    assert all(team.values[1] == 2 for team in found.frontier)
    assert found.map[26 - 20][5 - 2] is Binding.RATIO
    assert found.map[28 - 20][4 - 2] is Binding.POSTS
    assert found.map[27 - 20][4 - 2] is None


def test_money_binds_after_posts_and_ratio() -> None:
    scenario = _team(budget=29 * 540_000)
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=25..28", "supervisors=4,5"))
    bindings = {combination.values: combination.binding for combination in found.combinations}
    assert bindings[25, 4] is None
    assert bindings[26, 4] is Binding.MONEY
    assert bindings[26, 5] is Binding.RATIO
    assert bindings[28, 4] is Binding.POSTS
    assert dict(found.bound) == {Binding.POSTS: 3, Binding.RATIO: 2, Binding.MONEY: 2}
    assert found.feasible == 1


def test_case_managers_count_the_senior_ones_who_give_way_last() -> None:
    scenario = evolve(_team(), staff=(_staff(Role.CASE_MANAGER, 22), _staff(Role.SENIOR_CASE_MANAGER, 5, 50_000)))
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=4,6,30"))
    four, six, thirty = found.combinations
    assert [team.case_managers for team in found.combinations] == [4, 6, 30]
    assert four.cost == 4 * 675_000
    assert six.cost == 5 * 675_000 + 540_000
    assert thirty.cost == 5 * 675_000 + 25 * 540_000


def test_a_start_moves_new_staff_only() -> None:
    kept = _staff(Role.SUPERVISOR, 1, hired_on=dt.date(2020, 3, 2))
    scenario = evolve(_team(), staff=(_staff(Role.CASE_MANAGER, 1), kept))
    found = sweep(scenario, _prices(scenario), _axes(scenario, "start=113/7/1"))
    # Six months and 0.75 month of bonus for the case manager; the supervisor's whole year.
    assert found.combinations[0].cost == 6 * 40_000 + 30_000 + 540_000


def test_two_in_turn_on_one_post_count_once() -> None:
    first = _staff(Role.CASE_MANAGER, 31, name="a", end=dt.date(2024, 6, 30))
    then = _staff(Role.CASE_MANAGER, 31, name="b", start=dt.date(2024, 7, 1))
    scenario = evolve(_team(), staff=(first, then))
    early, later = sweep(scenario, _prices(scenario), _axes(scenario, "start:b=113/6/1,113/7/1")).combinations
    assert (early.case_managers, early.binding) == (62, Binding.POSTS)
    assert (later.case_managers, later.binding) == (31, None)


def test_a_role_without_staff_is_priced_by_the_scenario() -> None:
    scenario = _team(pay=((Role.PROJECT_MANAGER, Basis(monthly=45_000)),))
    without, one = sweep(scenario, _prices(scenario), _axes(scenario, "project-managers=0,1")).combinations
    assert one.cost - without.cost == 607_500


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("case-managers", "say what to vary and its values"),
        ("case-managers=", "say what to vary and its values"),
        ("drivers=1..2", "there is no role “drivers” in dapc-113; it may be: case-managers, senior-case-managers"),
        ("social-workers=1..2", "there is no role “social-workers” in dapc-113"),
        ("supervisors=6..2", "the range 6..2 goes backwards"),
        ("supervisors=2..x", "“x” is no number of persons from 0 to 9,999"),
        ("supervisors=-1", "“-1” is no number of persons"),
        ("start=113/13/1", "“113/13/1” is no date"),
        ("start=114/1/1", "2025-01-01 is outside the period from 2024-01-01 to 2024-12-31"),
        ("start:nobody=113/2/1", "there is neither staff nor a role called “nobody”; the names are: case-manager"),
    ],
)
def test_errors_name_the_option(text: str, message: str, english: Language) -> None:
    with pytest.raises(ScenarioError) as caught:
        _axes(_team(), text)
    told = english(caught.value.text)
    assert told.startswith(f"--vary {text}: ")
    assert message in told


def test_nothing_is_varied_twice(english: Language) -> None:
    with pytest.raises(ScenarioError) as caught:
        _axes(_team(), "supervisors=2", "supervisor=3")
    assert "“supervisors” is varied twice" in english(caught.value.text)
    with pytest.raises(ScenarioError) as caught:
        _axes(_team(), "case-managers=2", "senior-case-managers=3")
    assert "counts the senior ones" in english(caught.value.text)


def test_a_role_may_be_named_in_chinese() -> None:
    name = Language(Tongue.ZH_TW).label(Role.SUPERVISOR)
    assert _axes(_team(), f"{name}=2..4") == _axes(_team(), "supervisors=2..4")


def test_a_start_after_a_leave_is_left_out_with_its_reason_and_the_others_are_judged(english: Language) -> None:
    leave = Change(kind=ChangeKind.LEAVE, entry="change 1", who="supervisor", date=dt.date(2024, 3, 31), count=1)
    scenario = _team(changes=(leave,))
    axes = _axes(scenario, "case-managers=26,27", "start=113/3/1..113/5/1")
    found = sweep(scenario, _prices(scenario), axes)
    assert (found.total, found.untried, found.feasible) == (2, 4, 2)
    assert [team.values for team in found.combinations] == [(26, dt.date(2024, 3, 1)), (27, dt.date(2024, 3, 1))]
    assert [(known.axis.name, known.day) for known in found.uncomputable] == [
        ("start", dt.date(2024, 4, 1)),
        ("start", dt.date(2024, 5, 1)),
    ]
    told = english(found.uncomputable[0].reason)
    assert told.startswith("change 1: ")
    assert "2024-03-31" in told
    assert "Not computable, and not among them" in simulation_text(found, scenario, english)


def test_where_no_start_can_be_computed_the_error_names_the_value_and_the_change(english: Language) -> None:
    leave = Change(kind=ChangeKind.LEAVE, entry="change 1", who="supervisor", date=dt.date(2024, 3, 31), count=1)
    scenario = _team(changes=(leave,))
    with pytest.raises(ScenarioError) as caught:
        sweep(scenario, _prices(scenario), _axes(scenario, "start=113/4/1..113/5/1"))
    told = english(caught.value.text)
    assert told.startswith("with start=2024-0")
    assert "change 1: " in told


def _hiring(*more: Change, count: int = 2) -> Scenario:
    """26 case managers and 4 supervisors from January, two case managers more from July."""
    hired = _staff(Role.CASE_MANAGER, count, name="new", start=dt.date(2024, 7, 1))
    return _team(26, changes=(Change(kind=ChangeKind.HIRE, entry="change 1", hired=hired), *more))


def test_hires_come_on_top_of_what_is_varied_and_every_table_says_so(english: Language) -> None:
    scenario = _hiring()
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=24,25,26"))
    assert [(team.values[0], team.case_managers) for team in found.combinations] == [(24, 26), (25, 27), (26, 28)]
    told = simulation_text(found, scenario, english)
    assert f"{english(Role.CASE_MANAGER)}, hires not among them" in told
    assert "Most in post on any day (case managers:supervisors)" in told
    rows = [line.split() for line in told.splitlines() if line.split()[:1] in (["24"], ["25"], ["26"])]
    for first, peak, ratio in (("24", "26:4", "6.5"), ("25", "27:4", "6.75"), ("26", "28:4", "7")):
        assert any((row[0], row[2:4]) == (first, [peak, ratio]) for row in rows)
    assert any("2 hired in the year come on top" in english(known.text) for known in found.assumptions)
    fitted = fit(scenario, _prices(scenario))
    (allowed,) = (known for known in fitted.allowed if known.role is Role.CASE_MANAGER)
    assert (allowed.planned, allowed.persons, allowed.binding, allowed.peak) == (26, 25, Binding.POSTS, (27, 4))
    assert fitted.hires
    assert any("2 hired in the year come on top" in english(known.text) for known in fitted.assumptions)


def test_the_start_of_a_hire_may_be_varied_by_its_name() -> None:
    scenario = _hiring(count=1)
    july, october = sweep(scenario, _prices(scenario), _axes(scenario, "start:new=113/7/1,113/10/1")).combinations
    # Six months and 0.75 month of bonus; three months and 0.375 month.
    assert july.cost == 30 * 540_000 + 6 * 40_000 + 30_000
    assert october.cost == 30 * 540_000 + 3 * 40_000 + 15_000
    assert (july.case_managers, october.case_managers) == (27, 27)


def test_a_leave_before_the_varied_start_of_a_hire_leaves_that_start_out() -> None:
    leave = Change(kind=ChangeKind.LEAVE, entry="change 2", who="new", date=dt.date(2024, 9, 30), count=1)
    scenario = _hiring(leave, count=1)
    found = sweep(scenario, _prices(scenario), _axes(scenario, "start:new=113/7/1,113/10/1"))
    assert [team.cost for team in found.combinations] == [30 * 540_000 + 3 * 40_000]
    assert [known.day for known in found.uncomputable] == [dt.date(2024, 10, 1)]


def test_the_cheapest_team_without_a_warning() -> None:
    scenario = _team()
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=20..35", "supervisors=2..6"))
    assert found.cheapest is not None
    assert found.unwarned is not None
    assert found.cheapest.values == (27, 2)
    assert _judged(found.cheapest, Binding.SPAN).state is State.WARNED
    assert found.unwarned.values == (27, 4)  # 27 ÷ 7 = 3.86, half up 4


def test_cases_are_carried_in_every_month_or_not_at_all() -> None:
    """27 from July on carry 807 cases in six months only: a run warns of the others, and so does the sweep."""
    scenario = _team()
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=27,28", "start=113/1/1,113/7/1"))
    assert found.largest is not None
    assert found.largest.values == (27, dt.date(2024, 7, 1))
    assert _judged(found.largest, Binding.CASELOAD).headroom == -807
    assert found.largest.cases_each is None
    assert found.cheapest == found.unwarned
    assert found.cheapest is not None
    assert found.cheapest.values == (27, YEAR.start)
    assert found.cheapest.cases_each == Fraction(807, 27)


def test_more_cases_in_some_months_are_carried_by_those_hired_for_them() -> None:
    """750 cases ÷ 30 = 25 case managers; from July on 807, and 2 more are hired."""
    hired = _staff(Role.CASE_MANAGER, 2, name="new", start=dt.date(2024, 7, 1))
    hire = Change(kind=ChangeKind.HIRE, entry="change 1", hired=hired)
    scenario = _team(cases=(750,) * 6 + (807,) * 6, changes=(hire,))
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=24,25", "start:new=113/7/1,113/8/1"))
    assert found.cheapest is not None
    assert found.cheapest.values == (25, dt.date(2024, 7, 1))
    assert _judged(found.cheapest, Binding.CASELOAD).headroom == 0  # January: 25 × 30 = 750


def test_a_start_that_decides_a_warning_is_not_mixed_up_with_a_cheaper_one() -> None:
    """26 ÷ 7 = 3.71, half up 4 supervisors: 2 until June and 2 more are 4 only where these start before July."""
    first = _staff(Role.SUPERVISOR, 2, name="first", end=dt.date(2024, 6, 30))
    then = _staff(Role.SUPERVISOR, 2, name="then")
    scenario = evolve(_team(cases=None), staff=(_staff(Role.CASE_MANAGER, 26), first, then))
    found = sweep(scenario, _prices(scenario), _axes(scenario, "start:then=113/5/1,113/6/1,113/7/1"))
    states = [_judged(team, Binding.SPAN).state for team in found.combinations]
    assert states == [State.KEPT, State.KEPT, State.WARNED]
    assert found.cheapest == found.combinations[2]
    assert found.unwarned == found.combinations[1]


def test_fewer_case_managers_with_the_approved_supervisors_are_explained(english: Language) -> None:
    scenario = _team()
    found = sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=25"))
    (told,) = (english(known.text) for known in found.assumptions if "unfilled" in english(known.text))
    assert told == (
        "Fewer than 6.5 case managers for each supervisor, with no more supervisors than the 4 approved, is only a "
        "warning: posts of case managers are then unfilled, and no post is turned into one of a supervisor."
    )


def test_pay_beyond_any_budget_is_refused(english: Language) -> None:
    scenario = evolve(_team(), staff=(_staff(Role.CASE_MANAGER, 1, 10**15),))
    with pytest.raises(ScenarioError) as caught:
        sweep(scenario, _prices(scenario), _axes(scenario, "case-managers=1..3"))
    assert "dollars a year" in english(caught.value.text)


@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.integers(1, 40))
def test_blocks_hold_every_combination_once_in_order(shape: list[int], chunk: int) -> None:
    flat = np.arange(prod(shape)).reshape(shape)
    cut = [flat[block].ravel() for block in blocks(tuple(shape), chunk)]
    assert all(len(part) <= chunk for part in cut)
    assert np.concatenate(cut).tolist() == list(range(prod(shape)))


# -- random teams ------------------------------------------------------------------------------------------------


@st.composite
def _members(draw: st.DrawFn, name: str) -> Staff:
    start, end = draw(st.sampled_from(MONTHS[:6])), draw(st.sampled_from([YEAR.end, YEAR.end, dt.date(2024, 9, 17)]))
    day = draw(st.sampled_from([start, start, start.replace(day=16)]))
    return Staff(
        name=name,
        role=draw(st.sampled_from(ROLES)),
        count=draw(st.integers(1, 4)),
        start=day,
        end=end,
        hired_on=draw(st.sampled_from([None, None, day, dt.date(2020, 5, 4)])),
        basis=Basis(monthly=draw(st.integers(30_000, 60_000))),
        allowance=draw(st.sampled_from([0, 0, 1_995])),
        insurance=draw(st.sampled_from([None, 6_000, 5_555])),
    )


def _subject(change: Change) -> object:
    """Who has left cannot be replaced: one such change of an entry; one raise; one hire."""
    return change.who if change.kind in {ChangeKind.LEAVE, ChangeKind.REPLACE} else change.kind


def _changes(staff: Sequence[Staff]) -> st.SearchStrategy[tuple[Change, ...]]:
    """A change of one entry after all starts, a raise of a role, or none: such that fewer persons stay possible."""
    day, who = st.sampled_from([dt.date(2024, 8, 20), dt.date(2024, 9, 1)]), st.sampled_from(staff)
    replaced = st.builds(lambda who, day: Change(kind=ChangeKind.REPLACE, who=who.name, date=day), who, day)
    left = st.builds(lambda who, day: Change(kind=ChangeKind.LEAVE, who=who.name, date=day), who, day)
    raised = st.builds(
        lambda who, day, amount: Change(kind=ChangeKind.RAISE, who=who.role.value, date=day, amount=amount),
        who,
        day,
        st.integers(1, 3_000),
    )
    hired = st.builds(
        lambda who, day: Change(kind=ChangeKind.HIRE, hired=evolve(who, name="new", start=day, end=YEAR.end)), who, day
    )
    return st.lists(st.one_of(replaced, left, raised, hired), max_size=2, unique_by=_subject).map(tuple)


@st.composite
def _scenarios(draw: st.DrawFn) -> Scenario:
    staff = tuple(draw(_members(f"s{at}")) for at in range(draw(st.integers(1, 4))))
    return Scenario(
        programme="dapc-113",
        county=draw(st.sampled_from(["連江縣", "澎湖縣", "嘉義市"])),
        period=YEAR,
        staff=staff,
        changes=draw(_changes(staff)),
        pay=tuple((role, Basis(monthly=44_444)) for role in ROLES),
        budget=draw(st.one_of(st.none(), st.integers(0, 8_000_000))),
        cases=draw(st.one_of(st.none(), st.lists(st.integers(0, 300), min_size=12, max_size=12).map(tuple))),
        insured=draw(st.sampled_from(Insured)),
    )


@st.composite
def _sweeps(draw: st.DrawFn) -> tuple[Scenario, tuple[Axis, ...]]:
    scenario = draw(_scenarios())
    counts = st.sampled_from(["0..3", "2,5", "1"])
    names = st.sampled_from(["case-managers", "supervisors", "project-managers"])
    texts = [f"{name}={draw(counts)}" for name in draw(st.sets(names, max_size=2))]
    texts += [f"start:{scenario.staff[0].name}=113/2/1,113/5/10"] if draw(st.booleans()) else []
    is_moving = any(member.hired_on is None or member.hired_on >= member.start for member in scenario.staff)
    texts += ["start=113/1/1..113/4/1"] if is_moving and draw(st.booleans()) else []
    return scenario, _axes(scenario, *draw(st.permutations(texts or ["project-managers=0..2"])))


def _peak(scenario: Scenario, roles: Sequence[Role]) -> int:
    stints = [stint for stint in stints_of(scenario, _prices(scenario)) if stint.role in roles]
    return max(
        (sum(s.count for s in stints if s.start <= day <= s.end) for day in {s.start for s in stints}), default=0
    )


def _alone(scenario: Scenario, role: Role) -> int | None:
    """Nothing of a role that no entry has."""
    return _peak(scenario, (role,)) if any(member.role is role for member in scenario.staff) else None


def _reference(scenario: Scenario, axes: Sequence[Axis], values: tuple[int | dt.date, ...]) -> Combination:
    """One combination the slow way: a run of its own, and every day's heads."""
    alone = varied(scenario, axes, values)
    team = Team(
        case_managers=_peak(alone, CASE_MANAGERS),
        supervisors=_peak(alone, (Role.SUPERVISOR,)),
        posts=_peak(alone, (*CASE_MANAGERS, Role.SUPERVISOR)),
        seniors=_alone(alone, Role.SENIOR_CASE_MANAGER),
        project_managers=_alone(alone, Role.PROJECT_MANAGER),
        cost=_cost(alone),
    )
    programme = _library().programme(scenario.programme)
    limits = limits_of(programme, scenario.county, _library().tables, scenario.budget)
    judged, each = _by_month(alone, judge(team, limits), limits)
    first = binding(judged)
    return Combination(
        values=values,
        case_managers=team.case_managers,
        supervisors=team.supervisors,
        cost=team.cost,
        judged=judged,
        binding=None if first is None else first.binding,
        cases_each=each,
    )


def _by_month(
    scenario: Scenario, judged: tuple[Judgement, ...], limits: Limits
) -> tuple[tuple[Judgement, ...], Fraction | None]:
    """What is judged, with the caseload of the month of the run that leaves the least room."""
    if not scenario.cases or limits.cases_each is None:
        return judged, None
    prices = _prices(scenario)
    rows = run(scenario, stints_of(scenario, prices), prices.programme.bonus).months
    teams = (Team(case_managers=row.case_managers, supervisors=0, cases=row.cases) for row in rows)
    found = [known for team in teams for known in judge(team, limits) if known.binding is Binding.CASELOAD]
    worst = min(range(12), key=lambda month: found[month].headroom)
    return (*judged, found[worst]), rows[worst].cases_each


@settings(max_examples=examples(50))
@given(_sweeps())
def test_sweep_and_run_agree_on_every_combination(drawn: tuple[Scenario, tuple[Axis, ...]]) -> None:
    scenario, axes = drawn
    found = sweep(scenario, _prices(scenario), axes)
    expected = [_reference(scenario, axes, values) for values in product(*(axis.values for axis in axes))]
    assert list(found.combinations) == expected
    assert found.feasible == sum(team.feasible for team in expected)
    assert {what: count for what, count in found.bound.items() if count} == {
        what: count for what in Binding if (count := sum(team.binding is what for team in expected))
    }
    feasible = [team for team in expected if team.feasible]
    assert found.largest == min(
        feasible, key=lambda team: (-_persons(team), team.cost, *_order(team, axes)), default=None
    )
    covering = [team for team in feasible if _covers(team)]
    assert found.cheapest == min(covering, key=lambda team: (team.cost, *_order(team, axes)), default=None)
    kept = [team for team in feasible if all(judged.state is State.KEPT for judged in team.judged)]
    assert found.unwarned == min(kept, key=lambda team: (team.cost, *_order(team, axes)), default=None)
    _same_frontier(found.frontier, feasible, axes)
    _same_map(found.map, expected, axes)


def _order(team: Combination, axes: Sequence[Axis]) -> list[int]:
    """Of equals the first is shown: by the axis of the frontier, the other counts, the days."""
    places = [axis.values.index(value) for axis, value in zip(axes, team.values, strict=True)]  # type: ignore[arg-type]
    return [
        places[at] for at in sorted(range(len(axes)), key=lambda at: (at != frontier_of(axes), bool(axes[at].days)))
    ]


def _persons(team: Combination) -> int:
    return sum(value for value in team.values if isinstance(value, int))


def _covers(team: Combination) -> bool:
    return all(judged.state is State.KEPT for judged in team.judged if judged.binding is Binding.CASELOAD)


def _same_frontier(frontier: Sequence[Combination], feasible: Sequence[Combination], axes: Sequence[Axis]) -> None:
    at = frontier_of(axes)
    best: dict[int | dt.date, Combination] = {}
    for team in feasible if at is not None else ():
        key = team.values[at or 0]
        known = best.get(key, team)
        best[key] = min(known, team, key=lambda one: (one.cost, *_order(one, axes)))
    assert list(frontier) == [best[key] for key in sorted(best)]  # type: ignore[type-var]


def _same_map(
    found: tuple[tuple[Binding | None, ...], ...], teams: Sequence[Combination], axes: Sequence[Axis]
) -> None:
    order = [Binding.POSTS, Binding.PROJECT_MANAGERS, Binding.SENIORS, Binding.RATIO, Binding.MONEY, None]
    first, second = axes[0].values, axes[1].values if len(axes) > 1 else (None,)
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            pair = [team for team in teams if team.values[0] == one and (other is None or team.values[1] == other)]
            assert found[row][column] is order[max(order.index(team.binding) for team in pair)]


@settings(max_examples=examples(30))
@given(_sweeps(), st.integers(1, 12))
def test_the_size_of_the_blocks_changes_nothing(drawn: tuple[Scenario, tuple[Axis, ...]], chunk: int) -> None:
    scenario, axes = drawn
    whole = sweep(scenario, _prices(scenario), axes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "blocks", lambda shape: blocks(shape, chunk))
        assert sweep(scenario, _prices(scenario), axes) == whole


@settings(max_examples=examples(50))
@given(_sweeps())
def test_more_staff_never_cost_less_and_a_later_start_never_more(drawn: tuple[Scenario, tuple[Axis, ...]]) -> None:
    scenario, axes = drawn
    found = sweep(scenario, _prices(scenario), axes)
    shape = [len(axis.values) for axis in axes]
    cost = np.array([team.cost for team in found.combinations]).reshape(shape)
    for at, axis in enumerate(axes):
        steps = np.diff(cost, axis=at)
        assert (steps >= 0).all() if axis.counts else (steps <= 0).all()


@settings(max_examples=examples(30))
@given(_sweeps(), st.integers(0, 8_000_000), st.integers(0, 1_000_000))
def test_more_money_never_makes_a_feasible_team_infeasible(
    drawn: tuple[Scenario, tuple[Axis, ...]], budget: int, more: int
) -> None:
    scenario, axes = drawn
    poor, rich = (evolve(scenario, budget=money) for money in (budget, budget + more))
    before, after = (sweep(known, _prices(known), axes).combinations for known in (poor, rich))
    assert all(team.feasible for was, team in zip(before, after, strict=True) if was.feasible)


@pytest.mark.parametrize(
    ("county", "others", "managers", "binding_rule", "state", "room"),
    [
        ("嘉義縣", (27, 4), 2, None, State.KEPT, 0),  # 2 approved
        ("嘉義縣", (27, 4), 3, Binding.PROJECT_MANAGERS, State.BROKEN, -1),
        ("嘉義縣", (27, 4), 38, Binding.PROJECT_MANAGERS, State.BROKEN, -36),
        # None approved; (7 + 1) × 5% = 0.4, below 1: one may be hired.
        ("嘉義市", (7, 1), 0, None, State.KEPT, 1),
        ("嘉義市", (7, 1), 1, None, State.WARNED, 0),
        ("嘉義市", (7, 1), 2, Binding.PROJECT_MANAGERS, State.BROKEN, -1),
    ],
)
def test_project_managers_bind_alike_by_sweep_run_and_risk(
    county: str, others: tuple[int, int], managers: int, binding_rule: Binding | None, state: State, room: int
) -> None:
    staff = (_staff(Role.PROJECT_MANAGER, managers),)
    scenario = evolve(_team(*others, budget=None), county=county)
    scenario = evolve(scenario, staff=(*scenario.staff, *staff))
    (found,) = sweep(scenario, _prices(scenario), _axes(scenario, f"project-managers={managers}")).combinations
    assert found.binding is binding_rule
    judged = _judged(found, Binding.PROJECT_MANAGERS)
    assert (judged.state, judged.headroom) == (state, room)
    _same_by_run_and_risk(scenario, Binding.PROJECT_MANAGERS, state, room)


@pytest.mark.parametrize(
    ("general", "senior", "state", "room"),
    [
        (10, 3, State.KEPT, 0),  # 南投縣: 3 approved, 13 ÷ 5 gives 2
        (9, 4, State.BROKEN, -1),
        (10, 0, State.KEPT, 3),
    ],
)
def test_seniors_of_nantou(general: int, senior: int, state: State, room: int) -> None:
    _same_seniors("南投縣", (general, 2), senior, state, room)


@pytest.mark.parametrize(
    ("general", "senior", "state", "room"),
    [
        (104, 25, State.KEPT, 0),  # 新北市: 25 approved, 129 ÷ 5 gives 25
        (104, 26, State.WARNED, 0),  # 130 ÷ 5 = 26
        (103, 26, State.BROKEN, -1),  # 129 ÷ 5 = 25
    ],
)
def test_seniors_of_new_taipei(general: int, senior: int, state: State, room: int) -> None:
    _same_seniors("新北市", (general, 18), senior, state, room)


def _same_seniors(county: str, others: tuple[int, int], senior: int, state: State, room: int) -> None:
    scenario = evolve(_team(*others, budget=None), county=county)
    scenario = evolve(scenario, staff=(*scenario.staff, _staff(Role.SENIOR_CASE_MANAGER, senior)))
    axes = _axes(scenario, f"supervisors={others[1]}")
    (found,) = sweep(scenario, _prices(scenario), axes).combinations
    judged = _judged(found, Binding.SENIORS)
    assert (judged.state, judged.headroom) == (state, room)
    _same_by_run_and_risk(scenario, Binding.SENIORS, state, room)


def _same_by_run_and_risk(scenario: Scenario, rule: Binding, state: State, room: int) -> None:
    """Everybody is in post all year: each month says what the sweep says of the year."""
    prices = _prices(scenario)
    stints = stints_of(scenario, prices)
    limits = limits_of(prices.programme, scenario.county, prices.tables, scenario.budget)
    by_run = run(scenario, stints, prices.programme.bonus)
    if any(stint.role in {Role.PROJECT_MANAGER, Role.SENIOR_CASE_MANAGER} and stint.count for stint in stints):
        rules = verdicts(by_run, YEAR, prices.programme, limits, prices.tables)
        (months,) = (known.months for known in rules if known.key == rule.value)
        assert {(month.state, month.headroom) for month in months} == {(state, room)}
    drawn = risk(scenario, prices, Terms(leave=Fraction(0)), 3, 1)
    below = 0 if state is State.KEPT else 12
    assert set(drawn.broken_months[rule].values.values()) == {below}


def test_fit_stops_project_managers_at_the_approved_number() -> None:
    scenario = _team()
    scenario = evolve(scenario, staff=(*scenario.staff, _staff(Role.PROJECT_MANAGER, 1)))
    found = fit(scenario, _prices(scenario))
    by_money = {role: persons for role, persons, _ in found.most}
    assert by_money[Role.PROJECT_MANAGER] > 2
    (allowed,) = (known for known in found.allowed if known.role is Role.PROJECT_MANAGER)
    assert (allowed.persons, allowed.binding) == (2, Binding.PROJECT_MANAGERS)


def test_a_project_manager_of_half_a_month_counts_in_the_run_as_in_the_sweep() -> None:
    """Three project managers until 15 March: one more than approved, on days that no month ends with."""
    staff = (
        _staff(Role.PROJECT_MANAGER, 2),
        _staff(Role.PROJECT_MANAGER, 1, name="third", start=dt.date(2024, 3, 1), end=dt.date(2024, 3, 15)),
    )
    scenario = _team(budget=None)
    scenario = evolve(scenario, staff=(*scenario.staff, *staff))
    prices = _prices(scenario)
    (found,) = sweep(scenario, prices, _axes(scenario, "supervisors=4")).combinations
    assert found.binding is Binding.PROJECT_MANAGERS
    by_run = run(scenario, stints_of(scenario, prices), prices.programme.bonus)
    limits = limits_of(prices.programme, scenario.county, prices.tables, None)
    rules = verdicts(by_run, YEAR, prices.programme, limits, prices.tables)
    (months,) = (known.months for known in rules if known.key == Binding.PROJECT_MANAGERS.value)
    assert [month.month.month for month in months if month.state is State.BROKEN] == [3]
    drawn = risk(scenario, prices, Terms(leave=Fraction(0)), 3, 1)
    assert set(drawn.broken_months[Binding.PROJECT_MANAGERS].values.values()) == {1}


@given(st.integers(0, 60), st.integers(0, 10), st.sampled_from(["嘉義市", "嘉義縣", "新北市"]))
def test_formulas_of_posts_are_those_of_the_check(managers: int, supervisors: int, county: str) -> None:
    library = _library()
    limits = limits_of(library.programme("dapc-113"), county, library.tables, None)
    team = Team(case_managers=managers, supervisors=supervisors)
    assert seniors_by_formula(team, limits) == senior_posts(managers, library.tables).value
    assert managers_by_formula(team, limits) == project_managers_needed(managers, supervisors, library.tables).exact


def test_names_of_axes_in_chinese() -> None:
    scenario = _team()
    axes = _axes(scenario, "case-managers=1", "start=113/1/1", "start:supervisors=113/1/1")
    told = [axis_name(axis, Language(Tongue.ZH_TW)) for axis in axes]
    assert told[1] == "到職日"
    assert told[2].startswith("到職日：")
    assert "start" not in "".join(told)


def test_memory_does_not_grow_with_the_number_of_combinations() -> None:
    scenario = _team()
    texts = ["case-managers=20..39", "supervisors=1..10", "start:case-managers=113/1/1..113/12/1"]
    peaks = []
    for more in ("113/1/1..113/12/1", "113/1/1..113/12/1,113/1/2..113/12/2,113/2/3,113/3/3"):
        axes = _axes(scenario, *texts, f"start:supervisors={more}", "project-managers=0..49")
        tracemalloc.start()
        found = sweep(scenario, _prices(scenario), axes)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.total == 20 * 10 * 12 * len(axes[3].days) * 50
        assert found.combinations == ()
    few, many = peaks
    assert many < 1.5 * few
