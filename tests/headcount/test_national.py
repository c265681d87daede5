"""All counties under a change: hand-computed posts and money, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from click.testing import CliRunner

from grantcalc.cli import main
from grantcalc.headcount.national import Change, national
from grantcalc.headcount.results import CountyChange, National, Posts
from grantcalc.money import Rounding
from grantcalc.report.simulation_text import simulation_text
from grantcalc.rules.library import Library
from grantcalc.staffing import need
from grantcalc.text import Language, Tongue

COUNTIES = 22
PERSONNEL = 384_235_841
"""The column's sum of 附件六."""


def _worked(library: Library, change: Change, *counties: str) -> National:
    return national(library, library.programme("dapc-113"), change, counties)


def _chiayi(library: Library, change: Change) -> CountyChange:
    return _worked(library, change, "嘉義縣").counties[0]


def test_nothing_changed_equals_today(library: Library) -> None:
    """22 counties, every one with the formulas' posts of ``staffing``, and nobody gains or loses."""
    found = _worked(library, Change())
    assert len(found.counties) == COUNTIES
    assert found.changes == ()
    assert found.total.approved_money == PERSONNEL
    assert found.total.approved_posts == 755 + 38
    assert (found.total.formula, found.total.gained, found.total.money_gained) == (found.total.changed, 0, 0)
    for county in found.counties:
        formula = need(county.cases, None, None, library.tables)
        assert county.formula.case_managers == formula.case_managers.value
        assert county.formula.project_managers == formula.project_managers.value
        assert county.formula == county.changed


def test_a_team_of_the_approved_size_takes_the_approved_money(library: Library) -> None:
    known = [county for county in _worked(library, Change()).counties if county.formula_posts == county.approved_posts]
    assert [county.county.zh for county in known].count("嘉義縣") == 1
    assert all(county.needed_money == county.approved_money and county.balance == 0 for county in known)


def test_more_cases(library: Library) -> None:
    """嘉義縣: 807 × 1.1 ÷ 30 = 29.59 → 30; 30 ÷ 7 = 4.29 → 4; 34 × 5% = 1.7 → 2; 36 of 33 posts: 23,010,545.45."""
    found = _chiayi(library, Change(cases=Fraction(11, 10)))
    assert (found.cases, found.changed_cases) == (807, Fraction(8877, 10))
    assert found.approved == Posts(case_managers=27, senior=0, supervisors=4, project_managers=2)
    assert found.formula == Posts(case_managers=27, senior=5, supervisors=4, project_managers=2)
    assert found.changed == Posts(case_managers=30, senior=6, supervisors=4, project_managers=2)
    assert (found.gained, found.needed_money, found.balance) == (3, 23_010_545, -1_917_545)
    assert found.money_gained == 23_010_545 - 21_093_000


def test_fewer_supervised_by_one(library: Library) -> None:
    """27 ÷ 6 = 4.5 → 5; (27 + 5) × 5% = 1.6 → 2; 34 posts: 21,093,000 × 34 ÷ 33 = 21,732,181.82."""
    found = _chiayi(library, Change(per_supervisor=6))
    assert (found.changed.supervisors, found.changed_posts, found.needed_money) == (5, 34, 21_732_182)


def test_fewer_cases_each(library: Library) -> None:
    """807 ÷ 25 = 32.28 → 32; 32 ÷ 7 = 4.57 → 5; 37 × 5% = 1.85 → 2; 39 posts × 21,093,000 ÷ 33 = 24,928,090.91."""
    found = _chiayi(library, Change(cases_each=25))
    assert (found.changed.case_managers, found.changed.supervisors, found.changed.project_managers) == (32, 5, 2)
    assert found.needed_money == 24_928_091


