"""The reference run: what the issue states, sums equal to ``pay`` and ``check``, verdicts, retention, turnover."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from grantcalc.checking import check
from grantcalc.draft.model import Draft, Period, Position, Reading, Role
from grantcalc.headcount.build import from_county
from grantcalc.headcount.limits import State
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, Scenario, Staff
from grantcalc.headcount.prepare import prepared
from grantcalc.headcount.retention import Met, completed
from grantcalc.headcount.run import run
from grantcalc.headcount.simulation import Compared, Simulation, simulate
from grantcalc.headcount.team import ScenarioError
from grantcalc.headcount.turnover import Moved
from grantcalc.pay.months import earn
from grantcalc.report.simulation_json import simulation_json
from grantcalc.report.simulation_text import simulation_text
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
YEAR = Period(start=FIRST, end=LAST)
LIBRARY = Library()
COUNTIES = [str(row["county"]) for row in LIBRARY.tables["dapc-113/approved_posts"].rows]
CHIAYI = "嘉義縣"


def worker(name: str = "甲", monthly: int = 48765, count: int = 1, **more: Any) -> Staff:
    known = {"start": FIRST, "end": LAST, "role": Role.SOCIAL_WORKER, **more}
    return Staff(name=name, count=count, basis=Basis(monthly=monthly), **known)


def of(*staff: Staff, programme: str = "fsp-113", **more: Any) -> Scenario:
    return Scenario(programme=programme, period=YEAR, staff=staff, **{"insured": Insured.OWN, **more})


def team(managers: int, supervisors: int, **more: Any) -> Simulation:
    base = from_county(CHIAYI, LIBRARY)
    counts = {Role.CASE_MANAGER: managers, Role.SUPERVISOR: supervisors}
    staff = tuple(evolve(member, count=counts.get(member.role, member.count)) for member in base.staff)
    return simulate(evolve(base, staff=staff, **more), LIBRARY)


def states(found: Simulation) -> dict[str, State]:
    return {rule.key: rule.state for rule in found.rules}


def room(found: Simulation, key: str) -> set[Fraction]:
    return {month.headroom for rule in found.rules if rule.key == key for month in rule.months}


@st.composite
def entries(draw: st.DrawFn) -> Staff:
    days = st.dates(FIRST, LAST)
    start, end = sorted((draw(days), draw(days)))
    hired = draw(st.none() | st.dates(dt.date(2021, 1, 1), start))
    monthly, count = draw(st.integers(20_000, 90_000)), draw(st.integers(1, 9))
    return worker(str(draw(st.uuids())), monthly, count, start=start, end=end, hired_on=hired)


@given(st.lists(entries(), min_size=1, max_size=8))
@example([worker(monthly=40_000, start=dt.date(2024, 12, 2))])  # who joins after the day of the bonus
@example([worker(monthly=40_000, start=dt.date(2024, 12, 2), hired_on=dt.date(2021, 1, 1))])
def test_year_is_the_sum_of_pay_one_by_one(staff: list[Staff]) -> None:
    bonus = LIBRARY.programme("fsp-113").bonus
    found = simulate(of(*staff), LIBRARY).run
    alone = sum(
        earn(int(member.basis.monthly or 0), member.start, member.end, bonus, member.hired_on).total * member.count  # type: ignore[arg-type]  # one number
        for member in staff
    )
    assert found.total.pay + found.total.bonus == alone
    assert found.subsidised == sum(row.subsidised for row in found.months) == found.months[-1].cumulative
    assert sum(cost.pay + cost.bonus for cost in found.by_stint) == alone


@pytest.mark.parametrize("county", COUNTIES)
def test_approved_posts_cost_what_check_says(county: str) -> None:
    scenario = from_county(county, LIBRARY)
    found = simulate(scenario, LIBRARY)
    positions = tuple(
        Position(role=stint.role, count=stint.count, start=stint.start, end=stint.end, monthly_pay=stint.pay.middle)
        for stint in found.run.stints
    )
    draft = Draft(programme="dapc-113", county=county, period=YEAR, positions=positions)
    report = check(Reading(draft=draft), found.programme, LIBRARY.tables)
    assert (report.uncounted, report.asked) == ((), found.run.subsidised)
    assert all(row.heads == found.run.months[0].heads for row in found.run.months)


def test_two_workers_of_the_issue() -> None:
    found = simulate(of(worker(count=2, insurance=6000), insured=Insured.SUBSIDY), LIBRARY).run
    assert (found.total.pay + found.total.bonus, found.total.insurance) == (1_316_656, 144_000)
    assert found.subsidised == 1_460_656
    assert [row.cost.bonus for row in found.months] == [0] * 11 + [146_296]


def test_a_raise_after_the_day_of_the_bonus_does_not_double_it() -> None:
    change = Change(kind=ChangeKind.RAISE, who="甲", date=dt.date(2024, 12, 2), amount=1_000)
    found = simulate(of(worker(monthly=40_000), changes=(change,)), LIBRARY).run
    assert [cost.bonus for cost in found.by_stint] == [60_000, 0]


def test_a_bonus_outside_the_period_is_refused_and_counts_nowhere() -> None:
    """Six months of 40,000: a bonus of December belongs to no month of them, and so to no amount either."""
    half = Period(start=FIRST, end=dt.date(2024, 6, 30))
    pay = Basis(monthly=(38_000, 42_000))
    member = evolve(worker(end=half.end), basis=pay)
    scenario = evolve(of(member), period=half)
    with pytest.raises(ScenarioError) as refused:
        simulate(scenario, LIBRARY)
    assert refused.value.text.template.startswith("bonus_month = {month}")
    assert dict(refused.value.text.values)["month"] == 12
    programme, _, stints = prepared(evolve(scenario, bonus_month=6), LIBRARY)
    # Whoever is in post on 1 December only earns it: the stints are made to reach there.
    late = tuple(evolve(stint, end=LAST, last=LAST) for stint in stints)
    found = run(scenario, late, programme.bonus)
    assert (found.low, found.subsidised, found.high) == (6 * 38_000, 6 * 40_000, 6 * 42_000)
    assert found.total.bonus == 0
    assert sum(cost.pay + cost.bonus for cost in found.by_stint) == found.total.pay


def test_start_in_july() -> None:
    found = simulate(of(worker(monthly=40_000, start=dt.date(2024, 7, 1))), LIBRARY).run
    assert (found.total.pay, found.total.bonus) == (240_000, 30_000)  # 6 months and 0.75 of a month
    assert [row.cost.pay for row in found.months] == [0] * 6 + [40_000] * 6


@pytest.mark.parametrize(
    ("managers", "supervisors", "expected"),
    [
        (27, 4, {"posts": State.KEPT, "supervisor-ratio": State.KEPT, "supervisor-span": State.KEPT}),
        (26, 5, {"posts": State.KEPT, "supervisor-ratio": State.BROKEN, "supervisor-span": State.KEPT}),
        (25, 4, {"posts": State.KEPT, "supervisor-ratio": State.WARNED, "supervisor-span": State.KEPT}),
        (28, 3, {"posts": State.KEPT, "supervisor-ratio": State.KEPT, "supervisor-span": State.WARNED}),
        (28, 4, {"posts": State.BROKEN, "supervisor-ratio": State.KEPT, "supervisor-span": State.KEPT}),
    ],
)
def test_verdicts_of_the_issue(managers: int, supervisors: int, expected: dict[str, State]) -> None:
    found = team(managers, supervisors, budget=None)
    keys = {"posts": "posts", "supervisor-ratio": "ratio", "supervisor-span": "span"}
    shown = states(found)
    assert {name: shown[key] for name, key in keys.items()} == expected
    assert found.broken is (State.BROKEN in expected.values())
    assert all(len(rule.months) == 12 for rule in found.rules)


def test_headroom_has_its_own_unit() -> None:
    found = team(27, 4)
    assert room(found, "posts") == {0}
    assert room(found, "ratio") == {Fraction(1, 4)}
    assert room(found, "span") == {1}
    assert room(found, "caseload") == {3}
    assert min(room(found, "money")) == found.run.left


def test_posts_count_the_most_of_a_month() -> None:
    extra = Change(
        kind=ChangeKind.HIRE,
        hired=Staff(
            name="臨時",
            role=Role.CASE_MANAGER,
            start=dt.date(2024, 3, 5),
            end=dt.date(2024, 3, 20),
            basis=Basis(monthly=40_000),
        ),
        date=dt.date(2024, 3, 5),
    )
    found = team(27, 4, changes=(extra,))
    broken = [month.month.month for rule in found.rules for month in rule.months if month.state is State.BROKEN]
    assert broken == [3]


def test_a_budget_that_ends_in_the_year_is_told_from_its_month() -> None:
    found = simulate(of(worker(monthly=50_000), budget=500_000), LIBRARY)
    (money,) = found.rules
    assert [month.state for month in money.months] == [State.KEPT] * 10 + [State.BROKEN] * 2
    assert money.months[-1].headroom == -175_000
    assert found.broken


@pytest.mark.parametrize(
    ("first", "months", "day"),
    [
        (dt.date(2024, 1, 1), 12, dt.date(2024, 12, 31)),
        (dt.date(2023, 1, 1), 18, dt.date(2024, 6, 30)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 7, 15), 12, dt.date(2024, 7, 14)),
    ],
)
def test_months_of_service(first: dt.date, months: int, day: dt.date) -> None:
    assert completed(first, months) == day


def test_retention_guesses_nothing() -> None:
    open_days = team(27, 4)
    assert [known.met for known in open_days.retention] == [Met.UNKNOWN, Met.UNKNOWN, Met.MET, Met.UNKNOWN]
    assert (open_days.retention[0].count.least, open_days.retention[0].count.most) == (0, 1)
    assert simulate(of(worker()), LIBRARY).retention == ()  # fsp-113 has no such indicator


def test_retention_of_known_days() -> None:
    base = from_county(CHIAYI, LIBRARY)
    staff = tuple(evolve(member, hired_on=dt.date(2023, 3, 1)) for member in base.staff)
    leave = Change(kind=ChangeKind.REPLACE, who=staff[0].name, count=10, date=dt.date(2024, 6, 30), vacancy=Fraction(1))
    found = simulate(evolve(base, staff=staff, changes=(leave,)), LIBRARY).retention
    counts = [(known.months, known.count.served, known.count.in_post, known.met) for known in found]
    assert counts == [
        (12, 31, 31, Met.MET),
        (18, 0, 31, Met.MISSED),
        (12, 21, 31, Met.MISSED),
        (18, 21, 31, Met.MISSED),
    ]


def test_a_delayed_start_is_a_new_employment() -> None:
    """Whose post begins in July has not served 12 months in December; nothing about it is unknown."""
    member = Staff(name="甲", role=Role.CASE_MANAGER, start=FIRST, end=LAST, basis=Basis(monthly=40_000))
    delay = Change(kind=ChangeKind.DELAY, who="甲", date=dt.date(2024, 7, 1))
    found = simulate(of(member, programme="dapc-113", changes=(delay,)), LIBRARY).retention
    assert [(known.count.unknown, known.met) for known in found] == [(0, Met.NOBODY)] * 2 + [(0, Met.MISSED)] * 2


def test_the_supplementary_premium_is_told(english: Language) -> None:
    """2.11% of 48,765 + 73,147.5 → 73,148 less the grade 50,600 in December: 71,313 × 0.0211 = 1,504.7."""
    said = [english(known.text) for known in simulate(of(worker()), LIBRARY).assumptions]
    assert said[-1] == (
        "The employer's supplementary premium on what is paid in a month above the insured salaries, NT$1,505 in the "
        "year, is in no amount."
    )
    stated = simulate(of(worker(insurance=6_000)), LIBRARY).assumptions
    assert not any("supplementary" in english(known.text) for known in stated)


def test_turnover() -> None:
    leave = Change(kind=ChangeKind.REPLACE, who="甲", date=dt.date(2024, 6, 30), vacancy=Fraction(2))
    found = simulate(of(worker(monthly=40_000), changes=(leave,), budget=540_000), LIBRARY)
    left, joined = found.turnover.bonuses
    assert (left.moved, left.full, left.earned, left.lost) == (Moved.LEFT, 60_000, 0, 60_000)
    assert (joined.moved, joined.first, joined.earned) == (Moved.JOINED, dt.date(2024, 9, 1), 20_000)
    assert [row.planned for row in found.turnover.plan[:2]] == [45_000, 90_000]
    assert [row.unspent for row in found.turnover.plan][7:] == [120_000, 125_000, 130_000, 135_000, 120_000]
    assert found.run.left == 120_000


def test_a_raise_after_the_day_of_the_bonus_takes_none_away() -> None:
    """Joined in March: 10/12 of 1.5 months of 40,000 on 1 December, whatever is paid from the 10th."""
    change = Change(kind=ChangeKind.RAISE, who="甲", date=dt.date(2024, 12, 10), amount=1_000)
    found = simulate(of(worker(monthly=40_000, start=dt.date(2024, 3, 1)), changes=(change,)), LIBRARY)
    (joined,) = found.turnover.bonuses
    assert (joined.full, joined.earned, found.run.total.bonus) == (60_000, 50_000, 50_000)


def test_one_bonus_whatever_day_decides_it() -> None:
    """31 October instead of 1 December: a raise of 1 November comes too late for it, and earns no second one."""
    bonus = evolve(LIBRARY.programme("fsp-113").bonus, still_on=(10, 31))
    change = Change(kind=ChangeKind.RAISE, who="甲", date=dt.date(2024, 11, 1), amount=1_000)
    scenario = of(worker(monthly=40_000), changes=(change,))
    _, _, stints = prepared(scenario, LIBRARY)
    assert [cost.bonus for cost in run(scenario, stints, bonus).by_stint] == [60_000, 0]


def test_whole_year_has_no_turnover() -> None:
    assert team(27, 4).turnover.bonuses == ()


@pytest.mark.parametrize("tongue", Tongue)
def test_text_begins_with_the_assumptions(tongue: Tongue) -> None:
    speak, found = Language(tongue), team(25, 5)
    wide = simulation_text(found, found.scenario, speak, 400)
    narrow = simulation_text(found, found.scenario, speak, 80)
    first = wide.index("==")
    assert wide.index("1. ") > first
    assert wide[first:].startswith("== 本試算之假設" if tongue is Tongue.ZH_TW else "== What is assumed")
    assert "dapc-113/supervisor-ratio" in narrow
    assert len(narrow.splitlines()) == len(wide.splitlines()) + 15  # people and money apart


def test_json_and_comparison(english: Language) -> None:
    a, b = team(27, 4), team(26, 4)
    shown = simulation_json(Compared(a=a, b=b), a.scenario, english)
    assert shown["kind"] == "compare"
    assert shown["difference"]["subsidised"] == b.run.subsidised - a.run.subsidised < 0
    assert sum(month["difference"] for month in shown["difference"]["months"]) == shown["difference"]["subsidised"]
    assert shown["a"]["months"][0]["ratio"] == "6.75"
    assert shown["a"]["year"]["subsidised"] == a.run.subsidised
    text = simulation_text(Compared(a=a, b=b), a.scenario, english)
    assert "27 → 26" in text
    assert "6.75 → 6.5" in text


def test_a_county_whose_formula_needs_no_supervisor(library: Library) -> None:
    """連江縣, one case manager: 1 ÷ 7 = 0.14, half up 0."""
    found = simulate(from_county("連江縣", library), library)
    span = next(rule for rule in found.rules if rule.key == "span")
    assert span.state is State.KEPT
    assert {Language(Tongue.ZH_TW)(month.text) for month in span.months} == {"個管1人，依公式不需督導"}


def test_text_without_a_budget(library: Library) -> None:
    found = simulate(evolve(from_county("連江縣", library), budget=None), library)
    assert "預算：未列預算，請於情境檔填 budget\n" in simulation_text(found, None, Language(Tongue.ZH_TW))
