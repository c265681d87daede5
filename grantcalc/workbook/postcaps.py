"""Caps of a post beside its cells: the pay scale of the programme and the employer's insurance."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from grantcalc.draft.model import Education, Licence, Position, RiskAllowance
from grantcalc.money import whole
from grantcalc.pay.insurance import InsuranceError, insurance
from grantcalc.pay.scale import MASTER, RISK, RISK_KEPT_DIFFERENCE, Held, has_starting_pay, social_worker_pay
from grantcalc.rules.kinds.employer_insurance import EmployerInsurance
from grantcalc.rules.kinds.point_pay import PointPay
from grantcalc.rules.ledger import usable
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.workbook.layout import Refs, usable_cell
from grantcalc.workbook.lists import Lists, both_tongues

SOCIAL_WORKER_PAY = "social-worker-pay"
GRADES = ("labour_insurance_grades", "nhi_grades", "occupational_insurance_grades", "pension_grades")


def has_scale(programme: Programme) -> bool:
    """Whether the programme pays by starting pay, steps and additions."""
    return any(rule.kind == SOCIAL_WORKER_PAY for rule in programme.rules)


def point_pay(programme: Programme) -> PointPay | None:
    """The rule that pays by points, if the programme has one."""
    return next((rule.values for rule in programme.rules if isinstance(rule.values, PointPay)), None)


def insurance_limit(programme: Programme) -> int | None:
    """The printed cap of the employer's insurance a person and month."""
    values = (rule.values for rule in programme.rules if isinstance(rule.values, EmployerInsurance))
    return next((int(found.monthly.value) for found in values), None)


def add_scales(lists: Lists, programme: Programme, tables: Tables) -> None:
    """Pay scale and real cost of the insurance as columns of the hidden sheet."""
    if has_scale(programme):
        starting, steps = tables[f"{programme.id}/social_worker_pay"], tables[f"{programme.id}/social_worker_steps"]
        lists.add("pay_roles", (row["role"] for row in starting.rows))
        lists.add("pay_starting", (row["starting_pay"] for row in starting.rows))
        lists.add("steps", (row["step"] for row in steps.rows))
        lists.add("step_amounts", (row["amount"] for row in steps.rows))
    limit = insurance_limit(programme)
    if limit is not None:
        pairs = _costs(programme, tables, limit)
        lists.add("insured_pay", (pay for pay, _ in pairs))
        lists.add("insured_cost", (cost for _, cost in pairs))


def _costs(programme: Programme, tables: Tables, limit: int) -> list[tuple[int, int]]:
    """Highest pay of each grade and the employer's real cost there, up to where the printed cap rules.

    The printed cap alone where grades or rates of the year are not known.
    """
    industry = programme.parameters.insurance_industry
    pays = sorted(
        {
            int(row["insured"])
            for name in GRADES
            for row in tables[f"common/{name}"].rows
            if row["roc_year"] == programme.year
        }
    )
    found = []
    for pay in pays:
        try:
            known = insurance(pay, programme.year, industry, tables)
        except InsuranceError:
            return [(0, limit)]
        cost = limit if known.missing else known.employer.total
        found.append((pay, min(cost, limit)))
        if cost >= limit:
            break
    return found or [(0, limit)]


def pay_cap(programme: Programme, tables: Tables, post: Position) -> int | None:
    """The highest subsidised monthly pay; ``None`` where no rule says, or an input it needs is missing."""
    if not post.subsidised or post.role is None:
        return None
    points = point_pay(programme)
    if points is not None and post.role in points.roles:
        return None if post.points is None or post.points < 0 else _by_points(points, tables, post)
    if not has_scale(programme) or not has_starting_pay(tables, programme.id, post.role):
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
    return int(social_worker_pay(tables, programme.id, held).value)


def _by_points(values: PointPay, tables: Tables, post: Position) -> int:
    return whole(Fraction(post.points or 0) * Fraction(_value(values, tables)))


