"""Cells that have no value to read: formulas that were never calculated, and errors like #REF!."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.finding import Place
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message

NOT_CALCULATED = Message("The formula is not calculated: the file stores no value for it.")
NONE_CALCULATED = Message(
    "{number} formulas of this sheet are not calculated, this is the first: the file stores no values for them."
)
CALCULATE = Message("Open and save it once in Excel or LibreOffice.")
ERROR_VALUE = Message("The cell holds the error {found}; expected a value.")
MEND_FORMULA = Message("Correct the formula, or type the value.")


def tell_error(place: Place, found: str, sink: Sink) -> None:
    """A cell that holds an error like #REF!."""
    sink.problem(place, ERROR_VALUE(found=shown(found)), MEND_FORMULA())


def tell_uncalculated(places: Sequence[Place], sink: Sink) -> None:
    """Formulas of one sheet without a stored value: one problem, at the first of them."""
    sink.lost += [place.path for place in places]
    if len(places) > 1:
        sink.problem(places[0], NONE_CALCULATED(number=len(places)), CALCULATE())
    elif places:
        sink.problem(places[0], NOT_CALCULATED(), CALCULATE())