def test_rounding_up_and_the_share(library: Library) -> None:
    """807 ÷ 25 = 32.28 → 33 upwards; 33 ÷ 7 = 4.71 → 5; 38 × 10% = 3.8 → 4."""
    found = _chiayi(library, Change(cases_each=25, rounding=Rounding.UP, project_manager_share=Decimal("0.1")))
    assert found.changed == Posts(case_managers=33, senior=6, supervisors=5, project_managers=4)


def test_the_value_of_a_point(library: Library) -> None:
    """Two project managers × 280 points × 5 dollars × 13.5 months = 37,800; the printed value changes nothing."""
    found = _chiayi(library, Change(point_value=140))
    assert (found.gained, found.needed_money) == (0, 21_093_000 + 37_800)
    assert _chiayi(library, Change(point_value=135)).needed_money == 21_093_000
    assert _chiayi(library, Change(point_value=130)).needed_money == 21_093_000 - 37_800


def test_order_and_sums(library: Library) -> None:
    """Who gains most posts comes first; the sums are those of the rows; fewer cases turn the order round."""
    found = _worked(library, Change(cases=Fraction(6, 5)))
    keys = [(county.gained, county.money_gained) for county in found.counties]
    assert keys == sorted(keys, reverse=True)
    assert found.counties[0].county.zh == "新北市"
    assert sum(county.needed_money for county in found.counties) == found.total.needed_money
    assert sum(county.changed_posts for county in found.counties) == found.total.changed_posts
    assert _worked(library, Change(cases=Fraction(4, 5))).counties[-1].county.zh == "新北市"


def test_the_library_keeps_its_own_numbers(library: Library, english: Language) -> None:
    """A change is told with what the document prints, and leaves the tables as they are."""
    found = _worked(library, Change(cases_each=25, cases=Fraction(11, 10)))
    assert [english(text) for text in found.changes] == [
        "Cases: 110% of the average of every county",
        "Cases of one case manager: 25 instead of 30",
    ]
    assert library.tables["dapc-113/staffing_parameters"].row(key="cases-per-case-manager")["value"] == 30
    assert _chiayi(library, Change()).changed.case_managers == 27


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--lang", "en", "simulate", "national", *arguments])
    return result.exit_code, result.output


def test_the_command() -> None:
    code, shown = _run("--cases", "+10%", "--format", "json")
    found = json.loads(shown)
    assert (code, found["format"], found["kind"], len(found["counties"])) == (0, 1, "national", COUNTIES)
    assert found["total"]["approved_money"] == PERSONNEL
    chiayi = next(county for county in found["counties"] if county["county"] == "嘉義縣")
    assert (chiayi["changed"]["case_managers"], chiayi["changed_cases"]) == (30, "887.7")
    assert any("implied average" in text for text in found["assumptions"])


def test_one_county_with_its_arithmetic() -> None:
    code, shown = _run("--cases", "-10%", "--county", "Chiayi County", "--county", "台東縣")
    assert code == 0
    assert "Taitung County" in shown
    assert "Penghu" not in shown
    assert "28 posts × ≈NT$639,181.82" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--cases", "10%"), "write it with its sign"),
        (("--cases", "-100%"), "above -100%"),
        (("--cases-each", "0"), "no number from 1 to 999"),
        (("--per-supervisor", "x"), "no number from 1 to 99"),
        (("--project-manager-share", "5"), "no share"),
        (("--point-value", "-1"), "no number"),
        (("--rounding", "down"), "half-up, up"),
        (("--county", "嘉義"), "嘉義縣"),
    ],
)
def test_refused(arguments: tuple[str, ...], told: str) -> None:
    code, shown = _run(*arguments)
    assert code == 2
    assert told in shown


def test_text_begins_with_a_title_and_states_the_least(library: Library) -> None:
    text = simulation_text(_worked(library, Change()), None, Language(Tongue.EN))
    assert text.startswith("Headcount simulation: all counties under a change\n\n== What is changed ==\n")
    assert "Every county is counted with one case manager at least, also where the formula gives none." in text
