"""The two limits on own funds (自籌款) together: where both are broken, the stricter one has the finding."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.funds import Funds
from grantcalc.rules.rule import Limit


@frozen(kw_only=True, eq=False, repr=False)
class OwnRatio:
    """``parts``: category to column of the table ``allocation``, whose approved amounts bound the subsidy counted."""

    allocation: str
    parts: Mapping[str, str]


@frozen(kw_only=True, eq=False, repr=False)
class OwnShare:
    """``share``: the most the subsidy may be of both together. ``parts``: category to column of ``allocation``."""

    share: Limit
    allocation: str
    parts: Mapping[str, str]


def minimum_ratio(context: Context) -> Fraction | None:
    """The county's minimum ratio, from the user or the draft; ``None`` where neither states one from 0 to below 1."""
    stated = context.options.minimum_own_ratio
    if stated is None:
        stated = context.draft.funding.minimum_own_ratio
    return Fraction(stated) if stated is not None and 0 <= stated < 1 else None


def least_of_ratio(found: Funds, minimum: Fraction) -> int:
    """The least own funds that make the minimum ratio."""
    return whole(found.subsidy * minimum / (1 - minimum), Rounding.UP)


def least_of_share(found: Funds, values: OwnShare) -> int:
    """The least own funds beside the subsidy."""
    share = Fraction(values.share.value)
    return whole(found.subsidy * (1 - share) / share, Rounding.UP)


def ratio_owner(context: Context, found: Funds) -> str | None:
    """The rule of the ratio, where it asks for as many own funds as that of the share, or more."""
    minimum, rules = minimum_ratio(context), context.programme.rules
    least = max((least_of_share(found, rule.values) for rule in rules if isinstance(rule.values, OwnShare)), default=0)
    if minimum is None or least_of_ratio(found, minimum) < least:
        return None
    return next((rule.id for rule in rules if isinstance(rule.values, OwnRatio)), None)


def share_owner(context: Context, found: Funds) -> str | None:
    """The rule of the share, where it is broken and asks for more own funds than that of the ratio."""
    minimum = minimum_ratio(context)
    for rule in context.programme.rules:
        if isinstance(rule.values, OwnShare) and found.own is not None:
            least = least_of_share(found, rule.values)
            if found.own < least and (minimum is None or least > least_of_ratio(found, minimum)):
                return rule.id
    return None
