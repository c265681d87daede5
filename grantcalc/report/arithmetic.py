"""The arithmetic behind a limit, line by line; what has no short exact form is shown rounded, with ≈ before it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grantcalc.finding import Explanation, Operation
from grantcalc.money import Rounding, shown
from grantcalc.sources import Citation
from grantcalc.text import Language, Measure, Message
from grantcalc.units import Unit

ROUNDED = Message("({rounding})")
SMALLEST = Message("the smallest of ({values})")
LARGEST = Message("the largest of ({values})")
CHOSEN = {Operation.SMALLEST: SMALLEST, Operation.LARGEST: LARGEST}

EXACT_DIGITS, SHOWN_DIGITS = 4, 2
LONGEST_YEAR = 366
"""The largest denominator of a part that is shown as a fraction: days of a month, days of a year."""


def arithmetic(explanation: Explanation, language: Language, depth: int = 0) -> Iterator[str]:
    """The explanation as indented lines, limit first."""
    value, exact = value_shown(explanation.measure, language)
    terms = _terms(explanation, language)
    parts = [f"{'  ' * depth}{language(explanation.label)}"]
    if exact:
        parts += [f"= {value}", f"= {terms}" if terms else ""]
    else:
        parts += [f"= {terms}" if terms else "", f"≈ {value}"]
    if explanation.rounding:
        parts.append(language(ROUNDED(rounding=Rounding(explanation.rounding))))
    if explanation.origin is not None:
        origin = explanation.origin
        source = str(origin) if isinstance(origin, Citation) else origin.shown
        parts.append(f"〔{source}〕" if language.is_chinese else f"[{source}]")
    yield " ".join(part for part in parts if part).replace(" （", "（")
    for inner in explanation.inputs:
        yield from arithmetic(inner, language, depth + 1)


def _terms(explanation: Explanation, language: Language) -> str:
    """What the value is made of; nothing for a single input, whose own line says it."""
    if len(explanation.inputs) < 2:  # noqa: PLR2004  # one input alone
        return ""
    terms = [_term(inner, language) for inner in explanation.inputs]
    if explanation.operation in CHOSEN:
        return language(CHOSEN[explanation.operation](values=language.listed(terms)))
    if explanation.operation is Operation.GIVEN:
        return language.listed(terms)
    return f" {explanation.operation.value} ".join(terms)


def _term(explanation: Explanation, language: Language) -> str:
    value, exact = value_shown(explanation.measure, language)
    return value if exact else f"≈{value}"


def value_shown(measure: Measure, language: Language) -> tuple[str, bool]:
    """The value, and whether it is exact: parts such as 16/31 as a fraction, other long ones half up to two places."""
    percent = measure.unit is Unit.FRACTION
    value = Fraction(measure.value) * (100 if percent else 1)
    if shown(value, EXACT_DIGITS) == value:
        return language(measure), True
    if not percent and abs(value) < 1 and value.denominator <= LONGEST_YEAR:
        return language.with_unit(str(value), value, measure.unit), True
    rounded = shown(value, SHOWN_DIGITS) / (100 if percent else 1)
    return language(Measure(rounded, measure.unit)), False
