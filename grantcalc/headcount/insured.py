"""The employer's insurance of one person a month in a simulation: stated, or the real cost up to the printed cap."""

from __future__ import annotations

from collections.abc import Collection

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured, Scenario
from grantcalc.pay.coverage import EVERYTHING, Coverage, covered
from grantcalc.pay.insurance import InsuranceError, insurance
from grantcalc.rules.kinds import own_insurance
from grantcalc.rules.kinds.employer_insurance import EmployerInsurance
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables


def insurance_of(
    scenario: Scenario, programme: Programme, tables: Tables, role: Role, insured_pay: int, stated: int | None
) -> int:
    """Dollars a person and month, whoever bears them; 0 where the pay contains them or they are not known."""
    if scenario.insured is Insured.INCLUDED:
        return 0
    if stated is not None:
        return stated
    if scenario.insurance is not None:
        return scenario.insurance
    rule, parts = _rule(programme), EVERYTHING
    is_subsidised = scenario.insured is Insured.SUBSIDY
    if is_subsidised and rule is not None:
        if rule.roles and role not in rule.roles:
            return 0
        parts = rule.parts
    real = real_cost(programme, tables, insured_pay, parts)
    if real is None:
        return 0
    cap = printed_cap(programme) if is_subsidised else None
    return real if cap is None else min(real, cap)


def real_cost(
    programme: Programme, tables: Tables, insured_pay: int, parts: Collection[Coverage] = EVERYTHING
) -> int | None:
    """What the employer really pays; ``None`` where grades or rates of the year are not known."""
    try:
        cost = insurance(insured_pay, programme.year, programme.parameters.insurance_industry, tables)
    except InsuranceError:
        return None
    return covered(cost, parts).known


def printed_cap(programme: Programme) -> int | None:
    """The most that the subsidy pays a person and month, where the document prints it."""
    rule = _rule(programme)
    return None if rule is None or rule.monthly is None else int(rule.monthly.value)


def is_own_only(programme: Programme) -> bool:
    """Whether the document leaves the employer's insurance to own funds (雇主負擔保費由自籌款支應)."""
    return any(rule.kind == own_insurance.KIND.name for rule in programme.rules)


def _rule(programme: Programme) -> EmployerInsurance | None:
    found = (rule.values for rule in programme.rules if isinstance(rule.values, EmployerInsurance))
    return next(found, None)
