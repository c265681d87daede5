"""The cap of a post's pay beside its cell: by starting pay and additions, points, steps, or as printed for a role."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from grantcalc.draft.model import Education, Licence, Position, RiskAllowance
from grantcalc.money import whole
from grantcalc.pay.scale import MASTER, RISK, RISK_KEPT_DIFFERENCE, Held, has_starting_pay, social_worker_pay
from grantcalc.rules.kinds.point_pay import PointPay
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.workbook.layout import Refs
from grantcalc.workbook.lists import Lists
from grantcalc.workbook.stepcaps import (
    add_step_scale,
    holds_licence,
    of_roles,
    printed_cap,
    printed_cap_formula,
    printed_caps,
    step_cap,
    step_cap_formula,
    step_pay,
)

SOCIAL_WORKER_PAY = "social-worker-pay"


def has_scale(programme: Programme) -> bool:
    """Whether the programme pays by starting pay, steps and additions."""
    return any(rule.kind == SOCIAL_WORKER_PAY for rule in programme.rules)


def point_pay(programme: Programme) -> PointPay | None:
    """The rule that pays by points, if the programme has one."""
    return next((rule.values for rule in programme.rules if isinstance(rule.values, PointPay)), None)


def add_scales(lists: Lists, programme: Programme, tables: Tables) -> None:
    """Pay scales as columns of the hidden sheet."""
    if has_scale(programme):
        folder = programme.document
        starting, steps = tables[f"{folder}/social_worker_pay"], tables[f"{folder}/social_worker_steps"]
        lists.add("pay_roles", (row["role"] for row in starting.rows))
        lists.add("pay_starting", (row["starting_pay"] for row in starting.rows))
        lists.add("steps", (row["step"] for row in steps.rows))
        lists.add("step_amounts", (row["amount"] for row in steps.rows))
    add_step_scale(lists, step_pay(programme), tables)


def pay_cap(programme: Programme, tables: Tables, post: Position, day: dt.date) -> int | None:
    """The highest subsidised monthly pay of a post that starts on ``day``.

    ``None`` where no rule says, or an input it needs is missing.
    """
    if not post.subsidised or post.role is None:
        return None
    points, steps = point_pay(programme), step_pay(programme)
    printed = printed_caps(programme, tables).get(post.role)
    if points is not None and post.role in points.roles:
        return None if post.points is None or post.points < 0 else _by_points(points, tables, post)
    if steps is not None and post.role in steps.roles:
        return step_cap(steps, tables, post, day)
    return _by_scale(programme, tables, post) if printed is None else printed_cap(printed, post)


def _by_scale(programme: Programme, tables: Tables, post: Position) -> int | None:
    """By starting pay, steps and additions."""
    if post.role is None or not has_scale(programme) or not has_starting_pay(tables, programme.document, post.role):
        return None
    if post.step is None or post.education is None or post.licences is None or post.risk_allowance is None:
        return None
    held = Held(
        role=post.role,
        step=post.step,
        education=post.education,
        licences=post.licences,
        risk=post.risk_allowance,
    )
    return int(social_worker_pay(tables, programme.document, held).value)


def _by_points(values: PointPay, tables: Tables, post: Position) -> int:
    return whole(Fraction(post.points or 0) * Fraction(_value(values, tables)))


def _value(values: PointPay, tables: Tables) -> Decimal:
    """The value of a point; a programme of one year has one."""
    found: Decimal = max(tables[values.point_value].rows, key=lambda row: row["effective_from"])["value"]
    return found


def pay_cap_formula(programme: Programme, tables: Tables, cells: Refs, work: Refs) -> str:
    """The same as :func:`pay_cap`."""
    found = '""'
    points, steps = point_pay(programme), step_pay(programme)
    if has_scale(programme):
        found = _scale_formula(programme, tables, cells, work)
    for role, caps in printed_caps(programme, tables).items():
        found = f'IF({work["role"]}="{role.value}",{printed_cap_formula(caps, cells, work)},{found})'
    if steps is not None:
        found = f"IF({of_roles(steps, work)},{step_cap_formula(steps, tables, cells, work)},{found})"
    if points is not None:
        point, value = cells["points"], _value(points, tables)
        roles = ",".join(f'{work["role"]}="{role.value}"' for role in points.roles)
        found = f'IF(OR({roles}),IF(AND(ISNUMBER({point}),N({point})>=0),ROUND({point}*{value},0),""),{found})'
    return f'IF({work["fund"]}<>"subsidy","",{found})'


def _scale_formula(programme: Programme, tables: Tables, cells: Refs, work: Refs) -> str:
    additions = {row["key"]: row["amount"] for row in tables[f"{programme.document}/social_worker_additions"].rows}
    kept = tables[f"{programme.document}/social_worker_risk"].row(key=RISK_KEPT_DIFFERENCE)["amount"]
    last = tables[f"{programme.document}/social_worker_steps"].rows[-1]
    step, role = cells["step"], work["role"]
    starting = f"INDEX(gc_pay_starting,MATCH({role},gc_pay_roles,0))"
    by_step = (
        f"IFERROR(INDEX(gc_step_amounts,MATCH({step},gc_steps,0)),"
        f"MAX(0,ROUND({last['amount']}*{step}/{last['step']},0)))"
    )
    degrees = [member for member in Education if member.rank >= Education.MASTER.rank]
    degree = ",".join(f'{work["education"]}="{member.value}"' for member in degrees)
    parts = [starting, by_step, f"IF(OR({degree}),{additions[MASTER]},0)"]
    parts += [
        f"IF({holds_licence(licence, work)},{additions[licence.value]},0)"
        for licence in Licence
        if licence.value in additions
    ]
    risk, kept_case = work["risk"], RiskAllowance.KEPT_FROM_112.value
    cases = f'OR({risk}="{RiskAllowance.ASSESSED.value}",{risk}="{kept_case}")'
    parts += [f"IF({cases},{additions[RISK]},0)", f'IF({risk}="{kept_case}",{kept},0)']
    needed = f'OR(NOT(ISNUMBER({step})),{cells["education"]}="",{cells["licences"]}="",{cells["risk_allowance"]}="")'
    return f'IF({needed},"",IFERROR({"+".join(parts)},""))'
