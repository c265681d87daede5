"""Which teams of a sweep no rule warns of: the numbers of :func:`limits.judge`, for many teams at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from grantcalc.headcount.limits import Limits
from grantcalc.headcount.vector import Heads

Bools = npt.NDArray[np.bool_]


def unwarned(heads: Heads, limits: Limits, carrying: Bools | None) -> Bools:
    """Of feasible teams, those without a warning; ``carrying`` says which carry the cases, where any are known."""
    kept: Bools = np.ones_like(heads.managers, dtype=np.bool_)
    if carrying is not None:
        kept = kept & carrying
    if limits.span is not None:
        # managers ÷ span, half up, without a fraction: (2 × managers × denominator + numerator) ÷ (2 × numerator).
        above, below = limits.span.numerator, limits.span.denominator
        kept = kept & (heads.supervisors >= (2 * heads.managers * below + above) // (2 * above))
    if limits.approved is None:
        return kept
    if limits.managers is not None:
        kept = kept & (heads.project_managers <= limits.approved.project_managers)
    if limits.per_senior is not None:
        kept = kept & (heads.seniors <= limits.approved.senior)
    if limits.floor is not None:
        below_floor = heads.managers * limits.floor.denominator < heads.supervisors * limits.floor.numerator
        approved = limits.approved
        is_split = (heads.managers == approved.case_managers) & (heads.supervisors == approved.supervisors)
        kept = kept & (~below_floor | is_split)
    return kept
