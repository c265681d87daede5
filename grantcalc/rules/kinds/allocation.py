"""What the county was approved for one part of the money (核定補助經費): the subsidised sum stays within it."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Fund, Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import county_name
from grantcalc.rules.kinds.posts_project_manager import managers_surplus
from grantcalc.rules.kinds.posts_total import team_surplus
from grantcalc.rules.ledger import Sum
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, dollars
from grantcalc.units import Unit

OVER = Message(
    "{county} asks for {stated} of “{category}” from the subsidy, {excess} more than the approved {allowed}."
)
REMEDY = Message(
    "Take {excess} out of the subsidised rows of “{category}”, down to {allowed}, or pay it from own funds."
)
APPROVED = Message("approved for {county}: {part}")
LEFT = Message("asked for less approved")
ASKED = Message("asked for: subsidised rows of “{category}”")


@frozen(kw_only=True, eq=False, repr=False)
class Allocation:
    """The subsidised sum of ``category`` is at most ``column`` of the county's row of ``table``.

    ``posts``: the folder of approved posts. Where posts above their number alone make the sum too high, the rule on
    them, ``posts_owner`` or ``managers_owner``, owns the fault.
    """

    table: str
    column: str
    category: str
    posts: str | None = None
    posts_owner: str = ""
    managers_owner: str = ""


def check(context: Context, rule: Rule, values: Allocation) -> Verdict:
    """One finding, on the category's total, when the sum passes the approved amount."""
    tally = Tally()
    asked = context.ledger.sum(Fund.SUBSIDY, [values.category])
    row = context.tables[values.table].find(county=context.draft.county)
    tally.examine()
    tally.lacks(*asked.missing)
    tally.lacks(*(line.origin.place("category").path for line in context.subsidised_lines if _nowhere(context, line)))
    if row is None:
        tally.lacks(context.county_lacking(values.table))
    elif asked.value > row[values.column]:
        owner = _owner(context, values, asked.value - row[values.column])
        if owner is not None:
            return tally.verdict(decided_by=owner)
        tally.found(_finding(context, values, asked, row[values.column]))
    return tally.verdict()


def _owner(context: Context, values: Allocation, excess: int) -> str | None:
    """The rule on posts whose surplus, once gone, brings the sum back within the approved amount."""
    if values.posts is None:
        return None
    cuts = {
        values.posts_owner: team_surplus(context, values.posts),
        values.managers_owner: managers_surplus(context, values.posts),
    }
    gone = {owner: cut.amount for owner, cut in cuts.items() if cut and set(cut.categories) <= {values.category}}
    return next(iter(gone)) if gone and sum(gone.values()) >= excess else None


def _nowhere(context: Context, line: Line) -> bool:
    return not line.category and context.item(line) is None


def _finding(context: Context, values: Allocation, asked: Sum, allowed: int) -> Finding:
    place = context.draft.place(f"totals.categories.{values.category}")
    table = context.tables[values.table].info
    county = county_name(context)
    found = context.programme.category(values.category)
    category: Bilingual | str = found.title if found else values.category
    excess = asked.value - allowed
    part = next(column.title for column in table.columns if column.name == values.column)
    return Finding(
        place=place,
        stated=asked.value,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(
            county=county,
            stated=dollars(asked.value),
            category=category,
            excess=dollars(excess),
            allowed=dollars(allowed),
        ),
        remedy=REMEDY(excess=dollars(excess), category=category, allowed=dollars(allowed)),
        explanation=Explanation(
            label=LEFT,
            value=excess,
            unit=Unit.DOLLAR,
            operation=Operation.DIFFERENCE,
            inputs=(
                Explanation(label=ASKED(category=category), value=asked.value, unit=Unit.DOLLAR, origin=place),
                Explanation(
                    label=APPROVED(county=county, part=part),
                    value=allowed,
                    unit=Unit.DOLLAR,
                    origin=table.citation,
                ),
            ),
        ),
        cut=Cut(categories=(values.category,), amount=excess, ceiling=allowed),
    )


KIND = Kind(name="allocation", check=check, values=Allocation)
