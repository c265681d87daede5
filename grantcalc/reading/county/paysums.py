"""What the amount of a post's row holds: its pay alone, with the bonus, or with insurance and allowance as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product as product_of
from typing import Final

from attrs import frozen

from grantcalc.money import Number, Rounding, number, product, whole
from grantcalc.reading.county.model import CellKey

_MONTHS_OF_YEAR: Final = 12
MONTHLY_FIELDS: Final = {"insurance": "employer_insurance", "allowance": "regional_allowance"}
"""What a post states a month of each extra."""
_FINEST: Final = 100
"""Months are stated to the hundredth."""


@frozen(kw_only=True)
class Extras:
    """Bonus, insurance and allowance as their columns state them; ``monthly`` those whose header says a month."""

    values: Mapping[str, Number]
    cells: Mapping[str, CellKey]
    monthly: frozenset[str]


@frozen(kw_only=True)
class PaySum:
    """The values of a post's fields; ``fields`` says which field each extra went to.

    ``whole_row``: the amount is that of the whole row, insurance and allowance included.
    """

    values: Mapping[str, Number]
    fields: Mapping[str, str]
    whole_row: bool = False
    doubtful: bool = False


def pay_sum(
    amount: Number | None, monthly: Number | None, months: Number | None, count: Number, extras: Extras
) -> PaySum:
    """Tell the parts of a row's amount from each other by what they add up to."""
    bonus = extras.values.get("bonus")
    extra = [name for name in ("insurance", "allowance") if name in extras.values]
    fields = {name: _field(name, extras) for name in extra} | ({"bonus": "pay_amount"} if bonus is not None else {})
    stated = {fields[name]: extras.values[name] for name in extra}
    if amount is None:
        return PaySum(values=stated, fields=fields)
    if not extras.values:
        return PaySum(values={"pay_amount": amount}, fields={})
    longer = _with_bonus(months, bonus, monthly, count)
    pay = None if monthly is None or months is None else whole(product(monthly, months)) * count
    if pay is None:
        return PaySum(values={"pay_amount": amount, **stated}, fields=fields, doubtful=True)
    if amount == pay:
        total = number(amount + (bonus or 0))
        return PaySum(values={"pay_amount": total, **longer, **stated}, fields=fields)
    with_bonus = number(pay + (bonus or 0))
    if amount == with_bonus:
        return PaySum(values={"pay_amount": amount, **longer, **stated}, fields=fields)
    for parts in _parts(extra, extras, months or 0, count):
        if amount == with_bonus + sum(parts.values()):
            sums = {f"{name}_amount": value for name, value in parts.items()}
            named = {**{name: f"{name}_amount" for name in extra}, **({"bonus": "pay_amount"} if bonus else {})}
            values = {"pay_amount": with_bonus, **longer, **stated, **sums}
            return PaySum(values=values, fields=named, whole_row=True)
    return PaySum(values={"pay_amount": amount, **stated}, fields=fields, doubtful=True)


def _field(name: str, extras: Extras) -> str:
    if name not in extras.monthly:
        return f"{name}_amount"
    return MONTHLY_FIELDS[name]


def _with_bonus(
    months: Number | None, bonus: Number | None, monthly: Number | None, count: Number
) -> dict[str, Number]:
    """The months of pay with those that the bonus makes, where that comes out even."""
    if months is None or not bonus or not monthly or not count:
        return {}
    further = Fraction(bonus) / Fraction(product(monthly, count))
    rounded = Fraction(whole(further * _FINEST, Rounding.HALF_UP), _FINEST)
    if whole(product(monthly, rounded)) * count != bonus:
        return {}
    return {"months": number(Fraction(months) + rounded)}


def _parts(extra: list[str], extras: Extras, months: Number, count: Number) -> Iterator[dict[str, Number]]:
    """What the extras may come to in a year: as stated, for each person, for each month, for both.

    First all of them alike; then each its own way: 地域加給 of a year beside 勞健保 of a month.
    """
    year = min(Fraction(months), Fraction(_MONTHS_OF_YEAR))
    times = (Fraction(1), Fraction(count), year, year * Fraction(count))
    alike = [(one,) * len(extra) for one in times]
    for ways in (*alike, *(way for way in product_of(times, repeat=len(extra)) if len({*way}) > 1)):
        yield {name: number(Fraction(extras.values[name]) * one) for name, one in zip(extra, ways, strict=True)}
