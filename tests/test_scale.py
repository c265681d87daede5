"""The pay scale of social workers against the amounts that FSP-113 附表1 prints."""

from __future__ import annotations

import pytest

from grantcalc.draft.model import Education, Licence, RiskAllowance, Role
from grantcalc.pay.scale import Held, has_starting_pay, social_worker_pay
from grantcalc.tabledata import Tables

BOTH = (Licence.SOCIAL_WORKER, Licence.SPECIALIST_SOCIAL_WORKER)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


@pytest.mark.parametrize(
    ("role", "starting", "highest"),
    [(Role.SOCIAL_WORKER, 37765, 53765), (Role.SOCIAL_WORK_SUPERVISOR, 44239, 60239)],
)
def test_lowest_and_highest_pay(tables: Tables, role: Role, starting: int, highest: int) -> None:
    most = Held(role=role, step=7, education=Education.MASTER, licences=BOTH, risk=RiskAllowance.ASSESSED)
    assert social_worker_pay(tables, "fsp-113", Held(role=role)).value == starting
    assert social_worker_pay(tables, "fsp-113", most).value == highest


@pytest.mark.parametrize(
    ("risk", "more"),
    [
        (RiskAllowance.NONE, 0),
        (RiskAllowance.ASSESSED, 1000),
        (RiskAllowance.PROJECT_1995, 0),
        (RiskAllowance.KEPT_FROM_112, 1995),
    ],
)
def test_risk_allowance(tables: Tables, risk: RiskAllowance, more: int) -> None:
    held = Held(role=Role.SOCIAL_WORKER, risk=risk)
    assert social_worker_pay(tables, "fsp-113", held).value == 37765 + more


def test_the_parts_add_up_and_are_cited(tables: Tables) -> None:
    held = Held(role=Role.SOCIAL_WORKER, step=3, education=Education.DOCTORATE, licences=BOTH)
    pay = social_worker_pay(tables, "fsp-113", held)
    assert [part.value for part in pay.inputs] == [37765, 3000, 2000, 4000, 2000]
    assert all(part.origin is not None for part in pay.inputs)


def test_a_licence_stated_twice_is_paid_once(tables: Tables) -> None:
    held = Held(role=Role.SOCIAL_WORKER, licences=(Licence.SOCIAL_WORKER, Licence.SOCIAL_WORKER))
    assert social_worker_pay(tables, "fsp-113", held).value == 41765


def test_roles_without_a_starting_pay(tables: Tables) -> None:
    assert not has_starting_pay(tables, "fsp-113", Role.PROJECT_MANAGER)
    assert not has_starting_pay(tables, "fsp-113", None)
