"""The scenario file: what is written reads back equal, and every fault is told with its entry."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.draft.model import Education, Licence, Period, RiskAllowance, Role
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, Scenario, Staff
from grantcalc.headcount.scenario_file import read_scenario, save, scenario_of
from grantcalc.headcount.scenario_writer import scenario_toml
from grantcalc.headcount.team import ScenarioError
from grantcalc.reading.problems import Unreadable
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

YEAR = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
HEAD = 'format = 1\nprogramme = "dapc-113"\ncounty = "嘉義縣"\n'
ONE = '[[staff]]\nname = "個管甲"\nrole = "case-manager"\n'
LEAVE = '[[change]]\nkind = "leave"\nwho = "個管甲"\ndate = 2024-03-31\n'
ENGLISH = Language(Tongue.EN)

Faults = Callable[[str], list[str]]


def staff(name: str = "個管甲", role: Role = Role.CASE_MANAGER, **more: object) -> Staff:
    """An entry for the whole year."""
    given: dict[str, object] = {"start": YEAR.start, "end": YEAR.end, **more}
    return Staff(name=name, role=role, **given)  # type: ignore[arg-type]  # of the fields' types


def everything() -> Scenario:
    """Every key and every kind of change."""
    return Scenario(
        programme="fsp-113",
        county="嘉義縣",
        title='方案「甲」 "A" # 1',
        period=YEAR,
        staff=(
            staff(
                "社工甲",
                Role.SOCIAL_WORKER,
                person="王小明",
                hired_on=dt.date(2020, 3, 1),
                basis=Basis(
                    education=Education.MASTER,
                    step=3,
                    licences=(Licence.SOCIAL_WORKER, Licence.SPECIALIST_SOCIAL_WORKER),
                    risk=RiskAllowance.ASSESSED,
                ),
                allowance=9790,
                insurance=5000,
                own_pay=1000,
                own_insurance=700,
                bonus=False,
            ),
            staff("社工乙", Role.SOCIAL_WORKER, count=5, start=dt.date(2024, 2, 29), basis=Basis(monthly=40000)),
            staff("督導", Role.SOCIAL_WORK_SUPERVISOR, basis=Basis(monthly=(44000, 46000))),
        ),
        changes=(
            Change(
                kind=ChangeKind.HIRE,
                date=dt.date(2024, 6, 1),
                hired=staff("社工丙", Role.SOCIAL_WORKER, start=dt.date(2024, 6, 1), basis=Basis(step=1)),
            ),
            Change(kind=ChangeKind.LEAVE, who="社工乙", date=dt.date(2024, 3, 31), count=1),
            Change(
                kind=ChangeKind.REPLACE,
                who="社工乙",
                date=dt.date(2024, 4, 30),
                count=2,
                vacancy=Fraction(1, 3),
                basis=Basis(monthly=(38000, 39000)),
            ),
            Change(kind=ChangeKind.REPLACE, who="社工乙", date=dt.date(2024, 5, 31), count=1, vacancy=Fraction(3, 2)),
            Change(
                kind=ChangeKind.PROMOTE,
                who="社工甲",
                date=dt.date(2024, 7, 1),
                role=Role.SOCIAL_WORK_SUPERVISOR,
                basis=Basis(step=2),
            ),
            Change(kind=ChangeKind.STEP, who="社工丙", date=dt.date(2024, 9, 1), basis=Basis(step=4)),
            Change(kind=ChangeKind.STEP, who="社工丙", date=dt.date(2024, 10, 1)),
            Change(kind=ChangeKind.DELAY, who="督導", months=2),
            Change(kind=ChangeKind.RAISE, date=dt.date(2024, 8, 1), percent=Fraction(35, 1000)),
            Change(kind=ChangeKind.RAISE, who="social-worker", date=dt.date(2024, 8, 1), percent=Fraction(1, 300)),
            Change(kind=ChangeKind.RAISE, who="社工乙", date=dt.date(2024, 9, 1), amount=-500, count=1),
            Change(kind=ChangeKind.RAISE, who="社工甲", date=dt.date(2024, 10, 1), basis=Basis(monthly=50000)),
        ),
        pay=(
            (Role.SOCIAL_WORKER, Basis(education=Education.BACHELOR)),
            (Role.SOCIAL_WORK_SUPERVISOR, Basis(monthly=1)),
        ),
        budget=3_000_000,
        cases=(Decimal("807.5"), *range(11)),
        insured=Insured.OWN,
        insurance=6500,
        bonus_month=1,
    )


@pytest.mark.parametrize("tongue", list(Tongue))
def test_what_is_written_reads_back_equal(tongue: Tongue, library: Library, tmp_path: Path) -> None:
    """Every key, in both languages; and once more from what was read."""
    path = tmp_path / "方案.toml"
    save(everything(), path, Language(tongue))
    found = read_scenario(path, library)
    assert found == everything()
    assert scenario_toml(found, Language(tongue)) == path.read_text(encoding="utf-8")


def test_no_limits(library: Library, tmp_path: Path) -> None:
    """No budget and no cases are written as such, for left out they would be the county's."""
    path = tmp_path / "plan.toml"
    scenario = Scenario(programme="dapc-113", county="嘉義縣", period=YEAR, staff=(staff(),))
    save(scenario, path, ENGLISH)
    assert read_scenario(path, library) == scenario


