"""Staff and changes of a scenario: pay, bonus and insurance worked out by hand from the documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from grantcalc.draft.model import Role
from grantcalc.headcount.model import PaySource, Stint
from grantcalc.headcount.prepare import prepared
from grantcalc.headcount.run import Run, run
from grantcalc.headcount.scenario_file import read_scenario
from grantcalc.headcount.team import ScenarioError
from grantcalc.pay.months import earn
from grantcalc.pay.paytable import PayRow, read_pay_table
from grantcalc.rules.library import Library

FSP = 'format = 1\nprogramme = "fsp-113"\ncounty = "嘉義縣"\n'
DAPC = 'format = 1\nprogramme = "dapc-113"\ncounty = "嘉義縣"\n'
RSP = 'format = 1\nprogramme = "rsp-108-2"\ncounty = "嘉義縣"\n'
WORKER = '[[staff]]\nname = "甲"\nrole = "social-worker"\n'
LEADER = 'role = "supervisor"'
SENIOR = 'role = "senior-case-manager"'
THREE = 'percent = "3%"'
TEN = 'percent = "10%"'
NO_PERCENT = 'percent = "0%"'
STATED = '[[staff]]\nname = "甲"\nrole = "case-manager"\nmonthly = 40000\n'

Stints = tuple[Stint, ...]
Work = Callable[..., tuple[Run, Stints]]


@pytest.fixture
def work(library: Library, tmp_path: Path) -> Work:
    """Reads a scenario and works it out."""

    def worked(text: str, table: tuple[PayRow, ...] | None = None) -> tuple[Run, Stints]:
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        scenario = read_scenario(path, library)
        programme, _, stints = prepared(scenario, library, table)
        return run(scenario, stints, programme.bonus), stints

    return worked


def change(kind: str, day: str, *more: str, who: str | None = "甲") -> str:
    """One ``[[change]]``."""
    name = [] if who is None else [f'who = "{who}"']
    return "\n".join(("[[change]]", f'kind = "{kind}"', *name, f"date = 2024-{day}", *more, ""))


def shown(stints: Stints) -> list[tuple[str, int, int, str, str]]:
    """Name, persons, pay, first and last day (month-day) of every stint."""
    return [
        (stint.name, stint.count, stint.pay.middle, stint.start.strftime("%m-%d"), stint.end.strftime("%m-%d"))
        for stint in stints
    ]


def test_two_workers_for_a_year(work: Work) -> None:
    """48,765 × 12 = 585,180, bonus 73,147.5 → 73,148, of two; insurance 2 × 12 × 6,000."""
    text = f'{FSP}insurance = 6000\n{WORKER}count = 2\neducation = "master"\nstep = 3\n'
    found, _ = work(f'{text}licences = ["social-worker", "specialist-social-worker"]\n')
    assert (found.total.pay, found.total.bonus, found.total.insurance) == (1170360, 146296, 144000)
    assert found.total.pay + found.total.bonus == 1316656
    assert found.subsidised == 1460656


def test_a_start_in_july(work: Work) -> None:
    """Six months and 0.75 month of bonus: 6 × 37,765 + 28,323.75 → 28,324."""
    found, _ = work(f"{FSP}{WORKER}start = 2024-07-01\n")
    assert (found.total.pay, found.total.bonus) == (226590, 28324)
    assert [row.heads.get(Role.SOCIAL_WORKER, 0) for row in found.months] == [0] * 6 + [1] * 6


def test_the_spec_s_joiner(work: Work, library: Library) -> None:
    """Joins on 16 March: 19,492 + 339,885 + 47,206 = 406,583, as ``grantcalc pay`` has it."""
    found, _ = work(f'{FSP}{WORKER}start = "113/3/16"\n')
    assert found.total.pay + found.total.bonus == 406583
    bonus = library.programme("fsp-113").bonus
    assert earn(37765, dt.date(2024, 3, 16), dt.date(2024, 12, 31), bonus).total == 406583


def test_a_raise_inside_a_month(work: Work) -> None:
    """March 15/31 × 40,000 = 19,354.8 and 16/31 × 41,200 = 21,264.5; the month's insurance is counted once."""
    raised = change("raise", "03-16", 'percent = "3%"')
    found, stints = work(f'{DAPC}insured = "subsidy"\ninsurance = 6000\n{STATED}allowance = 1000\n{raised}')
    assert shown(stints) == [("甲", 1, 40000, "01-01", "03-15"), ("甲", 1, 41200, "03-16", "12-31")]
    assert found.months[2].cost.pay == 19355 + 21265
    assert found.total.pay == 2 * 40000 + 19355 + 21265 + 9 * 41200
    assert found.total.bonus == 61800
    assert (found.total.insurance, found.total.allowance) == (72000, 12000)
    assert [row.cost.insurance for row in found.months] == [6000] * 12


