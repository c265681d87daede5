"""Stated totals equal the sums of their rows (類別小計、總計), of rows of every fund."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grantcalc.draft.model import StatedSum
from grantcalc.finding import Explanation, Finding, Place, Verdict
from grantcalc.money import Number, number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.remedies import edit, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sums import SUM, Accepted, Entry, accepted, entries
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Text, Value, dollars, joined
from grantcalc.units import Unit

CATEGORY = Message("The total of “{category}” says {stated}; its rows add up to {computed}.")
GRAND = Message("The grand total says {stated}; all rows add up to {computed}.")
ROWS = Message("The sum “{label}” says {stated}; the {number} amounts it adds up make {computed}.")
UNKNOWN = Message("There is no category “{category}” in this programme; its categories are {known}.")
RENAME = Message("Name one of the programme's categories at {place}, or take this total out.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every stated total that is not its rows' sum, and for every total of no category."""
    tally = Tally()
    found = entries(context)
    used = {entry.amount.category for entry in found}
    for name, stated in context.draft.totals.categories.items():
        tally.examine()
        category = context.programme.category(name)
        place = context.draft.place(f"totals.categories.{name}")
        if category is None and name not in used:
            tally.found(_unknown(context, place, name, stated))
            continue
        title: Bilingual | str = category.title if category else name
        sums = accepted(entry for entry in found if entry.amount.category == name)
        _judge(place, stated, sums, CATEGORY, title, tally)
    grand = context.draft.totals.grand
    if grand is not None:
        tally.examine()
        _judge(context.draft.place("totals.grand"), grand, accepted(found), GRAND, "", tally)
    for stated_sum in context.reading.sums:
        tally.examine()
        _judge_rows(stated_sum, found, tally)
    return tally.verdict()


def _judge_rows(one: StatedSum, found: Sequence[Entry], tally: Tally) -> None:
    """A sum of some rows (小計): of whole rows, or of single amounts of them."""
    if one.parts:
        _judge_parts(one, tally)
        return
    paths = frozenset(one.rows)
    chosen = [entry for entry in found if entry.amount.path in paths or entry.amount.path.rpartition(".")[0] in paths]
    sums = accepted(chosen)
    tally.lacks(*sums.missing)
    if sums.missing or not usable(one.stated) or one.stated in sums.sums:
        return
    message = ROWS(label=one.label, stated=dollars(one.stated), number=len(one.rows), computed=dollars(sums.expected))
    tally.found(mismatch(one.place, one.stated, sums, message))


def _judge_parts(one: StatedSum, tally: Tally) -> None:
    """A sum of numbers that are parts of the draft's amounts: added up as they stand."""
    computed = number(sum(map(Fraction, one.parts), Fraction(0)))
    if one.stated != computed:
        shown = ROWS(label=one.label, stated=dollars(one.stated), number=len(one.parts), computed=dollars(computed))
        remedy = set_to(one.place, computed)
        leaf = Explanation(label=SUM, value=computed, unit=Unit.DOLLAR)
        tally.found(
            Finding(
                place=one.place,
                stated=one.stated,
                allowed=computed,
                unit=Unit.DOLLAR,
                message=shown,
                remedy=remedy,
                explanation=leaf,
                edits=edit(one.place, computed),
            )
        )


def _judge(place: Place, stated: Number, sums: Accepted, template: Message, category: Value, tally: Tally) -> None:
    tally.lacks(*sums.missing)
    if sums.missing or not usable(stated) or stated in sums.sums:
        return
    message = template(category=category, stated=dollars(stated), computed=dollars(sums.expected))
    tally.found(mismatch(place, stated, sums, message))


def mismatch(place: Place, stated: Number, sums: Accepted, message: Text) -> Finding:
    """A stated sum that equals none of the accepted ones."""
    return Finding(
        place=place,
        stated=stated,
        allowed=sums.expected,
        unit=Unit.DOLLAR,
        message=message,
        remedy=set_to(place, sums.expected),
        explanation=sums.explanation(),
        edits=edit(place, sums.expected),
    )


def _unknown(context: Context, place: Place, name: str, stated: Number) -> Finding:
    known = joined(category.title for category in context.programme.categories)
    return Finding(
        place=place,
        stated=stated,
        unit=Unit.DOLLAR,
        message=UNKNOWN(category=name, known=known),
        remedy=RENAME(place=place),
    )


KIND = Kind(name="total", check=check)