POSTS = st.builds(
    lambda role, count, days, basis, allowance, insurance: (role, count, sorted(days), basis, allowance, insurance),
    st.sampled_from([Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER, Role.SUPERVISOR]),
    st.integers(1, 9999),
    st.lists(st.dates(YEAR.start, YEAR.end), min_size=2, max_size=2),
    st.builds(
        Basis,
        monthly=st.one_of(st.none(), st.integers(0, 10**7), st.just((1, 2))),
        education=st.one_of(st.none(), st.sampled_from(Education)),
        licences=st.lists(st.sampled_from(Licence), unique=True).map(tuple),
    ),
    st.integers(0, 10**7),
    st.one_of(st.none(), st.integers(0, 10**7)),
)


@given(
    posts=st.lists(POSTS, min_size=1, max_size=4),
    title=st.one_of(st.none(), st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)),
    cases=st.lists(st.one_of(st.integers(0, 9999), st.decimals(0, 9999, places=3)), min_size=12, max_size=12),
)
def test_any_staff_reads_back_equal(posts: list[tuple[object, ...]], title: str | None, cases: list[Decimal]) -> None:
    """Names, titles and decimals of any kind."""
    if title is not None and (title.strip() != title or not title.isprintable()):
        title = None
    members = tuple(
        staff(f"員{index}", role, count=count, start=days[0], end=days[1], basis=basis, allowance=more, insurance=fee)  # type: ignore[arg-type, index]  # as POSTS makes them
        for index, (role, count, days, basis, more, fee) in enumerate(posts)
    )
    scenario = Scenario(
        programme="dapc-113", title=title, period=YEAR, staff=members, cases=tuple(cases), insured=Insured.OWN
    )
    raw = tomllib.loads(scenario_toml(scenario, ENGLISH), parse_float=Decimal)
    assert scenario_of(raw, LIBRARY, "plan.toml") == scenario


LIBRARY = Library()


