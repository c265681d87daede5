"""What a scenario holds where a file says nothing: the approved money, the county's average of cases, who insures."""

from __future__ import annotations

from collections.abc import Iterable

from grantcalc.draft.model import Role
from grantcalc.headcount.insured import is_own_only
from grantcalc.headcount.model import MONTHS, Basis, Insured, Staff
from grantcalc.headcount.pricing import Prices, approved_of, personnel_money
from grantcalc.money import Number
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables


def default_budget(programme: Programme, county: str | None, tables: Tables) -> int | None:
    """The county's approved personnel money (核定人事費); ``None`` where the programme approves none."""
    return None if county is None else personnel_money(programme, county, tables)


def default_cases(programme: Programme, county: str | None, tables: Tables) -> tuple[Number, ...] | None:
    """The county's average of the table of approved posts, in every month."""
    approved = None if county is None else approved_of(programme, county, tables)
    return None if approved is None else (approved.cases,) * MONTHS


def is_implied(prices: Prices, role: Role, basis: Basis) -> bool:
    """Whether the implied average is this person's pay."""
    return prices.implied is not None and prices.amount(role, basis) is None and not prices.is_on_scale(role)


def default_insured(prices: Prices, staff: Iterable[Staff]) -> Insured:
    """Own funds where the document says so; included where a pay is the implied average; else the subsidy."""
    if is_own_only(prices.programme):
        return Insured.OWN
    implied = any(is_implied(prices, member.role, member.basis) for member in staff)
    return Insured.INCLUDED if implied else Insured.SUBSIDY