def test_two_raises_inside_a_month(work: Work) -> None:
    """Three pays touch March; one month of insurance."""
    raises = change("raise", "03-10", "amount = 100") + change("raise", "03-20", "amount = 100")
    found, stints = work(f'{DAPC}insured = "subsidy"\ninsurance = 6000\n{STATED}{raises}')
    assert [stint.pay.middle for stint in stints] == [40000, 40100, 40200]
    assert found.months[2].cost.insurance == 6000


def test_insurance_goes_by_the_pay_before(work: Work) -> None:
    """The real cost at 37,765 is 7,391; after the raise of 16 March to 48,765 it counts from April."""
    found, stints = work(f'{FSP}insured = "own"\n{WORKER}{change("raise", "03-16", "monthly = 48765")}')
    later = stints[1].insurance
    assert stints[0].insurance == 7391
    assert later > 7391
    assert [row.cost.insurance for row in found.months] == [7391] * 3 + [later] * 9
    assert found.subsidised == found.total.pay + found.total.bonus


def test_one_bonus_where_pay_changes_in_december(work: Work) -> None:
    """The pay of 1 December decides: 60,000, once."""
    found, _ = work(f"{DAPC}{STATED}{change('raise', '12-10', 'monthly = 50000')}")
    assert found.total.bonus == 60000
    assert found.months[11].cost.bonus == 60000


def test_a_raise_on_the_first_of_december_counts_for_the_bonus(work: Work) -> None:
    """In force on the day that decides it."""
    found, _ = work(f"{DAPC}{STATED}{change('raise', '12-01', 'monthly = 50000')}")
    assert found.total.bonus == 75000


def test_a_replacement_starts_at_the_lowest_step(work: Work) -> None:
    """Step 5 leaves on 31 March, two months nobody, then step 0: 3 × 42,765, 7 × 37,765, bonus 33,044.4."""
    found, stints = work(f"{FSP}{WORKER}step = 5\n{change('replace', '03-31', 'vacancy = 2')}")
    assert shown(stints) == [("甲", 1, 42765, "01-01", "03-31"), ("甲 *", 1, 37765, "06-01", "12-31")]
    assert (found.total.pay, found.total.bonus) == (128295 + 264355, 33044)
    assert stints[1].first == dt.date(2024, 6, 1)


@pytest.mark.parametrize(
    ("vacancy", "start"),
    [("0", "04-01"), ("1", "05-01"), ("1.5", "05-16"), ('"1/3"', "04-11")],
)
def test_vacancies(work: Work, vacancy: str, start: str) -> None:
    """Whole months after the day that follows the last one, then days of a part (1/2 of May 15, 1/3 of April 10)."""
    _, stints = work(f"{FSP}{WORKER}{change('replace', '03-31', f'vacancy = {vacancy}')}")
    assert shown(stints)[1][3] == start


def test_a_vacancy_to_the_end(work: Work) -> None:
    """Nobody comes any more in the year, and the bonus is lost."""
    found, stints = work(f"{FSP}{WORKER}{change('replace', '11-30', 'vacancy = 1')}")
    assert len(stints) == 1
    assert found.total.bonus == 0


def test_the_bonus_of_one_who_leaves_on_the_deciding_day(work: Work) -> None:
    """Still in post on 1 December: 1.5 months; December is paid for one day of 31."""
    found, _ = work(f"{FSP}{WORKER}{change('leave', '12-01')}")
    assert found.total.bonus == 56648
    assert found.months[11].cost.pay == 1218