def test_what_a_file_may_leave_out(library: Library, tmp_path: Path) -> None:
    """The county's approved personnel money and cases; the implied average contains the insurance; whole year."""
    path = tmp_path / "plan.toml"
    path.write_text(
        f'{HEAD.replace("嘉義縣", "Chiayi County")}[[staff]]\nrole = "個管"\ncount = 27\n', encoding="utf-8"
    )
    found = read_scenario(path, library)
    assert (found.county, found.budget, found.insured) == ("嘉義縣", 21093000, Insured.INCLUDED)
    assert found.cases == (807,) * 12
    assert found.staff == (staff("個管", count=27),)
    path.write_text(f"{HEAD}[pay]\ncase-manager = 42000\n{ONE}", encoding="utf-8")
    assert read_scenario(path, library).insured is Insured.SUBSIDY
    path.write_text('format = 1\nprogramme = "rsp-108-2"\n[[staff]]\nrole = "full-time"\n', encoding="utf-8")
    assert read_scenario(path, library).insured is Insured.OWN


@pytest.fixture
def faults(library: Library, tmp_path: Path) -> Faults:
    """What a file's faults are told as, in English."""

    def told(text: str) -> list[str]:
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            read_scenario(path, library)
        assert ENGLISH(caught.value.text).splitlines() == [ENGLISH(one) for one in caught.value.texts]
        return [ENGLISH(one) for one in caught.value.texts]

    return told


