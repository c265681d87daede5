"""One excess of pay has one owner, and its edits mend it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.checking import check
from grantcalc.draft.model import Draft, Origin, Period, Position, Reading, Role
from grantcalc.finding import Finding
from grantcalc.rules.library import Library

LIBRARY = Library()
OWNERS = {"common/part-month", "common/year-end-bonus", "common/months-cap"}
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
PERIOD = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))


def of_earnings(position: Position) -> list[Finding]:
    draft = Draft(programme="fsp-113", county="嘉義縣", period=PERIOD, positions=(position,))
    report = check(Reading(draft=draft), LIBRARY.programme("fsp-113"), LIBRARY.tables)
    return [finding for finding in report.findings if finding.rule in OWNERS]


@given(
    days=st.tuples(DAYS, DAYS).map(sorted),
    monthly=st.integers(min_value=27470, max_value=60239),
    months=st.none() | st.decimals(min_value=0, max_value=16, places=2),
    stated=st.integers(min_value=0, max_value=2_000_000),
    count=st.integers(min_value=1, max_value=3),
)
def test_one_owner_and_a_remedy_that_holds(
    days: list[dt.date], monthly: int, months: Decimal | None, stated: int, count: int
) -> None:
    position = Position(
        role=Role.SOCIAL_WORKER,
        start=days[0],
        end=days[1],
        monthly_pay=monthly,
        months=months,
        pay_amount=stated,
        count=count,
        origin=Origin(path="positions[0]"),
    )
    found = of_earnings(position)
    assert len(found) <= 1
    for finding in found:
        changes: dict[str, Any] = {edit.place.path.rpartition(".")[2]: edit.value for edit in finding.edits}
        assert of_earnings(evolve(position, **changes)) == []
        assert finding.cut is not None
        assert finding.cut.amount >= 0
