"""Stated totals equal the sums of their rows (類別小計、總計), of rows of every fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import StatedSum
from grantcalc.finding import Explanation, Finding, Place, Verdict
from grantcalc.money import Number, number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.remedies import edit, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sums import SUM, Accepted, Entry, accepted, entries, with_rows_as_stated
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Text, Value, dollars, joined
from grantcalc.units import Unit

CATEGORY = Message("The total of “{category}” says {stated}; its rows add up to {computed}.")
GRAND = Message("The grand total says {stated}; all rows add up to {computed}.")
ROWS = Message("The sum “{label}” says {stated}; the {number} amounts it adds up make {computed}.")
MIXED = Message(
    "This sum says {stated}, which is what its rows make; as they are stated they make {expected}, and the sum at "
    "{other} adds them up as stated: the two cannot both be right."
)
ONE_BASIS = Message("Correct the row first; then let this sum and that at {other} add up the same amounts.")
UNKNOWN = Message("There is no category “{category}” in this programme; its categories are {known}.")
RENAME = Message("Name one of the programme's categories at {place}, or take this total out.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every stated total that is not its rows' sum, and for every total of no category."""
    tally = Tally()
    rows = entries(context)
    found = with_rows_as_stated(rows, context)
    judged: list[_Judged] = []
    used = {entry.amount.category for entry in found}
    for name, stated in context.draft.totals.categories.items():
        tally.examine()
        category = context.programme.category(name)
        place = context.draft.place(f"totals.categories.{name}")
        if category is None and name not in used:
            tally.found(_unknown(context, place, name, stated))
            continue
        title: Bilingual | str = category.title if category else name
        chosen = [entry for entry in found if entry.amount.category == name]
        judged.append(_judge(place, stated, chosen, CATEGORY(category=title, **_shown(stated, chosen)), tally))
    grand = context.draft.totals.grand
    if grand is not None:
        tally.examine()
        place = context.draft.place("totals.grand")
        judged.append(_judge(place, grand, found, GRAND(**_shown(grand, found)), tally))
    of_rows: list[_Judged] = []
    for stated_sum in context.reading.sums:
        tally.examine()
        own = stated_sum.place.path in stated_sum.rows
        of_rows += _judge_rows(stated_sum, rows if own else found, tally)
    for one, other in _on_two_bases(judged, of_rows):
        tally.found(_mixed(one, other))
    return tally.verdict()


@frozen(kw_only=True)
class _Judged:
    """A stated sum, and what it may be of its amounts."""

    place: Place
    stated: Number
    chosen: Sequence[Entry]
    sums: Accepted

    @property
    def restates(self) -> bool:
        """Whether it adds up what the rows state, and not what they make."""
        return self.stated in self.sums.as_stated

    @property
    def recomputes(self) -> bool:
        """Whether it adds up what the rows make, and not what they state."""
        return self.stated in self.sums.sums and not self.restates

    @property
    def wrong(self) -> frozenset[str]:
        """Its amounts that state another number than they make."""
        return frozenset(entry.amount.path for entry in self.chosen if entry.known != entry.computed)


def _on_two_bases(totals: Sequence[_Judged], of_rows: Sequence[_Judged]) -> Iterator[tuple[_Judged, _Judged]]:
    """Sums of rows as they are worked out, each with one that adds up a wrong amount of them as it is stated.

    The totals of a form, which has no sums of some rows, are left to the row's own finding.
    """
    for one in (*totals, *of_rows):
        among = (*totals, *of_rows) if one in of_rows else of_rows
        other = next((other for other in among if other.restates and other.wrong & one.wrong), None)
        if one.recomputes and other is not None and other.stated not in other.sums.sums - other.sums.as_stated:
            yield one, other


def _mixed(one: _Judged, other: _Judged) -> Finding:
    """Two sums that cannot both be right: told at the one that does not add up what the rows state."""
    message = MIXED(stated=dollars(one.stated), expected=dollars(one.sums.expected), other=other.place)
    return Finding(
        place=one.place,
        stated=one.stated,
        allowed=one.sums.expected,
        unit=Unit.DOLLAR,
        message=message,
        remedy=ONE_BASIS(other=other.place),
        explanation=one.sums.explanation(),
    )


def _shown(stated: Number, chosen: Sequence[Entry]) -> Mapping[str, Value]:
    return {"stated": dollars(stated), "computed": dollars(accepted(chosen).expected)}


def _judge_rows(one: StatedSum, found: Sequence[Entry], tally: Tally) -> list[_Judged]:
    """A sum of some rows (小計): of whole rows, or of single amounts of them."""
    if one.parts:
        _judge_parts(one, tally)
        return []
    paths = frozenset(one.rows)
    chosen = [entry for entry in found if entry.amount.path in paths or entry.amount.path.rpartition(".")[0] in paths]
    message = ROWS(label=one.label, number=len(one.rows), **_shown(one.stated, chosen))
    return [_judge(one.place, one.stated, chosen, message, tally)]


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


def _judge(place: Place, stated: Number, chosen: Sequence[Entry], message: Text, tally: Tally) -> _Judged:
    sums = accepted(chosen)
    tally.lacks(*sums.missing)
    if not sums.missing and usable(stated) and stated not in sums.sums:
        tally.found(mismatch(place, stated, sums, message))
    return _Judged(place=place, stated=stated, chosen=() if sums.missing else chosen, sums=sums)


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
