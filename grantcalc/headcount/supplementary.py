"""The employer's supplementary premium (雇主補充保險費) of a run: what a simulation leaves out, and how much it is.

Due on what is paid in a month above the insured salaries of all staff, the year-end bonus above all. No document in
hand has the subsidy pay it, so it is in no amount; it is told beside the other assumptions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import evolve

from grantcalc.headcount.assumptions import stated_insurance
from grantcalc.headcount.insured import premiums_of
from grantcalc.headcount.model import Assumption, Insured, Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.run import stint_months
from grantcalc.pay.insurance import supplementary_premium
from grantcalc.text import Message, dollars

LEFT_OUT = Message(
    "The employer's supplementary premium on what is paid in a month above the insured salaries, {amount} in the year, "
    "is in no amount."
)


def supplementary(scenario: Scenario, stints: Iterable[Stint], prices: Prices) -> Iterator[Assumption]:
    """What a run leaves out; nothing where the insurance is stated, contained in the pay, or not known."""
    is_stated = scenario.insurance is not None or stated_insurance(scenario)
    if is_stated or scenario.insured is Insured.INCLUDED:
        return
    amount = premium_of_year(scenario, stints, prices)
    if amount:
        yield Assumption(text=LEFT_OUT(amount=dollars(amount)))


def premium_of_year(scenario: Scenario, stints: Iterable[Stint], prices: Prices) -> int | None:
    """Dollars of all months, each half up; ``None`` where somebody's insured salary is not known."""
    paid: dict[dt.date, int] = {}
    insured: dict[dt.date, int] = {}
    for stint in stints:
        premiums = premiums_of(prices, stint.insured_pay)
        if premiums is None:
            return None
        # Own funds' part of the insurance is no pay.
        months = stint_months(evolve(stint, own_insurance=0), prices.programme.bonus, scenario.bonus_month)
        for month, cost in months.items():
            paid[month] = paid.get(month, 0) + cost.pay + cost.bonus + cost.allowance + cost.own
            is_insured = stint.start.replace(day=1) <= month <= stint.end and stint.insures(month)
            insured[month] = insured.get(month, 0) + (premiums.grades.health * stint.count if is_insured else 0)
    year, tables = prices.programme.year, prices.tables
    return sum(supplementary_premium(paid[month], insured[month], year, tables) for month in paid)
