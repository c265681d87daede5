"""Units of which one is no more than another: what the tables say of them."""

from __future__ import annotations

from grantcalc.rules.library import Library

MINUTES_OF_AN_HOUR = 60


def test_a_period_is_shorter_than_an_hour(library: Library) -> None:
    minutes = library.tables["common/fee_parameters"].row(key="lecture-period-minutes")["value"]
    assert minutes < MINUTES_OF_AN_HOUR