ROLES = "case-manager, senior-case-manager, supervisor, project-manager"
DAY = "a day between 2024-01-01 and 2024-12-31, written 2024-07-01 or “113/7/1”"
KINDS = "hire, leave, promote, step, replace, delay, raise"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            ONE.replace("case-manager", "case-manger"),
            f"staff[1] “個管甲”, role: found “case-manger”; expected one of {ROLES}. "
            "Did you mean case-manager, senior-case-manager?",
            id="role",
        ),
        pytest.param(
            ONE.replace("case-manager", "social-worker"),
            f"staff[1] “個管甲”, role: found “social-worker”; expected one of {ROLES}.",
            id="role of another programme",
        ),
        pytest.param(
            f"{ONE}count = 0\n",
            "staff[1] “個管甲”, count: found “0”; expected a whole number from 1 to 9,999; where there is nobody, "
            "delete the whole entry.",
            id="count",
        ),
        pytest.param(
            f"{ONE}count = -1\n",
            "staff[1] “個管甲”, count: found “-1”; expected a whole number from 1 to 9,999.",
            id="count below 0",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "fire"\nwho = "個管甲"\ndate = 2024-04-30\n',
            f"change[1] “個管甲”, kind: found “fire”; expected one of {KINDS}.",
            id="kind",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "leaves"\nwho = "個管甲"\ndate = 2024-04-30\n',
            f"change[1] “個管甲”, kind: found “leaves”; expected one of {KINDS}. Did you mean leave?",
            id="misspelt kind",
        ),
        pytest.param(
            f"{ONE}start = 2025-01-01\n",
            f"staff[1] “個管甲”, start: found “2025-01-01”; expected {DAY}.",
            id="outside the programme",
        ),
        pytest.param(
            f"{ONE}start = 2024-05-01\nend = 2024-04-30\n",
            "staff[1] “個管甲”: the last day in post 2024-04-30 lies before the first day 2024-05-01.",
            id="leaves before the start",
        ),
        pytest.param(
            f'{ONE}start = 2024-05-01\n[[change]]\nkind = "leave"\nwho = "個管甲"\ndate = 2024-04-30\n',
            "change[1] “個管甲”: 2024-04-30 lies before the first day of “個管甲” in post, 2024-05-01.",
            id="leave before the hire",
        ),
        pytest.param(
            f'{ONE}end = 2024-05-01\n[[change]]\nkind = "leave"\nwho = "個管甲"\ndate = 2024-05-02\n',
            "change[1] “個管甲”: 2024-05-02 lies after the last day of “個管甲” in post, 2024-05-01.",
            id="leave after the end",
        ),
        pytest.param(
            f"cases = -1\n{ONE}",
            "cases: found “-1”; expected open cases, from 0 to 9,999,999: one number, a list "
            "of 12 (one for each month), or “none”.",
            id="negative caseload",
        ),
        pytest.param(
            f"cases = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -12]\n{ONE}",
            "cases[12]: found “-12”; expected a number from 0 to 9,999,999.",
            id="negative caseload of a month",
        ),
        pytest.param(
            f"cases = [1, 2, 3]\n{ONE}",
            "cases: found “[1, 2, 3]”; expected a list of 12 numbers, one for each month; this one has 3.",
            id="cases of three months",
        ),
        pytest.param(
            f"bonus_month = 13\n{ONE}",
            "bonus_month: found “13”; expected a whole number from 1 to 12.",
            id="bonus month",
        ),
        pytest.param(
            f'{ONE}person = "王"\n[[staff]]\nname = "個管乙"\nrole = "supervisor"\nperson = "王"\nstart = 2024-12-31\n',
            "staff[2] “個管乙”: “王” is in post in staff[1] “個管甲” at the same time, from 2024-12-31 to 2024-12-31.",
            id="overlapping persons",
        ),
        pytest.param(
            f"{ONE}{ONE}",
            "staff[2] “個管甲”: the name “個管甲” stands in staff[1] “個管甲” already; every entry needs a name of "
            "its own.",
            id="same name",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "leave"\nwho = "個管申"\ndate = 2024-04-30\n',
            "change[1] “個管申”, who: found “個管申”; expected the name of an entry of staff: 個管甲. "
            "Did you mean 個管甲?",
            id="who",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "replace"\nwho = "個管甲"\ndate = 2024-04-30\nvacancy = -1\n',
            "change[1] “個管甲”, vacancy: found “-1”; expected months from 0 to 24, for example 2 or 1.5.",
            id="vacancy",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "leave"\nwho = "個管甲"\ndate = 2024-04-30\ncount = 2\n',
            "change[1] “個管甲”: 2 persons of “個管甲”, but only 1 are in post on 2024-04-30.",
            id="too many",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "raise"\nwho = "個管甲"\ndate = 2024-04-30\npercent = 0.03\n',
            "change[1] “個管甲”, percent: found “0.03”; expected a percentage between quotes, above -100%, for example "
            "“3%” or “-1.5%”.",
            id="percent",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "raise"\ndate = 2024-04-30\npercent = "3%"\namount = 3\n',
            "change[1]: give exactly one of the keys percent, amount, monthly.",
            id="two raises in one",
        ),
        pytest.param(
            f"[pay]\nsupervisor = [46000, 38000]\n{ONE}",
            "pay, supervisor: found “[46000, 38000]”; expected dollars a month, or a range of two like [38000, 46000], "
            "the lower one first.",
            id="range backwards",
        ),
        pytest.param(
            f"[pay]\nsupervisor = 42000.5\n{ONE}",
            "pay, supervisor: found “42000.5”; expected dollars a month, or a range of two like [38000, 46000], "
            "the lower one first.",
            id="half a dollar",
        ),
        pytest.param(f"budgett = 3\n{ONE}", "the key “budgett” is unknown. Did you mean budget?", id="key"),
        pytest.param(
            f"{ONE}colour = 3\n[pay]\n",
            "staff[1] “個管甲”: the key “colour” is unknown; known here: name, person, role, "
            "count, start, end, hired_on, monthly, education, step, points, licences, risk_allowance, bonus, "
            "allowance, insurance, own_pay, own_insurance.",
            id="key of staff",
        ),
        pytest.param(
            '[[staff]]\nname = "專"\nrole = "project-manager"\nstep = 3\neducation = "bachelor"\n',
            "staff[1] “專”: a project manager is paid by points, not by step; write points = …, one of 280, 296, 312, "
            "328, 344, 360.",
            id="step of a project manager",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "replace"\nwho = "個管甲"\ndate = 2024-04-30\nvacancy = "999999999/1"\n',
            "change[1] “個管甲”, vacancy: found “999999999/1”; expected months from 0 to 24, for example 2 or 1.5.",
            id="a vacancy beyond every calendar",
        ),
        pytest.param(
            f'[pay]\ncase-manager = 41000\n"個管" = 42000\n{ONE}',
            "pay: the key “個管” states the pay of a case manager a second time; keep one.",
            id="pay of a role twice",
        ),
        pytest.param(
            f'{ONE}[[change]]\nkind = "raise"\nwho = "supervisor"\ndate = 2024-04-30\npercent = "3%"\n',
            "change[1] “supervisor”: the raise would change nothing: nobody is a supervisor in the year (roles held: "
            "case manager).",
            id="raise of a role that nobody has",
        ),
        pytest.param(
            f"{ONE}count = 3\n{LEAVE}count = 3\n{LEAVE}count = 2\n",
            "change[2] “個管甲”: an earlier change already lets everybody of “個管甲” leave on 2024-03-31; "
            "delete one of the two.",
            id="leave twice",
        ),
        pytest.param(
            f"{ONE}count = 3\n{LEAVE}count = 2\n{LEAVE}count = 2\n",
            "change[2] “個管甲”: 2 persons of “個管甲”, but only 1 are in post on 2024-03-31.",
            id="more leave than are there",
        ),
        pytest.param(
            f"{ONE}{LEAVE}{LEAVE.replace('leave', 'replace')}",
            "change[2] “個管甲”: an earlier change already lets everybody of “個管甲” leave on 2024-03-31; "
            "delete one of the two.",
            id="replaced after the leave",
        ),
        pytest.param("", "there is no [[staff]]; a scenario needs at least one entry.", id="nobody"),
    ],
)
def test_one_fault_is_told_with_its_entry(text: str, told: str, faults: Faults) -> None:
    """File, entry, what was found and what is expected; nothing else."""
    separator = ": " if told.startswith(("the key", "there is")) else ", "
    assert faults(HEAD + text) == [f"plan.toml{separator}{told}"]


