"""Pay by points for a post of a draft: the value of a point is that of the post's first day."""

from __future__ import annotations

from grantcalc.draft.model import Position
from grantcalc.finding import Explanation
from grantcalc.money import Number
from grantcalc.pay.points import ScaleTables, pay_by_points, point_value
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import span


def pay_of(context: Context, scale: ScaleTables, post: Position, points: Number) -> Explanation:
    """Monthly pay of so many points, as the product it is."""
    value, citation = point_value(context.tables, scale, span(post, context.period).start)
    return pay_by_points(points, value, citation)