def test_project_managers_are_replaced_at_the_lowest_points(work: Work) -> None:
    """312 points × 135 = 42,120; the replacement at 280 × 135 = 37,800; without a degree the lowest of all."""
    staff = '[[staff]]\nname = "甲"\nrole = "project-manager"\npoints = 312\neducation = "bachelor"\n'
    master = '[[staff]]\nname = "乙"\nrole = "project-manager"\neducation = "master"\n'
    bare = '[[staff]]\nname = "丙"\nrole = "project-manager"\n'
    _, stints = work(f"{DAPC}{staff}{master}{bare}{change('replace', '06-30')}")
    assert [stint.pay.middle for stint in stints] == [42120, 37800, 44280, 37800]
    assert {stint.pay.source for stint in stints} == {PaySource.SCALE}


def test_case_managers_of_108(work: Work) -> None:
    """附表1: bachelor step 5 is 38,034, step 1 33,046; a supervisor begins at step 4: (295 + 30) × 124.7 = 40,527.5."""
    person = '[[staff]]\nname = "甲"\nrole = "case-manager"\neducation = "bachelor"\nstep = 5\n'
    leader = '[[staff]]\nname = "乙"\nrole = "supervisor"\neducation = "bachelor"\n'
    gone = change("replace", "06-30").replace("2024", "2019")
    _, stints = work(f"{RSP}{person}{leader}{gone}")
    assert [stint.pay.middle for stint in stints] == [38034, 33046, 40528]


def test_promotion_and_step(work: Work) -> None:
    """Step 5 to 6: 39,281; as supervisor of step 6 (315 + 30) × 124.7 = 43,021.5 → 43,022."""
    person = '[[staff]]\nname = "甲"\nrole = "case-manager"\neducation = "bachelor"\nstep = 5\n'
    text = f"{RSP}{person}{change('step', '03-01')}{change('promote', '09-01', LEADER)}"
    _, stints = work(text.replace("2024", "2019"))
    assert [(stint.role, stint.pay.middle) for stint in stints] == [
        (Role.CASE_MANAGER, 38034),
        (Role.CASE_MANAGER, 39281),
        (Role.SUPERVISOR, 43022),
    ]
    assert [stint.first for stint in stints] == [dt.date(2019, 1, 1)] * 3


def test_a_step_without_a_step_begins_at_the_lowest(work: Work) -> None:
    """A social worker without a step stands at 0; one higher is 38,765; at the top nothing changes."""
    top = '[[staff]]\nname = "乙"\nrole = "social-worker"\nstep = 7\n'
    text = f"{FSP}{WORKER}{top}{change('step', '07-01')}{change('step', '07-01', who='乙')}"
    _, stints = work(text)
    assert shown(stints) == [
        ("甲", 1, 37765, "01-01", "06-30"),
        ("甲", 1, 38765, "07-01", "12-31"),
        ("乙", 1, 44765, "01-01", "12-31"),
    ]


def test_points_rise(work: Work) -> None:
    """From 280 to the next printed point, 296 × 135 = 39,960; to 344 when it is stated."""
    staff = '[[staff]]\nname = "甲"\nrole = "project-manager"\neducation = "bachelor"\n'
    _, stints = work(f"{DAPC}{staff}{change('step', '03-01')}{change('step', '05-01', 'points = 344')}")
    assert [stint.pay.middle for stint in stints] == [37800, 39960, 46440]


def test_groups_are_split(work: Work) -> None:
    """Of five, one leaves, two are replaced, one is promoted; the persons always add up."""
    text = (
        f"{DAPC}{STATED}count = 5\n"
        f"{change('leave', '03-31', 'count = 1')}"
        f"{change('replace', '06-30', 'count = 2', 'vacancy = 1', 'monthly = 38000')}"
        f"{change('promote', '09-01', 'count = 1', SENIOR, 'monthly = 45000')}"
    )
    found, stints = work(text)
    assert shown(stints) == [
        ("甲", 1, 40000, "01-01", "12-31"),
        ("甲", 1, 40000, "01-01", "08-31"),
        ("甲", 1, 45000, "09-01", "12-31"),
        ("甲", 2, 40000, "01-01", "06-30"),
        ("甲 *", 2, 38000, "08-01", "12-31"),
        ("甲", 1, 40000, "01-01", "03-31"),
    ]
    heads = [sum(row.heads.values()) for row in found.months]
    assert heads == [5, 5, 5, 4, 4, 4, 2, 4, 4, 4, 4, 4]


