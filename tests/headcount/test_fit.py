"""What fits the money: expectations by hand, and the dollar at which each answer flips."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from grantcalc.draft.model import Period, Role
from grantcalc.headcount.fit import fit
from grantcalc.headcount.limits import Binding
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, Scenario, Staff
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Fit
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.thorough import examples

YEAR = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
PERSON = 540_000  # 13.5 months of 40,000


@pytest.fixture(scope="module")
def prices(library: Library) -> Prices:
    return prices_of(_team(), library.programme("dapc-113"), library.tables)


def _staff(role: Role, count: int, **more: object) -> Staff:
    known = {"name": role.value, "start": YEAR.start, "end": YEAR.end, "basis": Basis(monthly=40_000), **more}
    return Staff(role=role, count=count, **known)  # type: ignore[arg-type]


def _team(budget: int | None = 21_093_000, **more: object) -> Scenario:
    staff = (_staff(Role.CASE_MANAGER, 27), _staff(Role.SUPERVISOR, 4))
    known = {"staff": staff, "insured": Insured.INCLUDED, "cases": (807,) * 12, **more}
    return Scenario(programme="dapc-113", county="嘉義縣", period=YEAR, budget=budget, **known)  # type: ignore[arg-type]


def _allowed(found: Fit, role: Role) -> tuple[int | None, Binding | None]:
    return next((entry.persons, entry.binding) for entry in found.allowed if entry.role is role)


def test_money_pays_more_than_the_posts_allow(prices: Prices) -> None:
    found = fit(_team(), prices)
    assert found.least_money == 31 * PERSON
    # 21,093,000 ÷ 540,000 = 39.06 persons in all.
    assert found.most == ((Role.CASE_MANAGER, 35, 39 * PERSON), (Role.SUPERVISOR, 12, 39 * PERSON))
    assert _allowed(found, Role.CASE_MANAGER) == (27, Binding.POSTS)
    assert _allowed(found, Role.SUPERVISOR) == (4, Binding.POSTS)
    assert (found.start, found.start_cost) == (YEAR.start, 31 * PERSON)


def test_without_a_budget_only_posts_and_ratio_are_asked(prices: Prices) -> None:
    found = fit(_team(budget=None), prices)
    assert (found.most, found.start, found.steps) == ((), None, ())
    assert found.least_money == 31 * PERSON
    assert _allowed(found, Role.CASE_MANAGER) == (27, Binding.POSTS)


def test_a_team_beyond_the_money_starts_later(prices: Prices) -> None:
    # From 1 March each costs 10 months and 1.25 months of bonus: 450,000 dollars.
    found = fit(_team(budget=31 * 450_000), prices)
    assert (found.start, found.start_cost) == (dt.date(2024, 3, 1), 31 * 450_000)
    assert fit(_team(budget=31 * 450_000 - 1), prices).start == dt.date(2024, 4, 1)
    assert fit(_team(budget=31), prices).start is None


def test_staff_employed_before_keep_their_dates(prices: Prices) -> None:
    kept = _staff(Role.SUPERVISOR, 4, hired_on=dt.date(2021, 8, 1))
    scenario = _team(budget=4 * PERSON + 450_000, staff=(_staff(Role.CASE_MANAGER, 1), kept))
    assert fit(scenario, prices).start == dt.date(2024, 3, 1)


def test_nobody_fits_where_the_others_cost_more_than_the_money(prices: Prices) -> None:
    found = fit(_team(budget=4 * PERSON - 1), prices)
    assert found.most == ()
    assert _allowed(found, Role.CASE_MANAGER) == (None, Binding.MONEY)


def test_a_change_needs_its_persons(prices: Prices) -> None:
    leave = Change(kind=ChangeKind.LEAVE, entry="change 1", who="case-manager", date=dt.date(2024, 6, 30), count=10)
    found = fit(_team(budget=12 * PERSON, changes=(leave,)), prices)
    # 4 supervisors, 10 case managers of 6 months: 4,560,000; 8 more posts would cost 4,320,000.
    assert found.most[0] == (Role.CASE_MANAGER, 13, 4 * PERSON + 10 * 240_000 + 3 * PERSON)


def _told(found: Fit, english: Language) -> str:
    return "\n".join(english(known.text) for known in found.assumptions)


def test_a_change_before_every_start_that_fits_is_told(prices: Prices, english: Language) -> None:
    leave = Change(kind=ChangeKind.LEAVE, entry="change 1", who="case-manager", date=dt.date(2024, 2, 29), count=1)
    found = fit(_team(budget=31 * 450_000 - 1, changes=(leave,)), prices)
    assert found.start is None
    assert (
        "with a start on 2024-03-01 a change of the scenario does not fit. change 1: 2024-02-29 lies before"
        in _told(found, english)
    )
    assert "The start of all is not told" not in _told(fit(_team(budget=31), prices), english)


def test_hires_keep_their_day_and_that_is_told(prices: Prices, english: Language) -> None:
    """Nobody but the hire costs anything from January on: 10 months and 1.25 months of bonus from 1 March."""
    hired = _staff(Role.CASE_MANAGER, 1, name="new", start=dt.date(2024, 3, 1))
    hire = Change(kind=ChangeKind.HIRE, entry="change 1", hired=hired)
    team = _team(budget=450_000 + 45_000, staff=(_staff(Role.SUPERVISOR, 1),), changes=(hire,))
    found = fit(team, prices)
    assert (found.start, found.start_cost) == (dt.date(2024, 12, 1), 450_000 + 45_000)
    assert "keeps the day of the hire" in _told(found, english)
    assert "keeps the day of the hire" not in _told(fit(_team(), prices), english)


def test_the_most_persons_tried_are_told_where_the_money_pays_more(prices: Prices, english: Language) -> None:
    found = fit(_team(budget=9_999 * PERSON, staff=(_staff(Role.CASE_MANAGER, 1),)), prices)
    assert found.most == ((Role.CASE_MANAGER, 9_999, 9_999 * PERSON),)
    assert "No more than 9,999 persons of a role are tried" in _told(found, english)


def test_persons_in_turn_on_the_same_posts_may_be_more_than_the_posts(prices: Prices) -> None:
    """31 posts: 31 until June, and from July on 31 others; one more of those is stopped."""
    first = _staff(Role.CASE_MANAGER, 31, name="first", end=dt.date(2024, 6, 30))
    then = _staff(Role.CASE_MANAGER, 2, name="then", start=dt.date(2024, 7, 1))
    found = fit(_team(budget=None, staff=(first, then)), prices)
    assert _allowed(found, Role.CASE_MANAGER) == (62, Binding.POSTS)


def test_a_role_that_can_have_nobody_more_is_not_told(prices: Prices) -> None:
    """The change about the entry without persons fits nobody: the entry ends before the delayed start."""
    nobody = _staff(Role.CASE_MANAGER, 0, end=dt.date(2024, 3, 14))
    delay = Change(kind=ChangeKind.DELAY, entry="change 1", who="case-manager", date=dt.date(2024, 8, 23))
    found = fit(_team(staff=(nobody, _staff(Role.SUPERVISOR, 1)), changes=(delay,)), prices)
    assert [role for role, *_ in found.most] == [Role.SUPERVISOR]
    assert [known.role for known in found.allowed] == [Role.SUPERVISOR]


def test_the_highest_step_that_fits(library: Library) -> None:
    """FSP-113 附表1: every step is 1,000 dollars a month, 13.5 months a year."""
    worker = _staff(Role.SOCIAL_WORKER, 2, basis=Basis(step=3))
    scenario = Scenario(programme="fsp-113", period=YEAR, staff=(worker,), insured=Insured.OWN)
    found_prices = prices_of(scenario, library.programme("fsp-113"), library.tables)
    planned = fit(scenario, found_prices).least_money
    two_steps = 2 * 2 * 1_000 * 27 // 2
    assert fit(evolve(scenario, budget=planned + two_steps), found_prices).steps == (
        ("social-worker", 5, planned + two_steps),
    )
    assert fit(evolve(scenario, budget=planned + two_steps - 1), found_prices).steps[0][1] == 4
    assert fit(evolve(scenario, budget=planned - 10 * two_steps), found_prices).steps == ()


@settings(max_examples=examples(15))
@given(managers=st.integers(1, 30), supervisors=st.integers(0, 5), budget=st.integers(0, 25_000_000))
def test_the_answers_are_the_last_ones_that_fit(managers: int, supervisors: int, budget: int, prices: Prices) -> None:
    staff = (_staff(Role.CASE_MANAGER, managers), _staff(Role.SUPERVISOR, supervisors))
    found = fit(_team(budget=budget, staff=staff), prices)
    assert found.least_money == (managers + supervisors) * PERSON
    for role, most, cost in found.most:
        others = supervisors if role is Role.CASE_MANAGER else managers
        assert cost == (others + most) * PERSON <= budget < cost + PERSON
    fits = found.least_money <= budget
    assert (found.start == YEAR.start) is fits


@settings(max_examples=examples(15))
@given(managers=st.integers(0, 35), supervisors=st.integers(0, 6))
def test_the_least_money_is_enough_and_a_dollar_less_is_not(managers: int, supervisors: int, prices: Prices) -> None:
    staff = (_staff(Role.CASE_MANAGER, managers), _staff(Role.SUPERVISOR, supervisors))
    least = fit(_team(budget=None, staff=staff), prices).least_money
    if least:
        assert fit(_team(budget=least, staff=staff), prices).start == YEAR.start
        assert fit(_team(budget=least - 1, staff=staff), prices).start != YEAR.start
