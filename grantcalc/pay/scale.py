"""The pay scale of social workers (社工人員薪點標準支給表, FSP-113 附表1): starting pay, seniority and additions.

The tables stand in the folder of the programme that is asked for. Scales of pay points are in pay/points.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Education, Licence, RiskAllowance, Role
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Number, whole
from grantcalc.tabledata import Table, Tables
from grantcalc.text import Bilingual, Message, Value
from grantcalc.units import Unit

STARTING_PAY = Message("starting pay of a {role}")
KEPT_DIFFERENCE = Message("high-risk allowance kept from 112, the part in the starting pay")
SENIORITY = Message("seniority, step {step}")
MONTHLY_PAY = Message("monthly pay by the scale")

MASTER = "master"
RISK = "risk"
RISK_KEPT_DIFFERENCE = "risk-kept-difference"


@frozen(kw_only=True)
class Held:
    """What a post states about the person, as far as the scale of social workers asks."""

    role: Role
    step: Number = 0
    education: Education | None = None
    licences: tuple[Licence, ...] = ()
    risk: RiskAllowance = RiskAllowance.NONE


def has_starting_pay(tables: Tables, folder: str, role: Role | None) -> bool:
    """Whether the scale of social workers knows this role."""
    return role is not None and tables[f"{folder}/social_worker_pay"].find(role=role.value) is not None


def social_worker_pay(tables: Tables, folder: str, held: Held) -> Explanation:
    """Starting pay + seniority + additions held, dollars a month (起薪+年資+各項加給)."""
    inputs = tuple(_parts(tables, folder, held))
    total = sum(int(part.value) for part in inputs)
    return Explanation(label=MONTHLY_PAY, value=total, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=inputs)


def _parts(tables: Tables, folder: str, held: Held) -> Iterator[Explanation]:
    starting = tables[f"{folder}/social_worker_pay"]
    yield _leaf(STARTING_PAY(role=held.role), starting.row(role=held.role.value)["starting_pay"], starting)
    if held.risk is RiskAllowance.KEPT_FROM_112:
        risk = tables[f"{folder}/social_worker_risk"]
        yield _leaf(KEPT_DIFFERENCE, risk.row(key=RISK_KEPT_DIFFERENCE)["amount"], risk)
    steps = tables[f"{folder}/social_worker_steps"]
    yield _leaf(SENIORITY(step=held.step), step_amount(steps, held.step), steps)
    additions = tables[f"{folder}/social_worker_additions"]
    for key in additions_held(held):
        row = additions.find(key=key)
        if row is not None:
            yield _leaf(Bilingual(row["name_zh"], row["name_en"]), row["amount"], additions)


def additions_held(held: Held) -> list[str]:
    """Keys of the additions a person draws: degree (a doctorate counts as a master's), licences, risk."""
    keys = [MASTER] if held.education is not None and held.education.rank >= Education.MASTER.rank else []
    keys += [licence.value for licence in dict.fromkeys(held.licences)]
    if held.risk in {RiskAllowance.ASSESSED, RiskAllowance.KEPT_FROM_112}:
        keys.append(RISK)
    return keys


def step_amount(steps: Table, step: Number) -> int:
    """Dollars of a step; beyond the table in proportion, so that the fault stays one of the step alone."""
    row = steps.find(step=step)
    if row is not None:
        return int(row["amount"])
    last = steps.rows[-1]
    return max(0, whole(Fraction(last["amount"]) * Fraction(step) / last["step"]))


def _leaf(label: Value | Message, value: int, table: Table) -> Explanation:
    return Explanation(label=label, value=value, unit=Unit.DOLLAR, origin=table.info.citation)
