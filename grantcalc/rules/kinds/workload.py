"""What a plan undertakes to do in the year (辦理事項): the numbers of its cover, beside those of the document."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.cover import planned
from grantcalc.rules.remedies import edit
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.tabledata import Row
from grantcalc.text import Bilingual, Measure, Message
from grantcalc.units import Unit

BELOW = Message("{what}: {stated} are planned; the document expects {allowed} ({less} fewer).")
RAISE_OR_SAY = Message("Raise {place} to at least {allowed}, or say in the plan why fewer are planned.")


@frozen(kw_only=True, eq=False, repr=False)
class Workload:
    """``table``: rows of programme, field of the caseload, number and unit."""

    table: str


def check(context: Context, rule: Rule, values: Workload) -> Verdict:
    """A finding for every planned number below the document's."""
    tally = Tally()
    table = context.tables[values.table]
    for row in table.rows:
        if row["programme"] != context.programme.id:
            continue
        tally.examine()
        field = f"caseload.{row['field']}"
        stated = planned(context, field)
        if stated is None:
            tally.lacks(context.draft.place(field).path)
        elif stated < row["number"]:
            tally.found(_finding(context, rule, row, stated, table.info.citation.source))
    return tally.verdict()


def _finding(context: Context, rule: Rule, row: Row, stated: Number, source: str) -> Finding:
    place = context.draft.place(f"caseload.{row['field']}")
    allowed: int = row["number"]
    unit = Unit(row["unit"]) if row["unit"] else None
    what = Bilingual(row["name_zh"], row["name_en"])
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=stated,
        allowed=allowed,
        unit=unit,
        message=BELOW(
            what=what,
            stated=Measure(stated, unit),
            allowed=Measure(allowed, unit),
            less=Measure(allowed - stated, unit),
        ),
        remedy=RAISE_OR_SAY(place=place, allowed=Measure(allowed, unit)),
        explanation=Explanation(
            label=what, value=allowed, unit=unit, origin=Citation(source=source, section=row["section"])
        ),
        edits=edit(place, allowed),
    )


KIND = Kind(name="workload", check=check, values=Workload)
