"""A limit over the drafts of all counties together: one draft alone cannot break it (跨縣市彙整檢核)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

TOGETHER = Message("This limit of {limit} is on all counties together; it is checked across drafts, not in one.")

NUMBER = Message("At most {limit} a county: this is checked across drafts, not in one.")


@frozen(kw_only=True, eq=False, repr=False)
class AcrossDrafts:
    """All drafts together keep the limit ``of``, or the sum of ``column`` of ``table``."""

    of: Limit | None = None
    table: str | None = None
    column: str | None = None


def limit_of(context: Context, values: AcrossDrafts) -> int:
    """The limit: the number named, else the column's sum."""
    if values.of is not None or values.table is None or values.column is None:
        return int(values.of.value) if values.of is not None else 0
    return sum(row[values.column] for row in context.tables[values.table].rows)


def check(context: Context, rule: Rule, values: AcrossDrafts) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=_reason(limit_of(context, values), values))


def _reason(limit: int, values: AcrossDrafts) -> Text:
    is_money = values.of is None or values.of.unit is Unit.DOLLAR
    return TOGETHER(limit=dollars(limit)) if is_money else NUMBER(limit=limit)


KIND = Kind(name="across-drafts", check=check, values=AcrossDrafts)
