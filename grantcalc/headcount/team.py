"""From a scenario to stints: the staff as stated, and every change applied in the order of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve

from grantcalc.draft.model import Role
from grantcalc.headcount.changes import after_vacancy, applied, in_order
from grantcalc.headcount.groups import Group, ScenarioError, Spell, group_of
from grantcalc.headcount.insured import insurance_of
from grantcalc.headcount.model import Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.text import Message

BONUS_OUTSIDE = Message(
    "bonus_month = {month}: the year-end bonus would be paid outside the period from {start} to {end}; state a month "
    "inside it."
)

__all__ = ["ScenarioError", "after_vacancy", "groups_of", "stints_in", "stints_of"]


def stints_of(scenario: Scenario, prices: Prices) -> tuple[Stint, ...]:
    """Every stint of the year; :class:`ScenarioError` where a change does not fit.

    The persons who replace others of an entry bear its name with a star.
    """
    return tuple(stint for group in groups_of(scenario, prices) for stint in stints_in(group, scenario, prices))


def groups_of(scenario: Scenario, prices: Prices) -> list[Group]:
    """Everybody after all changes; :class:`ScenarioError` where one does not fit."""
    _guard_bonus(scenario)
    groups = [group_of(member, prices, member.entry or member.name) for member in scenario.staff]
    changes = in_order(scenario.changes)
    for index, change in enumerate(changes):
        groups = applied(groups, change, prices, changes[:index])
    return groups


def _guard_bonus(scenario: Scenario) -> None:
    """A bonus that is paid outside the period would be in no month, and so in no amount."""
    period, month = scenario.period, scenario.bonus_month
    paid = dt.date(period.start.year, month, 1)
    if not period.start.replace(day=1) <= paid <= period.end:
        raise ScenarioError(BONUS_OUTSIDE(month=month, start=period.start, end=period.end))


def stints_in(group: Group, scenario: Scenario, prices: Prices) -> Iterator[Stint]:
    """The stints of one group, one after the other."""
    for index, spell in enumerate(_joined(group.spells)):
        insured_pay = spell.pay.middle + group.allowance + group.own_pay
        yield Stint(
            name=group.name,
            role=spell.role,
            count=group.count,
            pay=spell.pay,
            start=spell.start,
            end=spell.end,
            first=group.first,
            last=group.last,
            allowance=group.allowance,
            insurance=_insurance(scenario, prices, spell.role, insured_pay, group.insurance),
            own_pay=group.own_pay,
            own_insurance=group.own_insurance,
            bonus=group.bonus,
            follows=index > 0,
        )


def _insurance(scenario: Scenario, prices: Prices, role: Role, insured_pay: int, stated: int | None) -> int:
    """As :func:`insurance_of`, worked out once for each role and pay: sweeps and risk runs ask very often."""
    key = (scenario.insured, scenario.insurance, role, insured_pay, stated)
    if key not in prices.premiums:
        prices.premiums[key] = insurance_of(scenario, prices, role, insured_pay, stated)
    return prices.premiums[key]


def _joined(spells: tuple[Spell, ...]) -> list[Spell]:
    """Spells that only repeat role and pay are one, so that no month is cut in two."""
    result: list[Spell] = []
    for spell in spells:
        if spell.start > spell.end:
            continue
        if result and _is_same(result[-1], spell):
            result[-1] = evolve(result[-1], end=spell.end)
        else:
            result.append(spell)
    return result


def _is_same(one: Spell, other: Spell) -> bool:
    """Where an amount comes from does not matter: a raise by nothing cuts no month."""
    return (one.role, one.pay.low, one.pay.high) == (other.role, other.pay.low, other.pay.high)
