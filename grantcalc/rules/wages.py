"""The basic wage (基本工資) and pay by the hour beside it: at least that, and exactly that where it is the rate."""

from __future__ import annotations

from grantcalc.finding import Explanation, Finding
from grantcalc.rules.fees import Priced, over
from grantcalc.rules.prices import price_edits, unit_path
from grantcalc.rules.remedies import raise_to, set_to
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.tabledata import Row
from grantcalc.text import Message, Value, dollars
from grantcalc.units import Unit

UNDER = Message("“{item}” pays {stated} an hour, below the basic wage of {allowed}.")
OVER = Message("“{item}” pays {stated} an hour; the document computes with the basic wage of {allowed}.")
HOURLY = Message("basic wage an hour")
MONTHLY = Message("basic wage a month")
TABLE = "common/basic_wage"


def judge_hour(row: Priced, wage: Row, citation: Citation, tally: Tally, *, is_cap: bool) -> None:
    """A finding where an hour is paid below the basic wage, or above it where that is the rate."""
    floor: int = wage["hourly"]
    explanation = Explanation(label=HOURLY, value=floor, unit=Unit.DOLLAR, origin=citation)
    shown: dict[str, Value] = {"item": row.item.name, "stated": dollars(row.price), "allowed": dollars(floor)}
    if not row.own and (row.price < floor or (row.how is not None and not row.how.certain_above)):
        tally.lacks(unit_path(row.line))  # what a period, a time or a day pays an hour is not known
    if row.price < floor and not row.own:
        return
    if row.price < floor:
        tally.found(
            Finding(
                place=row.place,
                stated=row.price,
                allowed=floor,
                unit=Unit.DOLLAR,
                message=UNDER(**shown),
                remedy=(set_to if is_cap else raise_to)(row.place, floor),
                explanation=explanation,
                edits=price_edits(row.line, floor),
            )
        )
    elif is_cap and row.price > floor:
        tally.found(over(row, floor, OVER(**shown), explanation))
