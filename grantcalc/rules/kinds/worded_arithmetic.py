"""Arithmetic written in words in a row's explanation (計算式) holds, and agrees with the row's own columns.

A row whose amount is not its price × quantities is left to ``draft/arithmetic``: one fault is found once.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Exact, Number, number, product, whole
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.remedies import LOOK, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sharedrows import is_wrong
from grantcalc.rules.soundness import sound_line
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Text, Value, dollars, plus
from grantcalc.units import Unit
from grantcalc.wording import Calculation, Factor, Term, Wording, read_wording
from grantcalc.wordprose import read_prose, this_year

WRONG = Message("“{written}” says {stated}, but {factors} makes {computed}.")
WRONG_TOTAL = Message("“{written}” says {stated} in all, but its calculations make {computed}.")
OTHER_AMOUNT = Message("“{written}” makes {computed}, but the amount of the row is {stated}.")
OTHER_PRICE = Message("“{written}” has a price of {worded}, but the unit price of the row is {stated}.")
OTHER_QUANTITY = Message("“{written}” multiplies the price by {worded}, but the quantities of the row make {stated}.")
CORRECT = Message("Correct the calculation to {computed}, or its numbers.")
AGREE = Message("Write the same numbers at {place} and in the columns.")
WHICH = Message("which of the two is meant, the explanation or the columns.")
TIMES = Message("{first} × {second}")
OVER = Message("{first} ÷ {second}")
WRITTEN = Message("calculation as written")
FACTOR = Message("number of the calculation")
_LONGEST_SHOWN = 60


@frozen(kw_only=True, eq=False, repr=False)
class WordedArithmetic:
    """``arithmetic``: the rule that owns rows whose amount is not price × quantities."""

    arithmetic: str


def check(context: Context, rule: Rule, values: WordedArithmetic) -> Verdict:
    """At most one finding for every row with a calculation in its explanation."""
    tally = Tally()
    decided = False
    owned = context.programme.rule(values.arithmetic) is not None
    for rows in _explained_together(context.draft.lines):
        line = rows[0]
        wording = _wording(line.description or "", context.programme.year)
        if not wording.calculations or not all(map(sound_line, rows)):
            continue
        tally.examine()
        reported = owned and any(map(_is_reported, rows))
        decided = _judge(rows, wording, reported, tally) or decided
    return tally.verdict(decided_by=values.arithmetic if decided and not tally.findings else None)


def _wording(text: str, year: int) -> Wording:
    """What a text calculates of its own year: with signs, else in prose whose numbers are one product for certain."""
    own = this_year(text, year)
    wording = read_wording(own)
    prose = None if wording.calculations else read_prose(own)
    if prose is None or not prose.closed or not prose.calculation.of_money:
        return wording  # prose without a price counts something, but makes no amount
    return Wording(calculations=(prose.calculation,))


def _explained_together(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that one row of a sheet became, with one explanation: two funds that pay it; else each line alone."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        origin = line.origin
        alone = origin.row is None or not origin.sheet
        key = origin.path if alone else (origin.sheet, origin.row, line.description)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _is_reported(line: Line) -> bool:
    """Whether the row's amount is not what its price and quantities make; of one that several funds pay, the whole."""
    if line.shared is not None:
        return is_wrong(line.shared)
    if line.amount is None or line.unit_price is None or not line.quantities:
        return False
    return ledger.line_amount(line) not in {None, line.amount}


def _judge(rows: Sequence[Line], wording: Wording, reported: bool, tally: Tally) -> bool:
    """One row; true where another rule's finding covers what is wrong here."""
    line = rows[0]
    wrong = next((one for one in wording.calculations if one.wrong is not None), None)
    if wrong is not None and wrong.wrong is not None:
        same = reported and wrong.wrong.stated in {_amount(rows), line.shared.stated if line.shared else None}
        if not same:
            tally.found(_wrong(line, wrong))
        return same
    made = sum(one.product for one in wording.calculations)
    if wording.total is not None and wording.total != made:
        tally.found(_wrong_total(line, wording.calculations, wording.total, made))
        return False
    fault = _disagreement(rows, wording.calculations)
    if fault is not None and not reported:
        tally.found(fault)
    return fault is not None and reported


def _wrong(line: Line, calculation: Calculation) -> Finding:
    equation = calculation.wrong
    if equation is None:
        raise ValueError(calculation.text)
    place = line.origin.place("description")
    unit = Unit.DOLLAR if calculation.of_money else None
    computed = number(equation.computed) if unit is None else whole(equation.computed)
    return Finding(
        place=place,
        stated=equation.stated,
        allowed=computed,
        unit=unit,
        message=WRONG(
            written=_short(calculation.text),
            stated=Measure(equation.stated, unit),
            factors=_shown(calculation),
            computed=Measure(computed, unit),
        ),
        remedy=CORRECT(computed=Measure(computed, unit)),
        explanation=_explained(calculation, equation.computed, unit),
    )


