"""Two items that exclude each other (僅擇一補助): visit transport or fuel, not both.

The cheaper side is the one to take out, so that the finding keeps as much of the subsidy as the clause allows.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

BOTH = Message("“{item}” ({stated}) and “{other}” ({kept}) are both asked for; only one of them is subsidised.")
DROP = Message("Take “{item}” out of the subsidy, or “{other}” instead; either may be paid from own funds.")
ASKED = Message("asked for {item}")


@frozen(kw_only=True, eq=False, repr=False)
class ExclusiveItems:
    """Two item codes."""

    first: str
    second: str


def check(context: Context, rule: Rule, values: ExclusiveItems) -> Verdict:
    """One finding when rows of both items are subsidised, on the cheaper item's dearest row."""
    tally = Tally()
    first, second = (
        [line for line in context.lines(code) if not asks_nothing(line)] for code in (values.first, values.second)
    )
    tally.examine(len(first) + len(second))
    if first and second:
        # A tie takes the second item out.
        out, kept = (first, second) if _total(first) < _total(second) else (second, first)
        tally.found(_finding(context, sorted(out, key=_order), kept))
    return tally.verdict()


def _order(line: Line) -> tuple[int, str]:
    """Dearest row first, whatever the order of the draft."""
    return -(line_amount(line) or 0), line.ref or ""


def _total(lines: list[Line]) -> int:
    return sum(line_amount(line) or 0 for line in lines)


def _finding(context: Context, out: list[Line], kept: list[Line]) -> Finding:
    stated = _total(out)
    names = [context.programme.items[line.item or ""].name for line in (out[0], kept[0])]
    leaves = tuple(
        Explanation(
            label=ASKED(item=names[0]),
            value=line_amount(line) or 0,
            unit=Unit.DOLLAR,
            origin=line.origin.place("amount"),
        )
        for line in out
    )
    return Finding(
        place=out[0].origin.place("amount"),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=BOTH(item=names[0], stated=dollars(stated), other=names[1], kept=dollars(_total(kept))),
        remedy=DROP(item=names[0], other=names[1]),
        explanation=Explanation(
            label=ASKED(item=names[0]), value=stated, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=leaves
        ),
        edits=tuple(edit for line in out for edit in amount_edits(line, 0)),
        cut=row_cut(context, *out),
    )


KIND = Kind(name="exclusive-items", check=check, values=ExclusiveItems)
