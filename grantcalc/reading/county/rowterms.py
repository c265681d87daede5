"""The products that the explanation of a row writes, and the one that makes the pay of a post."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from grantcalc.money import number
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.units import Unit
from grantcalc.wording import Term


def one_term(cells: RowCells) -> Term | None:
    """The product that makes the pay of a post: one, or pay and bonus at one monthly pay, their months added."""
    terms = terms_of(cells)
    if len(terms) <= 1:
        return terms[0] if terms else None
    first, *others = terms
    kept = [factor for factor in first.factors if factor.unit is not Unit.MONTH]
    months = [factor for term in terms for factor in term.factors if factor.unit is Unit.MONTH]
    alike = all([factor for factor in term.factors if factor.unit is not Unit.MONTH] == kept for term in others)
    if not alike or len(months) != len(terms) or not all(term.plain for term in terms):
        return None
    together = evolve(months[0], number=number(sum((Fraction(one.number) for one in months), Fraction(0))))
    return Term(text=" + ".join(term.text for term in terms), factors=(*kept, together))


def terms_of(cells: RowCells) -> tuple[Term, ...]:
    """Every product of money that the row writes in words."""
    return tuple(term for one in cells.wording.calculations if one.of_money for term in one.terms)