def _value(values: PointPay, tables: Tables) -> Decimal:
    """The value of a point; a programme of one year has one."""
    found: Decimal = max(tables[values.point_value].rows, key=lambda row: row["effective_from"])["value"]
    return found


def pay_cap_formula(programme: Programme, tables: Tables, cells: Refs, work: Refs) -> str:
    """The same as :func:`pay_cap`."""
    found = '""'
    points = point_pay(programme)
    if has_scale(programme):
        found = _scale_formula(programme, tables, cells, work)
    if points is not None:
        point, value = cells["points"], _value(points, tables)
        roles = ",".join(f'{work["role"]}="{role.value}"' for role in points.roles)
        found = f'IF(OR({roles}),IF(AND(ISNUMBER({point}),N({point})>=0),ROUND({point}*{value},0),""),{found})'
    return f'IF({work["fund"]}<>"subsidy","",{found})'


def _scale_formula(programme: Programme, tables: Tables, cells: Refs, work: Refs) -> str:
    additions = {row["key"]: row["amount"] for row in tables[f"{programme.id}/social_worker_additions"].rows}
    kept = tables[f"{programme.id}/social_worker_risk"].row(key=RISK_KEPT_DIFFERENCE)["amount"]
    last = tables[f"{programme.id}/social_worker_steps"].rows[-1]
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
        f"IF({_holds(licence, work)},{additions[licence.value]},0)" for licence in Licence if licence.value in additions
    ]
    risk, kept_case = work["risk"], RiskAllowance.KEPT_FROM_112.value
    cases = f'OR({risk}="{RiskAllowance.ASSESSED.value}",{risk}="{kept_case}")'
    parts += [f"IF({cases},{additions[RISK]},0)", f'IF({risk}="{kept_case}",{kept},0)']
    needed = f'OR(NOT(ISNUMBER({step})),{cells["education"]}="",{cells["licences"]}="",{cells["risk_allowance"]}="")'
    return f'IF({needed},"",IFERROR({"+".join(parts)},""))'


def _holds(licence: Licence, work: Refs) -> str:
    names = ",".join(f'ISNUMBER(SEARCH(",{name},",{work["licences"]}))' for name in both_tongues(licence))
    return f"OR({names})"


def insurance_cap(lists: Lists, limit: int | None, post: Position) -> int | None:
    """The highest subsidised insurance a month: the printed cap or the employer's real cost, whichever is less."""
    if limit is None or not post.subsidised:
        return None
    if post.monthly_pay is None:
        return limit
    if not usable(post.monthly_pay):
        return None
    if post.monthly_pay == 0:
        return 0
    parts = (post.monthly_pay, post.own_monthly_pay, post.regional_allowance)
    insured = sum(int(part) for part in parts if part is not None and usable(part))
    pays = next(column.cells for column in lists.columns if column.name == "insured_pay")
    costs = next(column.cells for column in lists.columns if column.name == "insured_cost")
    below = sum(1 for pay in pays if isinstance(pay, int) and pay < insured)
    cost = costs[below] if below < len(costs) else limit
    return int(cost) if isinstance(cost, int) else limit


def insurance_cap_formula(limit: int, cells: Refs, work: Refs) -> str:
    """The same as :func:`insurance_cap`."""
    pay = cells["monthly_pay"]
    insured = "+".join(
        f"IF({usable_cell(cells[name])},{cells[name]},0)"
        for name in ("monthly_pay", "own_monthly_pay", "regional_allowance")
    )
    below = f'COUNTIF(gc_insured_pay,"<"&({insured}))'
    cost = f"IF({below}<ROWS(gc_insured_pay),INDEX(gc_insured_cost,{below}+1),{limit})"
    return f'IF({work["fund"]}<>"subsidy","",IF({pay}="",{limit},IF({usable_cell(pay)},IF({pay}=0,0,{cost}),"")))'