def test_whoever_is_in_post_can_be_named(work: Work) -> None:
    """A replacement holds the same post: leaving later by the name of the entry."""
    _, stints = work(f"{DAPC}{STATED}{change('replace', '03-31')}{change('leave', '08-31')}")
    assert shown(stints) == [("甲", 1, 40000, "01-01", "03-31"), ("甲 *", 1, 40000, "04-01", "08-31")]


def test_a_raise_of_a_role(work: Work) -> None:
    """From 1 July 3% for case managers only: those in post, their replacements, and later hires of the role's pay."""
    text = (
        f"{DAPC}[pay]\ncase-manager = 40000\nsupervisor = 50000\n"
        '[[staff]]\nname = "甲"\nrole = "case-manager"\n'
        '[[staff]]\nname = "乙"\nrole = "supervisor"\n'
        '[[staff]]\nname = "丙"\nrole = "case-manager"\nstart = 2024-08-01\n'
        '[[staff]]\nname = "丁"\nrole = "case-manager"\nmonthly = 39000\nstart = 2024-08-01\n'
        f"{change('raise', '07-01', THREE, who='case-manager')}{change('replace', '09-30')}"
    )
    _, stints = work(text)
    assert shown(stints) == [
        ("甲", 1, 40000, "01-01", "06-30"),
        ("甲", 1, 41200, "07-01", "09-30"),
        ("甲 *", 1, 41200, "10-01", "12-31"),
        ("乙", 1, 50000, "01-01", "12-31"),
        ("丙", 1, 41200, "08-01", "12-31"),
        ("丁", 1, 39000, "08-01", "12-31"),
    ]


def test_a_raise_of_a_person_is_not_handed_on(work: Work) -> None:
    """The replacement takes over the stated pay, not what the person before was raised by; raises of all go on."""
    text = (
        f"{DAPC}{STATED}{change('raise', '02-01', 'amount = 2000')}"
        f"{change('raise', '03-01', TEN, who=None)}{change('replace', '05-31')}"
    )
    _, stints = work(text)
    assert [stint.pay.middle for stint in stints] == [40000, 42000, 46200, 44000]


def test_a_raise_on_a_scale_leaves_the_steps(work: Work) -> None:
    """37,765 × 1.1 = 41,541.5 → 41,542; one step higher 38,765 × 1.1 = 42,641.5; the replacement at step 0 again."""
    text = (
        f"{FSP}{WORKER}{change('raise', '02-01', TEN, who='social-worker')}"
        f"{change('step', '03-01')}{change('replace', '05-31')}"
    )
    _, stints = work(text)
    assert [stint.pay.middle for stint in stints] == [37765, 41542, 42642, 41542]


def test_a_promotion_finds_the_raises_of_the_new_role(work: Work) -> None:
    """Supervisors are paid 55,000 from July: who becomes one in September, too; other raises stay behind."""
    text = (
        f"{DAPC}[pay]\ncase-manager = 40000\nsupervisor = 50000\n"
        '[[staff]]\nname = "甲"\nrole = "case-manager"\n'
        f"{change('raise', '02-01', 'amount = 500', who='case-manager')}"
        f"{change('raise', '07-01', TEN, who='supervisor')}{change('promote', '09-01', LEADER)}"
    )
    _, stints = work(text)
    assert [stint.pay.middle for stint in stints] == [40000, 40500, 55000]


def test_a_raise_that_counts_persons_is_of_the_entry(work: Work) -> None:
    """An entry without a name bears that of its role: one of three rises, 34,000 to 35,000."""
    text = f'{RSP}[[staff]]\nrole = "full-time"\ncount = 3\n'
    raised = change("raise", "07-01", "amount = 1000", "count = 1", who="full-time").replace("2024", "2019")
    _, stints = work(f"{text}{raised}")
    assert [(stint.count, stint.pay.middle) for stint in stints] == [(2, 34000), (1, 34000), (1, 35000)]


def test_a_raise_by_nothing_cuts_no_month(work: Work) -> None:
    """12 × 37,765, and no note on insurance of a month with two pays."""
    found, stints = work(f"{FSP}{WORKER}{change('raise', '03-16', NO_PERCENT)}")
    assert shown(stints) == [("甲", 1, 37765, "01-01", "12-31")]
    assert found.total.pay == 453180


