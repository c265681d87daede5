"""What the subsidy pays of a post's insurance: up to a printed cap, up to the real cost, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.pay.coverage import covered
from grantcalc.pay.insurance import InsuranceError, insurance
from grantcalc.rules.kinds.employer_insurance import EmployerInsurance
from grantcalc.rules.kinds.own_insurance import KIND as OWN_INSURANCE
from grantcalc.rules.ledger import usable
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.workbook.layout import Refs, usable_cell
from grantcalc.workbook.lists import Lists

GRADES = ("labour_insurance_grades", "nhi_grades", "occupational_insurance_grades", "pension_grades")
INSURED = ("monthly_pay", "own_monthly_pay", "regional_allowance")
"""The parts of a monthly pay that is insured."""


@frozen(kw_only=True)
class InsuranceLimit:
    """What the subsidy pays of a post's insurance a month.

    ``monthly``: the printed cap, where there is one. ``costs``: highest pay of each grade and the employer's real cost
    there, where it is known. ``roles``: posts whose insurance is subsidised, all where it names none. ``own_only``:
    none is subsidised.
    """

    monthly: int | None = None
    costs: tuple[tuple[int, int], ...] = ()
    roles: tuple[Role, ...] = ()
    own_only: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the insurance of some posts is not subsidised at all, however it is stated."""
        return self.own_only or bool(self.roles)


def insurance_limit(programme: Programme, tables: Tables) -> InsuranceLimit | None:
    """The limit of a programme; ``None`` where no rule sets one."""
    if any(rule.kind == OWN_INSURANCE.name for rule in programme.rules):
        return InsuranceLimit(own_only=True)
    values = next((rule.values for rule in programme.rules if isinstance(rule.values, EmployerInsurance)), None)
    if values is None:
        return None
    monthly = None if values.monthly is None else int(values.monthly.value)
    return InsuranceLimit(monthly=monthly, costs=_costs(programme, tables, values, monthly), roles=values.roles)


def _costs(
    programme: Programme, tables: Tables, values: EmployerInsurance, limit: int | None
) -> tuple[tuple[int, int], ...]:
    """Up to where the printed cap rules; that cap alone, or nothing, where the year's grades or rates are not known."""
    known = () if limit is None else ((0, limit),)
    found: list[tuple[int, int]] = []
    for pay in _pays(programme, tables):
        try:
            cost = covered(
                insurance(pay, programme.year, programme.parameters.insurance_industry, tables), values.parts
            )
        except InsuranceError:
            return known
        if cost.missing and limit is None:
            return ()
        most = limit if cost.missing and limit is not None else cost.known
        found.append((pay, most if limit is None else min(most, limit)))
        if limit is not None and most >= limit:
            break
    return tuple(found) or known


def _pays(programme: Programme, tables: Tables) -> list[int]:
    rows = (row for name in GRADES for row in tables[f"common/{name}"].rows)
    return sorted({int(row["insured"]) for row in rows if row["roc_year"] == programme.year})


def add_costs(lists: Lists, limit: InsuranceLimit | None) -> None:
    """The real cost by pay, as columns of the hidden sheet."""
    if limit is not None and limit.costs:
        lists.add("insured_pay", (pay for pay, _ in limit.costs))
        lists.add("insured_cost", (cost for _, cost in limit.costs))


def is_refused(limit: InsuranceLimit | None, post: Position) -> bool:
    """Whether the subsidy pays no insurance of this post at all."""
    if limit is None or not post.subsidised:
        return False
    return limit.own_only or bool(limit.roles and post.role is not None and post.role not in limit.roles)


def refused_formula(limit: InsuranceLimit, work: Refs, roles: Sequence[Role]) -> str:
    """The same as :func:`is_refused`; ``roles`` are those of the programme."""
    is_subsidised = f'{work["fund"]}="subsidy"'
    if limit.own_only:
        return is_subsidised
    refused = ["?", *(role.value for role in roles if role not in limit.roles)]
    others = ",".join(f'{work["role"]}="{name}"' for name in refused)
    return f"AND({is_subsidised},OR({others}))"


def asks_insurance(post: Position) -> bool:
    """Whether a post asks for insurance: a month, or as a sum where it says nothing of the month."""
    asked = post.insurance_amount if post.employer_insurance is None else post.employer_insurance
    return asked is not None and usable(asked) and asked > 0


def asks_formula(cells: Refs) -> str:
    """The same as :func:`asks_insurance`."""
    monthly, total = cells["employer_insurance"], cells["insurance_amount"]
    by_month, by_sum = (f"AND({usable_cell(cell)},N({cell})>0)" for cell in (monthly, total))
    return f'IF({monthly}="",{by_sum},{by_month})'


def insurance_cap(limit: InsuranceLimit | None, post: Position) -> int | None:
    """The highest subsidised insurance a month, where some is subsidised.

    ``None`` where no rule says, or an input it needs is missing.
    """
    if limit is None or not post.subsidised or is_refused(limit, post):
        return None
    if post.monthly_pay is None:
        return limit.monthly
    if not usable(post.monthly_pay):
        return None
    if post.monthly_pay == 0:
        return 0
    stated = (getattr(post, name) for name in INSURED)
    insured = sum(int(part) for part in stated if part is not None and usable(part))
    at_least = [cost for pay, cost in limit.costs if pay >= insured]
    return at_least[0] if at_least else _above(limit)


def _above(limit: InsuranceLimit) -> int | None:
    """Above the last grade listed: the printed cap, else the cost of that grade."""
    if limit.monthly is not None:
        return limit.monthly
    return limit.costs[-1][1] if limit.costs else None


def insurance_cap_formula(limit: InsuranceLimit | None, cells: Refs, work: Refs, roles: Sequence[Role]) -> str:
    """The same as :func:`insurance_cap`."""
    if limit is None or limit.own_only:
        return '""'
    found = _by_pay(limit, cells)
    if limit.refuses:
        found = f'IF({refused_formula(limit, work, roles)},"",{found})'
    return f'IF({work["fund"]}<>"subsidy","",{found})'


def _by_pay(limit: InsuranceLimit, cells: Refs) -> str:
    pay = cells["monthly_pay"]
    above = _above(limit)
    unpaid = '""' if limit.monthly is None else str(limit.monthly)
    cost = '""' if above is None else str(above)
    if limit.costs:
        insured = "+".join(f"IF({usable_cell(cells[name])},{cells[name]},0)" for name in INSURED)
        below = f'COUNTIF(gc_insured_pay,"<"&({insured}))'
        cost = f"IF({below}<ROWS(gc_insured_pay),INDEX(gc_insured_cost,{below}+1),{cost})"
    return f'IF({pay}="",{unpaid},IF({usable_cell(pay)},IF({pay}=0,0,{cost}),""))'