def _wrong_total(line: Line, calculations: Sequence[Calculation], total: Number, made: int) -> Finding:
    written = _short("；".join(one.text for one in calculations))
    return Finding(
        place=line.origin.place("description"),
        stated=total,
        allowed=made,
        unit=Unit.DOLLAR,
        message=WRONG_TOTAL(written=written, stated=dollars(total), computed=dollars(made)),
        remedy=CORRECT(computed=dollars(made)),
    )


def _amount(rows: Sequence[Line]) -> Number | None:
    """What the lines of one row state together; ``None`` where one of them states nothing."""
    amounts = [line.amount for line in rows if line.amount is not None]
    return number(sum(amounts, 0)) if len(amounts) == len(rows) else None


def _disagreement(rows: Sequence[Line], calculations: Sequence[Calculation]) -> Finding | None:
    """Right calculations that say something else than the columns: an error where they are complete, else a review."""
    if not all(one.of_money for one in calculations):
        return None
    complete = all(one.stated is not None for one in calculations)
    made = sum(one.product for one in calculations)
    written = _short("；".join(one.text for one in calculations))
    near = any(equation.step > 1 for one in calculations for equation in one.equations)
    amount = _amount(rows)
    line = rows[0]
    if amount is not None and made != amount and not (near and _stated(calculations) == amount):
        message = OTHER_AMOUNT(written=written, computed=dollars(made), stated=dollars(amount))
        return _differs(line, "amount", amount, made, Unit.DOLLAR, message, complete)
    if len(rows) != 1 or len(calculations) != 1 or len(calculations[0].terms) != 1:
        return None
    return _factors_differ(line, calculations[0].terms[0], written, complete)


def _factors_differ(line: Line, term: Term, written: str, complete: bool) -> Finding | None:
    price = term.price
    if price is None or term.guessed or not term.plain:
        return None
    if line.unit_price is not None and line.unit_price != price.number and not _is_lot(line):
        message = OTHER_PRICE(written=written, worded=dollars(price.number), stated=dollars(line.unit_price))
        return _differs(line, "unit_price", line.unit_price, price.number, Unit.DOLLAR, message, complete)
    if line.unit_price != price.number or not line.quantities:
        return None
    worded = product(*(factor.value for factor in term.quantities))
    stated = product(*(quantity.number for quantity in line.quantities))
    if worded == stated:
        return None
    message = OTHER_QUANTITY(written=written, worded=number(worded), stated=number(stated))
    return _differs(line, "quantities", number(stated), number(worded), None, message, complete)


def _is_lot(line: Line) -> bool:
    """One lot at the price of all of it: the explanation says what it is made of."""
    return all(quantity.unit is Unit.LOT and quantity.number == 1 for quantity in line.quantities)


def _differs(
    line: Line, name: str, stated: Number, worded: Number, unit: Unit | None, message: Text, complete: bool
) -> Finding:
    place = line.origin.place(name)
    if not complete:
        return Finding(
            outcome=Outcome.REVIEW,
            place=place,
            stated=stated,
            allowed=worded,
            unit=unit,
            message=message,
            remedy=LOOK(ask=WHICH()),
        )
    remedy = AGREE(place=line.origin.place("description")) if name == "quantities" else set_to(place, worded)
    return Finding(place=place, stated=stated, allowed=worded, unit=unit, message=message, remedy=remedy)


def _stated(calculations: Sequence[Calculation]) -> Number:
    return number(sum((one.stated or 0 for one in calculations), 0))


def _shown(calculation: Calculation) -> Value:
    """The numbers as they are multiplied; of a sum of products, each."""
    shown = [_product(term) for term in calculation.terms]
    return shown[0] if len(shown) == 1 else plus(shown)


def _product(term: Term) -> Value:
    first, *others = term.factors
    shown: Value = _factor(first)
    for factor in others:
        shown = (OVER if factor.inverse else TIMES)(first=shown, second=_factor(factor))
    return shown


def _factor(factor: Factor) -> Value:
    if factor.percent:
        return f"{factor.number}%"
    if factor.money:
        return dollars(factor.number)
    if factor.unit is None and factor.word:
        return f"{factor.number} {factor.word}"
    return Measure(factor.number, factor.unit)


def _explained(calculation: Calculation, computed: Exact, unit: Unit | None) -> Explanation:
    if len(calculation.terms) > 1:
        parts = tuple(
            Explanation(label=WRITTEN, value=term.product, unit=unit, operation=Operation.PRODUCT, inputs=_leaves(term))
            for term in calculation.terms
        )
        return Explanation(label=WRITTEN, value=computed, unit=unit, operation=Operation.SUM, inputs=parts)
    inputs = _leaves(calculation.terms[0])
    return Explanation(label=WRITTEN, value=computed, unit=unit, operation=Operation.PRODUCT, inputs=inputs)


def _leaves(term: Term) -> tuple[Explanation, ...]:
    return tuple(
        Explanation(label=FACTOR, value=factor.value, unit=Unit.DOLLAR if factor.money else factor.unit)
        for factor in term.factors
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


KIND = Kind(name="worded-arithmetic", check=check, values=WordedArithmetic)