def test_all_faults_at_once(faults: Faults) -> None:
    """Every fault of a file, none hidden by another, and none that only follows from another."""
    text = (
        'format = 2\nprogramme = "dapc-113"\ncounty = "嘉义縣"\ninsured = "subsidised"\n'
        '[[staff]]\nname = "甲"\nrole = "x"\n'
        '[[staff]]\nname = "乙"\nrole = "supervisor"\nmonthly = "many"\n'
        '[[change]]\nkind = "leave"\nwho = "甲"\ndate = 2024-05-01\n'
        '[[change]]\nkind = "fire"\nwho = "甲"\ndate = 2024-05-01\n'
    )
    places = [told.partition(":")[0] for told in faults(text)]
    assert places == [
        "plan.toml, format",
        "plan.toml, county",
        "plan.toml, staff[1] “甲”, role",
        "plan.toml, staff[2] “乙”, monthly",
        "plan.toml, change[2] “甲”, kind",
        "plan.toml, insured",
    ]


def test_programmes_and_format_must_be_named(faults: Faults) -> None:
    """Without a programme nothing else can be read."""
    told = faults('programme = "dapc-112"\n')
    assert told[0] == "plan.toml: the required key “format” is missing: the number 1."
    assert told[1].startswith("plan.toml, programme: found “dapc-112”; expected one of the programmes: dapc-113, ")
    assert told[1].endswith("Did you mean dapc-113?")


def test_insurance_that_own_funds_must_bear(faults: Faults) -> None:
    """RSP-108 附件一 一3."""
    told = faults('format = 1\nprogramme = "rsp-108-2"\ninsured = "subsidy"\n[[staff]]\nrole = "full-time"\n')
    assert told == [
        "plan.toml, insured: found “subsidy”; the document of rsp-108-2 leaves the employer's insurance to own funds: "
        "expected “own”."
    ]


