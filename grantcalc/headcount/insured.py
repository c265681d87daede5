"""The employer's insurance of one person a month in a simulation: stated, or the real cost up to the printed cap."""

from __future__ import annotations

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured, Scenario
from grantcalc.headcount.pricing import Prices
from grantcalc.pay.coverage import EVERYTHING, Covered, covered
from grantcalc.pay.insurance import InsuranceCost, InsuranceError, insurance
from grantcalc.rules.kinds import own_insurance
from grantcalc.rules.kinds.employer_insurance import EmployerInsurance
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables


def insurance_of(scenario: Scenario, prices: Prices, role: Role, insured_pay: int, stated: int | None) -> int:
    """Dollars a person and month, whoever bears them; 0 where the pay contains them or they are not known."""
    if scenario.insured is Insured.INCLUDED:
        return 0
    if stated is not None:
        return stated
    if scenario.insurance is not None:
        return scenario.insurance
    rule, is_subsidised = _rule(prices.programme), scenario.insured is Insured.SUBSIDY
    if is_subsidised and rule is not None and rule.roles and role not in rule.roles:
        return 0
    real = real_cost(scenario, prices, insured_pay)
    if real is None:
        return 0
    cap = printed_cap(prices.programme) if is_subsidised else None
    return real.known if cap is None else min(real.known, cap)


def real_cost(scenario: Scenario, prices: Prices, insured_pay: int) -> Covered | None:
    """What the employer really pays, of the insurances that who bears them counts.

    ``None`` where grades or rates of the year are not known.
    """
    rule = _rule(prices.programme) if scenario.insured is Insured.SUBSIDY else None
    cost = premiums_of(prices, insured_pay)
    return None if cost is None else covered(cost, EVERYTHING if rule is None else rule.parts)


def premiums_of(prices: Prices, insured_pay: int) -> InsuranceCost | None:
    """All premiums of a monthly pay in the programme's year; ``None`` where they cannot be worked out."""
    if insured_pay not in prices.costs:
        prices.costs[insured_pay] = _premiums(prices.programme, prices.tables, insured_pay)
    return prices.costs[insured_pay]


def _premiums(programme: Programme, tables: Tables, insured_pay: int) -> InsuranceCost | None:
    try:
        return insurance(insured_pay, programme.year, programme.parameters.insurance_industry, tables)
    except InsuranceError:
        return None


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
