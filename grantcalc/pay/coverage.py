"""The insurances that a document counts (勞保、健保、勞退) out of what the employer pays."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from attrs import frozen

from grantcalc.finding import Explanation, Operation
from grantcalc.pay.insurance import (
    EMPLOYER_TOTAL,
    EMPLOYMENT,
    HEALTH,
    LABOUR_ORDINARY,
    OCCUPATIONAL,
    OCCUPATIONAL_RATES,
    PENSION,
    InsuranceCost,
)
from grantcalc.text import Text
from grantcalc.units import Unit


class Coverage(Enum):
    """Labour insurance with employment and occupational insurance, health insurance, or the pension contribution."""

    LABOUR = "labour"
    HEALTH = "health"
    PENSION = "pension"


EVERYTHING = tuple(Coverage)

_PARTS = {
    Coverage.LABOUR: (LABOUR_ORDINARY, EMPLOYMENT, OCCUPATIONAL),
    Coverage.HEALTH: (HEALTH,),
    Coverage.PENSION: (PENSION,),
}


@frozen(kw_only=True)
class Covered:
    """What is known of the employer's cost a month; ``missing`` are table rows not in hand, ``notes`` say so."""

    cost: Explanation
    missing: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def known(self) -> int:
        """Dollars a month of the known parts."""
        return int(self.cost.value)


def covered(cost: InsuranceCost, coverages: Collection[Coverage]) -> Covered:
    """The parts of these insurances alone, and what of them could not be worked out."""
    labels = {label for coverage in coverages for label in _PARTS[coverage]}
    parts = tuple(part for part in cost.parts if part.label in labels)
    lacks_occupational = bool(cost.missing) and OCCUPATIONAL in labels
    return Covered(
        cost=Explanation(
            label=EMPLOYER_TOTAL,
            value=sum(int(part.value) for part in parts),
            unit=Unit.DOLLAR,
            operation=Operation.SUM,
            inputs=parts,
        ),
        missing=(f"{OCCUPATIONAL_RATES} {cost.roc_year}",) if lacks_occupational else (),
        notes=cost.notes if lacks_occupational else (),
    )
