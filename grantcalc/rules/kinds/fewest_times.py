"""An activity takes place at least so many times (至少聚會次數): each row of the items is one group of its own."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.prices import times_of
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import edit, raise_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message
from grantcalc.units import Unit

TOO_FEW = Message("“{item}” is planned {stated}; a group meets at least {allowed} in the year.")


@frozen(kw_only=True, eq=False, repr=False)
class FewestTimes:
    """Rows of ``items`` take place at least ``times``."""

    items: tuple[str, ...]
    times: Limit


def check(context: Context, rule: Rule, values: FewestTimes) -> Verdict:
    """A finding for every subsidised row planned too seldom."""
    tally = Tally()
    for line in context.lines(*values.items):
        tally.examine()
        times = times_of(line)
        if times is None:
            tally.lacks(line.origin.place("quantities").path)
        elif 0 < times[1] < values.times.value:
            item = context.programme.items[line.item or ""]
            tally.found(_finding(rule, item, line, times, values.times))
    return tally.verdict()


def _finding(rule: Rule, item: Item, line: Line, times: tuple[int, Number], limit: Limit) -> Finding:
    index, stated = times
    place = line.origin.place(f"quantities[{index}].number")
    allowed = int(limit.value)
    shown = Measure(allowed, Unit.TIME)
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=stated,
        allowed=allowed,
        unit=Unit.TIME,
        message=TOO_FEW(item=item.name, stated=Measure(stated, Unit.TIME), allowed=shown),
        remedy=raise_to(place, allowed, Unit.TIME),
        explanation=limit.explained(),
        edits=edit(place, allowed),
    )


KIND = Kind(name="fewest-times", check=check, values=FewestTimes)