def test_a_step_off_the_scale(faults: Faults) -> None:
    """The scale's own words, with the entry."""
    told = faults('format = 1\nprogramme = "fsp-113"\n[[staff]]\nname = "甲"\nrole = "social-worker"\nstep = 8\n')
    assert told == [
        "plan.toml, staff[1] “甲”: There is no step 8 in the pay scale; its steps are 0 to 7. In a scenario these are "
        "keys of the entry itself, of the change, or of [pay]."
    ]


@pytest.mark.parametrize("kind", ["hire", "Hire", " HIRE "])
def test_who_is_hired_can_be_named(kind: str, library: Library, tmp_path: Path) -> None:
    """However the kind is written."""
    path = tmp_path / "plan.toml"
    hire = f'[[change]]\nkind = "{kind}"\nname = "新"\nrole = "個管"\ndate = 2024-02-01\n'
    path.write_text(f"{HEAD}{ONE}{hire}{LEAVE.replace('個管甲', '新')}", encoding="utf-8")
    assert [change.who for change in read_scenario(path, library).changes] == [None, "新"]


def test_a_leave_frees_the_person(library: Library, tmp_path: Path) -> None:
    """The same person in another post from the day after."""
    path = tmp_path / "plan.toml"
    again = '[[staff]]\nname = "督導"\nrole = "supervisor"\nperson = "王"\nstart = 2024-07-01\n'
    leave = '[[change]]\nkind = "leave"\nwho = "個管甲"\ndate = 2024-06-30\n'
    path.write_text(f'{HEAD}{ONE}person = "王"\n{again}{leave}', encoding="utf-8")
    assert len(read_scenario(path, library).staff) == 2


@pytest.mark.parametrize("content", [b"format = ", b"\xff\xfe\x00", b"", b"a = 1\na = 2", b"PK\x03\x04"])
def test_what_is_no_toml(content: bytes, library: Library, tmp_path: Path) -> None:
    """Told as such, never a crash."""
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_scenario(path, library)


def test_how_a_date_is_written(library: Library, tmp_path: Path) -> None:
    """A date of the ROC calendar without quotes is no TOML: the form of a date is told, and no draft is spoken of."""
    path = tmp_path / "plan.toml"
    path.write_text(f"{HEAD}{ONE}start = 113/7/1\n", encoding="utf-8")
    with pytest.raises(Unreadable) as told:
        read_scenario(path, library)
    (problem,) = told.value.problems
    assert problem.remedy is not None
    assert Language(Tongue.ZH_TW)(problem.remedy) == (
        "請更正情境檔該處：日期寫成 2024-07-01，文字加雙引號；可參考以 --save 產生的情境檔。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "cases = nan",
        "cases = inf",
        "cases = true",
        "cases = 1e9999999",
        "cases = 1e-9999999",
        "cases = 99999999999999999999999999",
        "budget = 1e9999999",
        'change = [{ kind = "replace", who = "個管甲", date = 2024-01-01, vacancy = 1e-9999999 }]',
        "budget = 1e99999",
        "budget = 10000000000000",
        "county = 3",
        "county = []",
        "title = [1]",
        "pay = 3",
        "staff = 3",
        "staff = [3]",
        "change = [[]]",
        "change = {}",
        'change = [{ kind = "hire" }]',
        'change = [{ kind = "raise", who = 3, date = 3, percent = "1/0%" }]',
        'change = [{ kind = "delay", who = "個管甲" }]',
        'change = [{ kind = "replace", who = "個管甲", date = 2024-01-01T00:00:00, vacancy = "1/0" }]',
        "pay = { case-manager = [] }",
        "pay = { case-manager = [1, 2, 3] }",
        "pay = { case-manager = { licences = 3 } }",
    ],
)
def test_hostile_values(text: str, faults: Faults) -> None:
    """Values of the wrong kind are told, never a crash."""
    head = HEAD.partition("county")[0] if text.startswith("county") else HEAD
    assert faults(f"{head}{text}\n" + ("" if text.startswith("staff") else ONE))