def test_delays(work: Work) -> None:
    """Two months later, and to a day; who was employed before keeps the employment's start, and so the bonus."""
    text = (
        f'{DAPC}{STATED}[[staff]]\nname = "乙"\nrole = "case-manager"\nmonthly = 40000\nhired_on = 2020-05-01\n'
        '[[change]]\nkind = "delay"\nwho = "甲"\nmonths = 2\n'
        '[[change]]\nkind = "delay"\nwho = "乙"\ndate = 2024-03-01\n'
    )
    found, stints = work(text)
    assert shown(stints) == [("甲", 1, 40000, "03-01", "12-31"), ("乙", 1, 40000, "03-01", "12-31")]
    assert [stint.first for stint in stints] == [dt.date(2024, 3, 1), dt.date(2020, 5, 1)]
    assert found.total.bonus == 50000 + 60000


def test_hires_come_before_the_changes_about_them(work: Work) -> None:
    """The order of the file does not matter."""
    hire = '[[change]]\nkind = "hire"\nname = "新"\nrole = "case-manager"\nmonthly = 38000\ndate = 2024-05-01\n'
    _, stints = work(f"{DAPC}{STATED}{change('leave', '06-30', who='新')}{hire}")
    assert shown(stints)[1] == ("新", 1, 38000, "05-01", "06-30")


def test_a_range_takes_its_middle(work: Work) -> None:
    """38,001 to 46,000: the middle 42,000.5 half up, and the year at both ends."""
    text = f'{DAPC}insured = "own"\n[pay]\ncase-manager = [38001, 46000]\n[[staff]]\nname = "甲"\nrole = "個管"\n'
    found, stints = work(text)
    assert (stints[0].pay.middle, stints[0].pay.source) == (42001, PaySource.RANGE)
    assert (found.low, found.high) == (456012 + 57002, 552000 + 69000)
    assert found.subsidised == 504012 + 63002


def test_a_pay_table(work: Work, tmp_path: Path) -> None:
    """The lowest step of the role where none is stated; a step rises by the table."""
    path = tmp_path / "pay.csv"
    rows = ("role,step,amount,source", "case-manager,2,41000,表33", "case-manager,3,42000,表33")
    path.write_text("\n".join(rows), encoding="utf-8")
    text = f'{DAPC}[[staff]]\nname = "甲"\nrole = "case-manager"\n{change("step", "07-01")}'
    _, stints = work(text, read_pay_table(path))
    assert [(stint.pay.middle, stint.pay.source) for stint in stints] == [
        (41000, PaySource.TABLE),
        (42000, PaySource.TABLE),
    ]


def test_no_step_without_a_scale(work: Work) -> None:
    """The implied average rises by no step: the error names file, entry and remedy."""
    text = f'{DAPC}[[staff]]\nname = "甲"\nrole = "case-manager"\n{change("step", "07-01")}'
    with pytest.raises(ScenarioError, match="rises by no step or points") as caught:
        work(text)
    assert caught.value.text.values["entry"] == "plan.toml, change[1] “甲”"


def test_own_parts_are_beside_the_subsidy(work: Work) -> None:
    """Own pay earns bonus and part-months like pay: 12 × 2,000 + 3,000, and 12 × 500 of insurance."""
    found, _ = work(f'{DAPC}insured = "subsidy"\n{STATED}insurance = 6000\nown_pay = 2000\nown_insurance = 500\n')
    assert found.total.own == 24000 + 3000 + 6000
    assert found.subsidised == 480000 + 60000 + 72000


def test_no_bonus_where_none_is_paid(work: Work) -> None:
    """``bonus = false``."""
    found, _ = work(f"{DAPC}{STATED}bonus = false\n")
    assert (found.total.pay, found.total.bonus) == (480000, 0)


def test_the_pay_by_the_insurance_of_the_programme(work: Work) -> None:
    """fsp-113: the real cost of 37,765 is 7,391, the subsidy pays 6,000; annex 1 of 108: own funds only."""
    _, stints = work(f"{FSP}{WORKER}")
    assert stints[0].insurance == 6000
    found, _ = work(f'{RSP}[[staff]]\nname = "甲"\nrole = "full-time"\n')
    assert found.subsidised == 34000 * 12 + 51000
    assert found.total.insurance > 0
