"""Half rates (折半): what part of an hour or period counts, and what one who assists is paid beside the leader."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc.money import Exact, Number, Rounding, number, whole
from grantcalc.rules.context import Context
from grantcalc.rules.prices import highest_paid
from grantcalc.rules.programme import Item


@frozen(kw_only=True)
class Half:
    """What a co-leader is paid at most: ``share`` of the ``leader``'s price."""

    leader: Number
    share: Fraction

    @property
    def allowed(self) -> int:
        """The share in whole dollars, rounded down as every cap."""
        return whole(Fraction(self.leader) * self.share, Rounding.DOWN)


def leaders_share(item: Item, items: Mapping[str, Item]) -> Fraction | None:
    """The share of the leader's price: as the document's two prices stand to each other."""
    leader = items.get(item.assists or "")
    if leader is None or not leader.price_cap or item.price_cap is None:
        return None
    return Fraction(item.price_cap, leader.price_cap)


def leaders_half(context: Context, item: Item) -> Half | None:
    """What the highest price that a leader is paid in this draft allows; ``None`` where none is paid."""
    share = leaders_share(item, context.programme.items)
    if share is None:
        return None
    leader = highest_paid(context.lines(item.assists or "", subsidised=False))
    return None if leader is None else Half(leader=leader, share=share)


def billable(stated: Number, part: Exact) -> Number:
    """Whole, or whole and ``part`` for any part of one."""
    floor = int(stated)
    return stated if stated == floor else number(floor + Fraction(part))
