"""The pay scale of case managers by step and degree against the amounts that RSP-108 附表1 prints."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from grantcalc.draft.model import Education, Licence, Role
from grantcalc.pay.postcaps import post_caps
from grantcalc.pay.stepscale import Grading, StepScale, degrees_of, has_degree, pay_by_step, points_by, steps_of
from grantcalc.tabledata import Tables

SCALE = StepScale(
    points="rsp-108/case_manager_points",
    additions="rsp-108/case_manager_additions",
    licences="rsp-108/case_manager_licences",
    point_value="rsp-108/point_value",
)
DAY = dt.date(2019, 1, 1)
BACHELOR = (33046, 34293, 35540, 36787, 38034, 39281, 40528, 41775, 43022)
MASTER = (34916, 36163, 37410, 38657, 39904, 41151, 42398, 43645, 44892)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


def grading(
    step: int | Decimal,
    education: Education = Education.BACHELOR,
    *licences: Licence,
    role: Role = Role.CASE_MANAGER,
) -> Grading:
    return Grading(role=role, education=education, step=step, licences=licences)


@pytest.mark.parametrize(
    ("education", "printed"),
    [(Education.BACHELOR, BACHELOR), (Education.MASTER, MASTER), (Education.DOCTORATE, MASTER)],
)
def test_every_printed_amount(tables: Tables, education: Education, printed: tuple[int, ...]) -> None:
    found = [pay_by_step(tables, SCALE, grading(step, education), DAY).value for step in range(1, 10)]
    assert found == list(printed)


@pytest.mark.parametrize(
    ("asked", "points", "pay"),
    [
        (grading(4, role=Role.SUPERVISOR), 325, 40528),
        (grading(4, Education.BACHELOR, Licence.SOCIAL_WORKER, role=Role.SUPERVISOR), 340, 42398),
        (grading(9, Education.MASTER, Licence.PSYCHOLOGIST), 375, 46763),  # 46,762.5
        (grading(9, Education.MASTER, Licence.PSYCHIATRIC_NURSE, role=Role.SUPERVISOR), 405, 50504),  # 50,503.5
        (grading(1, Education.BACHELOR, Licence.SPECIALIST_SOCIAL_WORKER), 280, 34916),
        (grading(1, Education.BACHELOR, Licence.SOCIAL_WORKER, Licence.MENTAL_HEALTH_NURSE), 280, 34916),
    ],
)
def test_additions_come_before_the_value_of_a_point(tables: Tables, asked: Grading, points: int, pay: int) -> None:
    found = pay_by_step(tables, SCALE, asked, DAY)
    assert (found.inputs[0].value, found.value) == (points, pay)


def test_the_value_of_a_point_is_that_of_the_day(tables: Tables) -> None:
    assert pay_by_step(tables, SCALE, grading(9), dt.date(2017, 12, 31)).value == 41780  # 345 × 121.1 = 41,779.5
    assert pay_by_step(tables, SCALE, grading(9), dt.date(2018, 1, 1)).value == 43022


def test_the_parts_add_up_and_are_cited(tables: Tables) -> None:
    found = points_by(tables, SCALE, grading(4, Education.BACHELOR, Licence.SOCIAL_WORKER, role=Role.SUPERVISOR))
    assert [part.value for part in found.inputs] == [295, 30, 15]
    assert all(part.origin is not None for part in found.inputs)


def test_one_part_is_no_sum(tables: Tables) -> None:
    found = points_by(tables, SCALE, grading(4))
    assert (found.value, found.inputs) == (295, ())


@pytest.mark.parametrize(("step", "points"), [(10, 355), (0, 265), (-3, 265), (Decimal("2.5"), 280)])
def test_a_step_off_the_table_counts_in_proportion(tables: Tables, step: int | Decimal, points: int) -> None:
    assert points_by(tables, SCALE, grading(step)).value == points


def test_what_the_scale_knows(tables: Tables) -> None:
    assert steps_of(tables, SCALE) == tuple(range(1, 10))
    assert degrees_of(tables, SCALE) == (Education.BACHELOR, Education.MASTER)
    known = [education for education in Education if has_degree(tables, SCALE, education)]
    assert known == [Education.BACHELOR, Education.MASTER, Education.DOCTORATE]


def test_printed_amounts_by_degree_or_years(tables: Tables) -> None:
    low, high = post_caps(tables, "rsp-108/post_caps", Role.PROJECT_STAFF)
    assert (low.amount, high.amount) == (25000, 28000)
    assert low.binds(Education.SENIOR_HIGH, 0)
    assert low.binds(None, 2)
    assert low.binds(None, 1) is None
    assert low.binds(None, None) is None
    assert high.binds(Education.SENIOR_HIGH, 30) is False
    assert high.binds(Education.COLLEGE, None)
    assert post_caps(tables, "rsp-108/post_caps", Role.CASE_MANAGER) == ()
