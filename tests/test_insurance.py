"""The premiums of one monthly pay, against the published amounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grantcalc.finding import Explanation, Operation
from grantcalc.pay.coverage import Coverage, covered
from grantcalc.pay.insurance import (
    NO_INDUSTRY,
    NO_RATES,
    InsuranceError,
    NoPartTimeGrades,
    UnknownIndustry,
    UnknownYear,
    insurance,
    supplementary_premium,
)
from grantcalc.tabledata import Tables
from grantcalc.text import Language, Tongue


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


def test_worked_example(tables: Tables) -> None:
    cost = insurance(37765, 113, 51, tables)
    employer = cost.employer
    assert cost.grades.labour == cost.grades.occupational == cost.grades.health == cost.grades.pension == 38200
    assert (employer.labour_ordinary, employer.employment, employer.occupational) == (2941, 267, 42)
    assert (employer.health, employer.pension, employer.total, employer.arrears_fund) == (1849, 2292, 7391, 10)
    assert (cost.employee.labour_ordinary, cost.employee.employment, cost.employee.health) == (840, 76, 592)
    assert cost.employee.total == 1508
    assert cost.missing == ()


def test_explanation_is_the_sum_of_its_products(tables: Tables) -> None:
    tree = insurance(37765, 113, 51, tables).explanation()
    assert tree.value == 7391
    assert tree.operation is Operation.SUM
    assert [part.value for part in tree.inputs] == [2941, 267, 42, 1849, 2292]
    assert all(leaf.origin is not None for leaf in _leaves(tree))


def _leaves(tree: Explanation) -> Iterator[Explanation]:
    if not tree.inputs:
        yield tree
    for part in tree.inputs:
        yield from _leaves(part)


@pytest.mark.parametrize(("year", "grades"), [(113, 50), (108, 48)])
def test_published_health_amounts(tables: Tables, year: int, grades: int) -> None:
    rows = [row for row in tables["common/nhi_grades"].rows if row["roc_year"] == year]
    assert len(rows) == grades
    for row in rows:
        cost = insurance(row["insured"], year, None, tables)
        assert (cost.employer.health, cost.employee.health) == (row["employer"], row["self"]), row["grade"]


def test_published_labour_amounts(tables: Tables) -> None:
    rows = tables["common/labour_premiums_113"].rows
    assert len(rows) == 13
    for row in rows:
        cost = insurance(row["insured"], 113, 51, tables)
        found = (
            cost.employer.labour_ordinary,
            cost.employer.employment,
            cost.employee.labour_ordinary,
            cost.employee.employment,
        )
        expected = ("employer_ordinary", "employer_employment", "employee_ordinary", "employee_employment")
        assert found == tuple(row[name] for name in expected), row["grade"]


@pytest.mark.parametrize(
    ("pay", "labour", "health", "pension"),
    [
        (0, 11100, 27470, 1500),
        (11100, 11100, 27470, 11100),
        (11101, 12540, 27470, 12540),
        (27469, 27470, 27470, 27470),
        (27470, 27470, 27470, 27470),
        (27471, 27600, 27600, 27600),
        (45800, 45800, 45800, 45800),
        (45801, 45800, 48200, 48200),
        (400000, 45800, 219500, 150000),
    ],
)
def test_grades_of_113(tables: Tables, pay: int, labour: int, health: int, pension: int) -> None:
    grades = insurance(pay, 113, 51, tables).grades
    assert (grades.labour, grades.health, grades.pension) == (labour, health, pension)


def test_other_industries(tables: Tables) -> None:
    assert insurance(38200, 113, 49, tables).employer.occupational == 65  # 38,200 × 0.17% = 64.94
    assert insurance(38200, 113, 53, tables).employer.occupational == 50  # 38,200 × 0.13% = 49.66


def test_without_an_industry_the_part_is_missing(tables: Tables) -> None:
    cost = insurance(37765, 113, None, tables)
    assert cost.employer.occupational is None
    assert cost.employer.total == 7391 - 42
    assert cost.missing == ("occupational",)
    assert [note.template for note in cost.notes] == [NO_INDUSTRY.template]


def test_108_leaves_the_occupational_part_out(tables: Tables) -> None:
    cost = insurance(34916, 108, 51, tables)
    assert cost.grades.labour == 36300
    # 36,300: 10% × 70% = 2,541; 1% × 70% = 254.1; 4.69% × 60% × 1.61 = 1,644.6; 6% = 2,178
    employer = cost.employer
    assert (employer.labour_ordinary, employer.employment, employer.health, employer.pension) == (2541, 254, 1645, 2178)
    assert employer.occupational is None
    assert employer.total == 6618
    assert cost.missing == ("occupational",)
    assert [note.template for note in cost.notes] == [NO_RATES.template]


def test_other_years_are_refused(tables: Tables) -> None:
    with pytest.raises(UnknownYear) as caught:
        insurance(37765, 114, 51, tables)
    message = Language(Tongue.EN)(caught.value.text)
    assert message == "There are no insurance grades and rates of ROC year 114; known: 108, 113."
    with pytest.raises(UnknownYear):
        supplementary_premium(100000, 50000, 112, tables)


def test_108_has_no_part_time_grades(tables: Tables) -> None:
    assert insurance(23100, 108, None, tables).grades.labour == 23100
    with pytest.raises(NoPartTimeGrades) as caught:
        insurance(23099, 108, None, tables)
    assert Language(Tongue.EN)(caught.value.text) == (
        "NT$23,099 a month is below the lowest full-time grade of ROC year 108 (NT$23,100); the part-time grades of "
        "that year are not known."
    )


def test_unknown_industry_and_negative_pay(tables: Tables) -> None:
    with pytest.raises(UnknownIndustry):
        insurance(37765, 113, 99, tables)
    with pytest.raises(InsuranceError):
        insurance(-1, 113, 51, tables)


@pytest.mark.parametrize(
    ("paid", "insured", "year", "expected"),
    [
        (138200, 38200, 113, 2110),
        (138200, 38200, 108, 1910),
        (38200, 38200, 113, 0),
        (30000, 38200, 113, 0),
        (38224, 38200, 113, 1),
        (38223, 38200, 113, 0),
    ],
)
def test_supplementary_premium(tables: Tables, paid: int, insured: int, year: int, expected: int) -> None:
    assert supplementary_premium(paid, insured, year, tables) == expected


def test_labour_and_health_of_108_without_the_unknown_part(tables: Tables) -> None:
    found = covered(insurance(34916, 108, 53, tables), (Coverage.LABOUR, Coverage.HEALTH))
    assert found.known == found.cost.value == 2541 + 254 + 1645
    assert [part.value for part in found.cost.inputs] == [2541, 254, 1645]
    assert found.missing == ("common/occupational_rates 108",)
    assert [note.template for note in found.notes] == [NO_RATES.template]


def test_the_lowest_full_time_grade_of_108(tables: Tables) -> None:
    # 23,100: 10% × 70% = 1,617; 1% × 70% = 161.7; 4.69% × 60% × 1.61 = 1,046.6
    found = covered(insurance(23100, 108, 53, tables), (Coverage.LABOUR, Coverage.HEALTH))
    assert found.known == 1617 + 162 + 1047


def test_parts_of_113_are_all_known(tables: Tables) -> None:
    cost = insurance(37765, 113, 51, tables)
    assert covered(cost, tuple(Coverage)).known == cost.employer.total == 7391
    assert covered(cost, (Coverage.LABOUR,)).known == 2941 + 267 + 42
    assert covered(cost, (Coverage.HEALTH,)).known == 1849
    assert covered(cost, (Coverage.PENSION,)).known == 2292
    assert covered(cost, tuple(Coverage)).missing == ()


def test_what_is_unknown_matters_only_where_it_counts(tables: Tables) -> None:
    cost = insurance(34916, 108, 51, tables)
    assert covered(cost, (Coverage.HEALTH, Coverage.PENSION)).missing == ()
    assert covered(cost, (Coverage.HEALTH,)).notes == ()
