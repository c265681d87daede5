"""What turnover does to the money of a run: unspent by month against an even plan, and bonuses earned and lost."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Period, Role
from grantcalc.headcount.model import Stint
from grantcalc.headcount.run import Run, bonus_of, decides
from grantcalc.money import whole
from grantcalc.pay.months import BonusRule


class Moved(Enum):
    """How somebody came to be in post for a part of the year only."""

    JOINED = "joined"
    LEFT = "left"
    BOTH = "both"


@frozen(kw_only=True)
class MonthPlan:
    """One month against an even plan of the budget: planned and spent until its end, the rest unspent."""

    month: dt.date
    planned: int
    spent: int

    @property
    def unspent(self) -> int:
        """Negative where more was spent than an even plan provides."""
        return self.planned - self.spent


@frozen(kw_only=True)
class BonusChange:
    """The year-end bonus of those who joined or left in the year, all persons of a stint together.

    ``full`` is what a whole year earns, ``earned`` what they get.
    """

    name: str
    role: Role
    count: int
    moved: Moved
    first: dt.date
    last: dt.date
    full: int
    earned: int

    @property
    def lost(self) -> int:
        """What is not earned."""
        return self.full - self.earned


@frozen(kw_only=True)
class Turnover:
    """Money by month against an even plan (none without a budget), and the bonuses of joiners and leavers."""

    plan: tuple[MonthPlan, ...]
    bonuses: tuple[BonusChange, ...]


def turnover(found: Run, period: Period, bonus: BonusRule) -> Turnover:
    """What a run's turnover does to its money."""
    months, budget = len(found.months), found.budget
    plan = tuple(
        MonthPlan(month=row.month, planned=whole(Fraction(budget * number, months)), spent=row.cumulative)
        for number, row in enumerate(found.months, start=1)
        if budget is not None
    )
    changes = (_bonus_change(stint, period, bonus) for stint in found.stints)
    return Turnover(plan=plan, bonuses=tuple(change for change in changes if change is not None))


def _bonus_change(stint: Stint, period: Period, bonus: BonusRule) -> BonusChange | None:
    """Once for an employment: by the stint whose pay decides the bonus."""
    if not stint.bonus or not decides(stint, bonus):
        return None
    joined, left = stint.first > period.start, stint.last < period.end
    if not joined and not left:
        return None
    monthly = stint.pay.middle
    return BonusChange(
        name=stint.name,
        role=stint.role,
        count=stint.count,
        moved=Moved.BOTH if joined and left else Moved.JOINED if joined else Moved.LEFT,
        first=stint.first,
        last=stint.last,
        full=whole(monthly * bonus.months) * stint.count,
        earned=bonus_of(stint, monthly, bonus) * stint.count,
    )
