"""Caps of a post's pay by a scale of steps with additions, and those that a document prints role by role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from grantcalc.draft.model import Education, Licence, Position, Role
from grantcalc.money import Number, number
from grantcalc.pay.points import degree
from grantcalc.pay.postcaps import PostCap, post_caps
from grantcalc.pay.stepscale import LICENCE, Grading, degrees_of, has_degree, pay_by_step, points_by, steps_of
from grantcalc.rules.kinds.post_pay import PostPay
from grantcalc.rules.kinds.step_pay import StepPay
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.workbook.layout import Refs
from grantcalc.workbook.lists import Lists, both_tongues

PrintedCaps = Mapping[Role, tuple[PostCap, ...]]
"""Printed amounts of each role that has one, lowest first."""


def step_pay(programme: Programme) -> StepPay | None:
    """The rule that pays by a scale of steps, if the programme has one."""
    return next((rule.values for rule in programme.rules if isinstance(rule.values, StepPay)), None)


def printed_caps(programme: Programme, tables: Tables) -> PrintedCaps:
    """What the document prints for each role of the programme."""
    values = next((rule.values for rule in programme.rules if isinstance(rule.values, PostPay)), None)
    if values is None:
        return {}
    found = {role: post_caps(tables, values.table, role) for role in programme.roles if role not in values.unprinted}
    return {role: caps for role, caps in found.items() if caps}


def add_step_scale(lists: Lists, values: StepPay | None, tables: Tables) -> None:
    """Points by step and degree, and the value of a point by date, as columns of the hidden sheet."""
    if values is None:
        return
    for education in degrees_of(tables, values):
        column = _column(tables, values, education)
        lists.add(f"scale_steps_{education.value}", (step for step, _ in column))
        lists.add(f"scale_points_{education.value}", (points for _, points in column))
    dated = _point_values(tables, values)
    parts = _parts_of_dollar(tables, values)
    lists.add("point_from", (day for day, _ in dated))
    lists.add("point_value", (number(Fraction(value) * parts) for _, value in dated))


def _column(tables: Tables, values: StepPay, education: Education) -> list[tuple[int, int]]:
    rows = (row for row in tables[values.points].rows if row["education"] == education.value)
    return sorted((row["step"], row["points"]) for row in rows)


def _point_values(tables: Tables, values: StepPay) -> list[tuple[dt.date, Decimal]]:
    return sorted((row["effective_from"], row["value"]) for row in tables[values.point_value].rows)


def _parts_of_dollar(tables: Tables, values: StepPay) -> int:
    """A whole number that makes every value of a point whole: a workbook then multiplies without loss."""
    places = [-int(value.as_tuple().exponent) for _, value in _point_values(tables, values)]
    return int(10 ** max(0, *places))


def step_cap(values: StepPay, tables: Tables, post: Position, day: dt.date) -> int | None:
    """The pay of the step that is stated; ``None`` where an input it needs is missing."""
    grading = _grading(values, tables, post)
    return None if grading is None else int(pay_by_step(tables, values, grading, day).value)


def step_points(values: StepPay, tables: Tables, post: Position) -> Number | None:
    """The points of that pay."""
    grading = _grading(values, tables, post)
    return None if grading is None else number(points_by(tables, values, grading).value)


def _grading(values: StepPay, tables: Tables, post: Position) -> Grading | None:
    if post.role is None or post.step is None or post.education is None or post.licences is None:
        return None
    if not has_degree(tables, values, post.education):
        return None
    step = max(post.step, values.lowest_step(tables, post.role))
    return Grading(role=post.role, education=post.education, step=step, licences=post.licences)


def step_cap_formula(values: StepPay, tables: Tables, cells: Refs, work: Refs) -> str:
    """The same as :func:`step_cap`."""
    points = _total_points(values, tables, cells, work)
    value = f"LOOKUP(MAX({work['start']},INDEX(gc_point_from,1)),gc_point_from,gc_point_value)"
    by_points = f"ROUND(({points})*{value}/{_parts_of_dollar(tables, values)},0)"
    return f'IF({_lacks(cells)},"",IFERROR({by_points},""))'


def step_points_formula(values: StepPay, tables: Tables, cells: Refs, work: Refs) -> str:
    """The same as :func:`step_points`."""
    return f'IF({_lacks(cells)},"",IFERROR({_total_points(values, tables, cells, work)},""))'


def of_roles(values: StepPay, work: Refs) -> str:
    """Whether a post is paid by the scale."""
    return _any_role(values.roles, work)


def _lacks(cells: Refs) -> str:
    return f'OR(NOT(ISNUMBER({cells["step"]})),{cells["licences"]}="")'


def _total_points(values: StepPay, tables: Tables, cells: Refs, work: Refs) -> str:
    """Points of step and degree with every addition; an error for a degree that the scale has no column for."""
    lowest = f"IF({_any_role(values.leaders, work)},{int(values.leader_from.value)},{steps_of(tables, values)[0]})"
    wanted = f"MAX(N({cells['step']}),{lowest})"
    points = "NA()"
    for education in degrees_of(tables, values):
        paid_so = [member for member in Education if degree(member) is education]
        held = ",".join(f'{work["education"]}="{member.value}"' for member in paid_so)
        points = f"IF(OR({held}),{_points(tables, values, education, wanted)},{points})"
    return "+".join((points, *_additions(tables, values, work)))


def _points(tables: Tables, values: StepPay, education: Education, wanted: str) -> str:
    """Points of a step; off the table in proportion to the last two."""
    (before, lower), (last, upper) = _column(tables, values, education)[-2:]
    slope = Fraction(upper - lower, last - before)
    steps, points = f"gc_scale_steps_{education.value}", f"gc_scale_points_{education.value}"
    beyond = f"({wanted}-LOOKUP({wanted},{steps},{steps}))*{slope.numerator}/{slope.denominator}"
    return f"LOOKUP({wanted},{steps},{points})+{beyond}"


def _additions(tables: Tables, values: StepPay, work: Refs) -> Iterator[str]:
    counted = [Licence(row["licence"]) for row in tables[values.licences].rows]
    for row in tables[values.additions].rows:
        holds = f'{work["role"]}="{row["key"]}"'
        if row["key"] == LICENCE:
            holds = f"OR({','.join(holds_licence(licence, work) for licence in counted)})"
        yield f"IF({holds},{row['points']},0)"


def holds_licence(licence: Licence, work: Refs) -> str:
    """Whether a post holds a licence, under any of its names."""
    names = ",".join(f'ISNUMBER(SEARCH(",{name},",{work["licences"]}))' for name in both_tongues(licence))
    return f"OR({names})"


def _any_role(roles: tuple[Role, ...], work: Refs) -> str:
    tests = ",".join(f'{work["role"]}="{role.value}"' for role in roles)
    return f"OR({tests})" if tests else "FALSE"


def printed_cap(caps: tuple[PostCap, ...], post: Position) -> int | None:
    """The highest printed amount that is this person's; ``None`` where that hangs on something not stated."""
    bound = [(cap.amount, cap.binds(post.education, post.experience_years)) for cap in caps]
    if any(binds is None for _, binds in bound):
        return None
    return max((amount for amount, binds in bound if binds), default=None)


def printed_cap_formula(caps: tuple[PostCap, ...], cells: Refs, work: Refs) -> str:
    """The same as :func:`printed_cap`."""
    found, unknown = '""', []
    for cap in caps:
        sure, open_to = _binds(cap, cells, work)
        found = f"IF({sure},{cap.amount},{found})"
        if open_to:
            unknown.append(f"AND(NOT({sure}),OR({','.join(open_to)}))")
    return f'IF(OR({",".join(unknown)}),"",{found})' if unknown else found


def _binds(cap: PostCap, cells: Refs, work: Refs) -> tuple[str, list[str]]:
    """Whether an amount is sure, and what is not stated that might make it so."""
    sure, unknown = [], []
    if cap.education_from is not None:
        least = cap.education_from.rank
        names = [f'{work["education"]}="{member.value}"' for member in Education if member.rank >= least]
        sure += names
        unknown.append(f'OR({work["education"]}="",{work["education"]}="?")')
    if cap.years is not None:
        years = cells["experience_years"]
        sure.append(f"AND(ISNUMBER({years}),N({years})>={cap.years})")
        unknown.append(f"NOT(ISNUMBER({years}))")
    return (f"OR({','.join(sure)})" if sure else "TRUE"), unknown
